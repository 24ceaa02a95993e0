export { PreviewSwitch } from "./preview.ts";
