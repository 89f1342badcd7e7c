import { digest, type Instant } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import type { Json, Machine } from "./model.ts";

/**
 * Where an execution stands: one frame for the machine, and one for each item that a Map is at work on.
 * `due` is set whenever the interpreter has something to do then; `phase` says what.
 */
export interface Frame {
  readonly id: number;
  readonly execution: number;
  readonly parent: number | null;
  readonly item: number | null;
  readonly phase: "ready" | "running" | "waiting" | "resting" | "mapping" | "answered" | "erred" | "done";
  readonly due: Instant | null;
  readonly token: string | null;
  readonly worker: string | null;
  readonly version: number;
  readonly body: Body;
}

export interface Body {
  readonly scope: readonly string[]; // the Maps that lead to the state
  readonly path: string; // tells one visit of a state from every other in this execution
  readonly state: string;
  readonly input: Json;
  readonly variables: Readonly<Record<string, Json>>;
  readonly entered: Instant;
  readonly visit: number;
  readonly retries: readonly number[]; // how often each retrier was used in this visit
  readonly deadline?: Instant; // of the task that runs or waits
  readonly value?: Json; // answered: the result; done: the output
  readonly error?: string;
  readonly items?: readonly Json[];
  readonly width?: number;
}

export interface Execution {
  readonly id: number;
  readonly machine: string;
  readonly name: string;
  readonly definition: Machine;
  readonly input: Json;
  readonly started: Instant;
  readonly events: number;
}

/** An execution as others may see it. Of what failed, only the error's name is known. */
export interface Described {
  readonly machine: string;
  readonly name: string;
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED";
  readonly input: Json;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly started: Instant;
  readonly ended: Instant | undefined;
  readonly at: readonly {
    readonly path: string;
    readonly state: string;
    readonly phase: string;
    readonly due: Instant | undefined;
  }[];
}

/** One line of an execution's history: what happened where, and the name of an error, never a payload. */
export interface Happened {
  readonly at: Instant;
  readonly what: string;
  readonly state: string;
  readonly error: string | undefined;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS run_definition (digest TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS run_execution (
    id INTEGER PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL,
    definition TEXT NOT NULL REFERENCES run_definition (digest), input TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'RUNNING', output TEXT, error TEXT, started TEXT NOT NULL, ended TEXT,
    events INTEGER NOT NULL DEFAULT 0, UNIQUE (name, machine)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS run_frame (
    id INTEGER PRIMARY KEY, execution INTEGER NOT NULL REFERENCES run_execution (id) ON DELETE CASCADE,
    parent INTEGER REFERENCES run_frame (id) ON DELETE CASCADE, item INTEGER,
    phase TEXT NOT NULL, due TEXT, token TEXT UNIQUE, worker TEXT, version INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS run_due ON run_frame (due, id) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS run_of_execution ON run_frame (execution);
  CREATE INDEX IF NOT EXISTS run_of_parent ON run_frame (parent, item);
  CREATE TABLE IF NOT EXISTS run_history (
    id INTEGER PRIMARY KEY, execution INTEGER NOT NULL REFERENCES run_execution (id) ON DELETE CASCADE,
    at TEXT NOT NULL, what TEXT NOT NULL, state TEXT NOT NULL, error TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS run_history_of ON run_history (execution, id);
`;

/** The interpreter's rows. Each function is one or two statements; who calls says what is one transaction. */
export type RunTable = ReturnType<typeof runTable>;

export function runTable(file: File) {
  file.transaction(() => file.db.exec(SCHEMA));
  return { ...executions(file), ...frames(file), ...history(file) };
}

function executions({ db }: File) {
  const define = db.prepare("INSERT OR IGNORE INTO run_definition (digest, body) VALUES (?, ?)");
  const add = db.prepare(
    "INSERT OR IGNORE INTO run_execution (machine, name, definition, input, started) VALUES (?, ?, ?, ?, ?) RETURNING id",
  );
  const byId = db.prepare(
    "SELECT e.*, d.body FROM run_execution e JOIN run_definition d ON d.digest = e.definition WHERE e.id = ?",
  );
  const byName = db.prepare(
    "SELECT * FROM run_execution WHERE name = ? AND machine = coalesce(?, machine) ORDER BY id LIMIT 1",
  );
  const end = db.prepare("UPDATE run_execution SET status = ?, output = ?, error = ?, ended = ? WHERE id = ?");
  return {
    /** The id of a new execution; undefined where one of this name exists. */
    begin: (machine: string, name: string, definition: Machine, input: Json, now: Instant): number | undefined => {
      const key = digest(definition);
      define.run(key, JSON.stringify(definition));
      return add.get(machine, name, key, JSON.stringify(input), now)?.["id"] as number | undefined;
    },
    execution: (id: number): Execution | undefined => {
      const row = byId.get(id) as Record<string, string> | undefined;
      if (row === undefined) return undefined;
      const { body = "", input = "" } = row;
      return { ...row, definition: JSON.parse(body), input: JSON.parse(input) } as unknown as Execution;
    },
    named: (name: string, machine?: string) =>
      byName.get(name, machine ?? null) as Record<string, string | null> | undefined,
    end: (id: number, status: "SUCCEEDED" | "FAILED", output: Json | undefined, error: string | null, now: Instant) =>
      void end.run(status, output === undefined ? null : JSON.stringify(output), error, now, id),
  };
}

function frames({ db }: File) {
  const add = db.prepare(
    "INSERT INTO run_frame (execution, parent, item, phase, due, version, body) VALUES (?, ?, ?, 'ready', ?, 0, ?)",
  );
  const set = db.prepare(
    "UPDATE run_frame SET phase = ?, due = ?, token = ?, worker = ?, body = ?, version = version + 1 WHERE id = ? AND version = ?",
  );
  const byId = db.prepare("SELECT * FROM run_frame WHERE id = ?");
  const byToken = db.prepare("SELECT * FROM run_frame WHERE token = ?");
  const due = db.prepare("SELECT * FROM run_frame WHERE due <= ? ORDER BY due, id LIMIT ?");
  const next = db.prepare("SELECT min(due) AS due FROM run_frame WHERE due IS NOT NULL");
  const children = db.prepare("SELECT * FROM run_frame WHERE parent = ? ORDER BY item");
  const ofExecution = db.prepare("SELECT * FROM run_frame WHERE execution = ? ORDER BY id");
  const dropChildren = db.prepare("DELETE FROM run_frame WHERE parent = ?");
  const drop = db.prepare("DELETE FROM run_frame WHERE execution = ?");
  const takeBack = db.prepare(
    "UPDATE run_frame SET phase = 'ready', due = ?, worker = NULL, version = version + 1 WHERE phase = 'running' AND worker <> ?",
  );
  return {
    addFrame: (execution: number, parent: number | null, item: number | null, body: Body) =>
      void add.run(execution, parent, item, body.entered, JSON.stringify(body)),
    /** False where somebody else has moved the frame since it was read: then nothing is written. */
    setFrame: (was: Frame, to: Pick<Frame, "phase" | "due" | "token" | "worker" | "body">): boolean =>
      set.run(to.phase, to.due, to.token, to.worker, JSON.stringify(to.body), was.id, was.version).changes > 0,
    frame: (id: number) => frameOf(byId.get(id)),
    frameOfToken: (token: string) => frameOf(byToken.get(token)),
    dueFrames: (now: Instant, most: number) => due.all(now, most).flatMap((row) => frameOf(row) ?? []),
    nextDue: () => (next.get()?.["due"] ?? undefined) as Instant | undefined,
    children: (parent: number) => children.all(parent).flatMap((row) => frameOf(row) ?? []),
    framesOf: (execution: number) => ofExecution.all(execution).flatMap((row) => frameOf(row) ?? []),
    dropChildren: (parent: number) => void dropChildren.run(parent),
    dropFrames: (execution: number) => void drop.run(execution),
    /** What another run of the process left running when it died is ready again, under the same token. */
    takeBack: (worker: string, now: Instant) => void takeBack.run(now, worker),
  };
}

function frameOf(row: Record<string, unknown> | undefined): Frame | undefined {
  return row === undefined ? undefined : ({ ...row, body: JSON.parse(String(row["body"])) } as unknown as Frame);
}

function history({ db }: File) {
  const add = db.prepare("INSERT INTO run_history (execution, at, what, state, error) VALUES (?, ?, ?, ?, ?)");
  const count = db.prepare("UPDATE run_execution SET events = events + 1 WHERE id = ?");
  const all = db.prepare("SELECT at, what, state, error FROM run_history WHERE execution = ? ORDER BY id");
  return {
    note: (execution: number, at: Instant, what: string, state: string, error?: string) => {
      add.run(execution, at, what, state, error ?? null);
      count.run(execution);
    },
    historyOf: (execution: number) =>
      all.all(execution).map((row) => ({ ...row, error: row["error"] ?? undefined })) as unknown as readonly Happened[],
  };
}
