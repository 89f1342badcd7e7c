import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TrailView } from "@leasehold/app/audit";
import { badInput } from "@leasehold/core/kernel";
import { astray, type KeptRoot, keptOn } from "@leasehold/core/trail";
import type { Call } from "../../command/index.ts";
import { storeOf } from "../../estate/index.ts";

/** The roots that were kept: those that are named, or the file beside the laptop's own store. */
export async function keptRoots(call: Call): Promise<readonly KeptRoot[]> {
  const { roots: named, stage, file } = call.flags;
  const { keptBeside, rootsFile } = await import("@leasehold/local/laptop");
  if (typeof named !== "string") {
    if (stage !== undefined || file !== undefined) return [];
    return noted(call, (await keptBeside(rootsFile(storeOf(call)))) ?? { roots: [], unread: 0 });
  }
  const path = resolve(call.io.cwd, named);
  const files = await filesIn(path);
  const all = await Promise.all(files.map((one) => keptBeside(one)));
  const roots = all.flatMap((one) => one.roots).sort((a, b) => (a.at < b.at ? -1 : 1));
  if (roots.length === 0)
    throw badInput("no kept root stands there: name the file or the folder of them", { where: "--roots" });
  return noted(call, { roots, unread: all.reduce((sum, one) => sum + one.unread, 0) });
}

function noted(call: Call, { roots, unread }: { readonly roots: readonly KeptRoot[]; readonly unread: number }) {
  if (unread > 0)
    call.note(`warn  ${unread} of the kept roots' lines cannot be read: each was cut off, or somebody changed it`);
  return roots;
}

async function filesIn(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw badInput("there is no such file or folder", { where: "--roots" });
  if (found.isFile()) return [path];
  const names = await readdir(path, { recursive: true });
  return names.filter((name) => /[.]jsonl?$/.test(name)).map((name) => join(path, name));
}

/** Each trail must still pass through where it once ended; one that was kept and is not there was taken away. */
export function against(views: readonly TrailView[], kept: readonly KeptRoot[], all: boolean): readonly TrailView[] {
  const byTrail = new Map(views.map((view) => [view.trail, view]));
  for (const root of kept) {
    const view = byTrail.get(root.trail);
    if (view?.broken !== undefined || (view === undefined && !all)) continue;
    const wrong =
      view === undefined
        ? `all ${root.entries} entries are missing, and ${keptOn(root)} names them`
        : astray(view.hashes ?? [], root, keptOn(root));
    if (wrong === undefined) continue;
    byTrail.set(root.trail, { ...(view ?? { trail: root.trail, entries: 0, hash: "" }), broken: wrong });
  }
  return [...byTrail.values()];
}
