import type { Archive, Archived } from "@leasehold/app/world";
import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { admit } from "../archive/index.ts";
import { explained, type File } from "../file/index.ts";
import { cursorOf, placeOf } from "../table/index.ts";
import { type Commit, grouped } from "./group.ts";

const BATCHES = 20; // to a page

/**
 * The archive in the laptop's file: one row for each append, numbered in the order of their recording. What is of a wording that
 * was admitted is not looked at again.
 */
export function sqliteArchive(
  file: File,
  commit: Commit = grouped(file),
  wasAdmitted: (signal: Signal) => boolean = () => false,
): Archive {
  const ask = explained(() => prepare(file));
  const textOf = (signal: Signal): string => {
    const text = JSON.stringify(signal);
    if (!wasAdmitted(signal)) admit(JSON.parse(text)); // the text, because it is what is kept and what a wording is of
    return text;
  };
  return {
    append: async (signals, recordedAt) => {
      if (signals.length === 0) return;
      const text = `[${signals.map(textOf).join()}]`;
      await commit({ check: () => {}, apply: () => void ask.append.run(recordedAt, text) });
    },
    read: async (cursor) => {
      const [after = "0"] = placeOf(cursor, "archive", 1) ?? [];
      const rows = explained(() => ask.read.all(Number(after), BATCHES + 1));
      const page = rows.slice(0, BATCHES);
      const next = rows.length > BATCHES ? cursorOf("archive", String(page.at(-1)?.["n"])) : undefined;
      return { items: page.flatMap(archived), next };
    },
  };
}

function prepare({ db }: File) {
  db.exec(
    "CREATE TABLE IF NOT EXISTS archive (n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, signals TEXT NOT NULL) STRICT",
  );
  return {
    append: db.prepare("INSERT INTO archive (at, signals) VALUES (?, ?)"),
    read: db.prepare("SELECT n, at, signals FROM archive WHERE n > ? ORDER BY n LIMIT ?"),
  };
}

function archived(row: Readonly<Record<string, unknown>>): Archived[] {
  const recordedAt = Instant.parse(row["at"]);
  const signals: readonly unknown[] = JSON.parse(String(row["signals"]));
  return signals.map((signal) => ({ signal: admit(signal), recordedAt }));
}
