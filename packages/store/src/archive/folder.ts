import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { badInput, digest } from "@leasehold/core/kernel";
import type { Objects } from "./objects.ts";

const SAFE = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;
const UNFINISHED = ".part";

/** Objects in a directory. Each is written aside and then linked into its place, so that a half-written one is never seen. */
export function folderObjects(home: string): Objects {
  const pathOf = (key: string) => {
    if (!SAFE.test(key)) throw badInput("this is not the key of an object", { length: key.length });
    return join(home, key);
  };
  return {
    put: async (key, bytes, ifAbsent) => {
      const path = pathOf(key);
      const aside = `${path}.${digest([process.pid, performance.now()]).slice(0, 12)}${UNFINISHED}`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(aside, bytes, { flag: "wx", flush: true });
      if (!ifAbsent) await rm(path, { force: true });
      await link(aside, path).catch(unless("EEXIST"));
      await rm(aside, { force: true });
    },
    get: (key) => readFile(pathOf(key)).catch(unless("ENOENT")),
    list: async (prefix, after = "") => {
      const files = (await readdir(home, { recursive: true, withFileTypes: true }).catch(unless("ENOENT"))) ?? [];
      return files
        .filter((file) => file.isFile() && !file.name.endsWith(UNFINISHED))
        .map((file) => relative(home, join(file.parentPath, file.name)).split(sep).join("/"))
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort();
    },
  };
}

const unless =
  (code: string) =>
  (error: NodeJS.ErrnoException): undefined => {
    if (error.code !== code) throw error;
  };
