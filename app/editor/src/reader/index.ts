export { openReader } from "./reader.ts";
