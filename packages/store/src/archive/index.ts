export { admit } from "./admit.ts";
export { folderObjects } from "./folder.ts";
export { objectArchive } from "./object-archive.ts";
export type { Objects } from "./objects.ts";
