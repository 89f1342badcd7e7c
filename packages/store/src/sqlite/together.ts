import type { Archive, Heard, Together } from "@leasehold/app/world";
import { conflict } from "@leasehold/core/kernel";
import { explained, type File } from "../file/index.ts";
import type { Op, Table } from "../table/index.ts";
import { sqliteArchive } from "./archive.ts";
import type { Job } from "./group.ts";
import { hearing } from "./heard.ts";
import { marking } from "./mark.ts";
import { remembering } from "./remembered.ts";
import { sqliteTable } from "./sqlite.ts";
import { staged } from "./staged.ts";

export interface Over {
  readonly table: Table;
  readonly archive: Archive;
  readonly heard?: Heard;
}

const MOST = 100; // rows to one write

/**
 * Many writes that read each other, in one transaction and one sync. They are kept back until the end and written only if
 * nobody else wrote to the file meanwhile, so that all that was read still holds; else nothing of it is written, and it is
 * done once more, each write by itself. What was read stays in memory until somebody else writes.
 */
export function together<World>(file: File, direct: World, over: (parts: Over) => World): Together<World> {
  const jobs: Job[] = [];
  const later = async (job: Job) => void jobs.push(job);
  const heard = hearing();
  const [table, archive] = [sqliteTable(file, later), sqliteArchive(file, later, heard.has)];
  const markOf = explained(() => marking(file));
  const remembered = remembering();
  let known = "";
  let busy = false;

  const attempt = async <T>(run: (world: World) => Promise<T>): Promise<{ readonly value: T } | undefined> => {
    const begun = explained(markOf);
    if (begun !== known) {
      remembered.forget();
      heard.forget();
    }
    known = begun;
    heard.begin();
    jobs.length = 0;
    const rows = staged(table, remembered);
    try {
      const value = await run(over({ table: rows.table, archive, heard }));
      await handOver(table, rows.ops());
      file.transaction(() => {
        if (markOf() !== begun) throw conflict("the file");
        for (const { apply } of jobs) apply();
      });
      for (const [key, row] of rows.rows()) remembered.keep(key, row);
      heard.settle();
      known = explained(markOf);
      return { value };
    } catch (error) {
      if (explained(markOf) !== begun) return undefined;
      throw error;
    }
  };

  return async (run) => {
    if (busy) return run(direct);
    busy = true;
    const done = await attempt(run).finally(() => {
      busy = false;
    });
    return done ? done.value : run(direct);
  };
}

async function handOver(table: Table, ops: readonly Op[]): Promise<void> {
  for (let from = 0; from < ops.length; from += MOST) await table.write(ops.slice(from, from + MOST));
}
