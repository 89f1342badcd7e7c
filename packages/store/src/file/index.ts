export { explained, type File, LAYOUT, openFile } from "./file.ts";
