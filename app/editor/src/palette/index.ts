export { fill } from "./palette.ts";
