import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { File } from "@leasehold/store/file";

/** What is kept of a store in it and beside it. Only a copy that was put back is older than what stands beside it. */
export interface Life {
  restored(): boolean; // until it is said to go on
  /** What was done until now is done: a copy from before it is an older one. */
  goOn(): void;
}

interface Count {
  readonly id: string;
  readonly n: number;
}

/** `isNew`: the file was not there before. */
export function lifeOf(file: File, path: string, isNew: boolean): Life {
  file.db.exec("CREATE TABLE IF NOT EXISTS laptop_life (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT, n INTEGER)");
  const beside = isNew ? undefined : readBeside(path);
  const own = read(file);
  let restored = beside !== undefined && (own?.id !== beside.id || own.n < beside.n);
  let { n, id } = restored ? { id: randomUUID(), n: 0 } : (own ?? { id: randomUUID(), n: 0 });
  const changes = file.db.prepare("SELECT total_changes() AS n");
  let written = -1;
  const goOn = () => {
    if (changes.get()?.["n"] === written) return; // nothing was done since
    n += 1;
    restored = false;
    file.db.prepare("INSERT OR REPLACE INTO laptop_life (one, id, n) VALUES (1, ?, ?)").run(id, n);
    writeBeside(path, { id, n }); // after the file: killed in between, the file is ahead, which is no restore
    written = Number(changes.get()?.["n"]);
  };
  return { restored: () => restored, goOn };
}

function read({ db }: File): Count | undefined {
  return db.prepare("SELECT id, n FROM laptop_life").get() as Count | undefined;
}

const besideOf = (path: string) => `${path}.life`;

function readBeside(path: string): Count | undefined {
  if (!existsSync(besideOf(path))) return undefined;
  const [id = "", n = "0"] = readFileSync(besideOf(path), "utf8").trim().split(" ");
  return { id, n: Number(n) };
}

function writeBeside(path: string, { id, n }: Count): void {
  writeFileSync(`${besideOf(path)}.new`, `${id} ${n}\n`, { mode: 0o600 });
  renameSync(`${besideOf(path)}.new`, besideOf(path));
}
