import { type Clock, type Instant, instantOf, millisOf } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";

/** The time of day, for real connectors and for the deadlines of running code. */
export function realClock(): Clock {
  return () => instantOf(Date.now());
}

/** A clock that can be moved on, so that thirty days pass in a second. It never goes back. */
export interface JumpingClock {
  readonly now: Clock;
  jumpTo(instant: Instant): void;
}

/**
 * Begins at `start` the first time, and where it was left ever after: the offset is kept in the file, and read
 * from it every time, so that every process on the file has one time. It stands still between jumps,
 * unless it is given a clock to follow.
 */
export function jumpingClock(start: Instant, file?: File, follows: Clock = standstill): JumpingClock {
  const offset = file === undefined ? inMemory() : inFile(file);
  offset.begin(millisOf(start) - millisOf(follows()));
  let latest = 0;
  return {
    now: () => {
      latest = Math.max(latest, millisOf(follows()) + offset.read()); // the followed clock may be set back by hand
      return instantOf(latest);
    },
    jumpTo: (instant) => offset.raise(millisOf(instant) - millisOf(follows())),
  };
}

const standstill: Clock = () => instantOf(0);

interface Offset {
  begin(millis: number): void;
  read(): number;
  raise(millis: number): void;
}

function inMemory(): Offset {
  let kept = 0;
  return {
    begin: (millis) => {
      kept = millis;
    },
    read: () => kept,
    raise: (millis) => {
      kept = Math.max(kept, millis);
    },
  };
}

function inFile({ db, transaction }: File): Offset {
  transaction(() =>
    db.exec(
      "CREATE TABLE IF NOT EXISTS clock_offset (one INTEGER PRIMARY KEY CHECK (one = 1), millis INTEGER NOT NULL) STRICT",
    ),
  );
  const begun = db.prepare("INSERT OR IGNORE INTO clock_offset (one, millis) VALUES (1, ?)");
  const kept = db.prepare("SELECT millis FROM clock_offset");
  const raised = db.prepare("UPDATE clock_offset SET millis = max(millis, ?)");
  return {
    begin: (millis) => void transaction(() => begun.run(millis)),
    read: () => Number(kept.get()?.["millis"]),
    raise: (millis) => void transaction(() => raised.run(millis)),
  };
}
