import { readFileSync } from "node:fs";
import { join } from "node:path";
import { corpora } from "./folder.ts";

/** What a record says, in the words of those who judged it by hand. */
export interface Expected {
  readonly kind: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly credential?: { readonly type: string; readonly id: string };
  readonly actor: ExpectedActor;
  readonly changesState: boolean;
  readonly certainty?: string;
  readonly to?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly target?: { readonly type: string; readonly id: string }; // the policy, or what gives the right
}
export interface ExpectedActor {
  readonly resolution: "person" | "workload" | "session-parent" | "not-visible";
  readonly id?: string;
  readonly login?: string; // of a user of GitHub whose id is a number
  readonly email?: string;
  readonly credential?: string;
  readonly through?: string;
  readonly store?: string; // of a user of Identity Center: the ARN of its identity store
  readonly hops?: readonly unknown[]; // by exact ids, in the same file
  readonly alone?: ExpectedActor; // what the single record allows
}
interface Use {
  readonly credential: string | null;
  readonly actor: ExpectedActor;
}
interface Judged {
  readonly signals?: readonly Expected[];
  readonly optional?: readonly Expected[];
}
export interface Entry {
  readonly id: string;
  readonly category: string;
  readonly file: string;
  readonly locator: { readonly line?: number; readonly pointer?: string; readonly inner?: string };
  readonly eventName: string | null;
  readonly expect: Judged & {
    readonly anyOf?: readonly Judged[];
    readonly usage?: Use;
    readonly secretsPresent?: readonly string[];
    readonly neverKeep?: readonly string[];
  };
}

export const entries = (): readonly Entry[] =>
  (JSON.parse(readFileSync(join(corpora(), "truth.json"), "utf8")) as { entries: readonly Entry[] }).entries;

/** The alternatives, one of which must hold whole. */
export const alternatives = ({ expect: { anyOf, ...alone } }: Entry): readonly Required<Judged>[] =>
  (anyOf ?? [alone]).map(({ signals = [], optional = [] }) => ({
    signals,
    optional: [...optional, ...(alone.optional ?? [])],
  }));

/** The record that an entry is about, found without the product's own reader. */
export function recordOf({ file, locator: { line, pointer = "", inner } }: Entry): unknown {
  const text = readFileSync(join(corpora(), file), "utf8");
  const found = at(JSON.parse(line === undefined ? text : (text.split("\n")[line - 1] ?? "")), pointer);
  return inner === undefined ? found : JSON.parse(at(found, `/${inner}`) as string);
}

/** Whom each expected signal and use names, once for each; of alternatives those of the one that is preferred. */
export const actorsOf = (entry: Entry): readonly ExpectedActor[] => [
  ...(alternatives(entry)[0]?.signals ?? []).map(({ actor }) => actor),
  ...(entry.expect.usage ? [entry.expect.usage.actor] : []),
];

/** All that may be said of an actor of this entry: what any alternative says. */
export const allowedActors = (entry: Entry): readonly ExpectedActor[] => [
  ...alternatives(entry).flatMap(({ signals }) => signals.map(({ actor }) => actor)),
  ...actorsOf(entry),
];

/** Sessions whose chain another record of the same file completes. */
export function chainsOf(entry: Entry) {
  const uses = [
    ...alternatives(entry).flatMap(({ signals }) => signals),
    ...(entry.expect.usage ? [entry.expect.usage] : []),
  ];
  return uses.flatMap(({ credential, actor }) => {
    const session = typeof credential === "string" ? credential : credential?.id;
    return actor.hops === undefined || session === undefined ? [] : [{ entry, session, actor }];
  });
}

/** Every record of the file in which an entry's record is a line. */
export const recordsOf = ({ file }: Entry): readonly unknown[] =>
  readFileSync(join(corpora(), file), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));

/** The ids that AWS's records have beside the ARN of a user, found by their text alone. */
export function uniqueIdsOf(arn: string): readonly string[] {
  ids ??= idsBeside(new Set(entries().map(({ file }) => file)));
  return [...(ids.get(arn) ?? [])];
}
let ids: ReadonlyMap<string, ReadonlySet<string>> | undefined;

const BESIDE =
  /"principalId": ?"(AIDA[A-Z0-9]+)", ?"arn": ?"([^"]+)"|"arn": ?"([^"]+)", ?"principalId": ?"(AIDA[A-Z0-9]+)"/g;

function idsBeside(files: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    const text = readFileSync(join(corpora(), file), "utf8").replaceAll("\\", "").replace(/\s+/g, " ");
    for (const [, id, arn, before, after] of text.matchAll(BESIDE)) {
      const [of, one] = [arn ?? before ?? "", id ?? after ?? ""];
      found.set(of, (found.get(of) ?? new Set()).add(one));
    }
  }
  return found;
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split("/")
    .slice(1)
    .reduce((of, key) => (of as Record<string, unknown>)[key], value);

/** Values that may stand in no sink. Of a secret, not even a part. */
export function forbidden(): { readonly secrets: readonly string[]; readonly neverKept: readonly string[] } {
  const values = (which: "secretsPresent" | "neverKeep") =>
    entries().flatMap((entry) => {
      const record = recordOf(entry);
      return (entry.expect[which] ?? []).map((pointer) => {
        const value = at(record, pointer);
        return typeof value === "string" ? value : JSON.stringify(value);
      });
    });
  return { secrets: values("secretsPresent"), neverKept: values("neverKeep") };
}
