import type { Mode } from "@leasehold/app/world";
import { CHOICES, type PersonState } from "@leasehold/core/connector";
import fc from "fast-check";
import type { Click, Moment } from "./live.ts";
import { CREDENTIALS, DIRECTORIES, type Mood } from "./town.ts";

/** What the outside may do. Each is one line where a history is printed. */
export type Step =
  | {
      readonly do: "hears";
      readonly of: string;
      readonly change: "left" | "held" | "moved" | "reinstated";
      readonly late: number;
      readonly agrees: boolean;
      readonly twice: boolean;
    }
  | {
      readonly do: "directory says";
      readonly id: (typeof DIRECTORIES)[number];
      readonly of: string;
      readonly state: PersonState;
    }
  | { readonly do: "leaks"; readonly credential: number }
  | ({ readonly do: "clicks" } & Click)
  | { readonly do: "undo"; readonly credential: number; readonly earlier?: boolean } // the wind-down before the newest
  | {
      readonly do: "somebody's hand";
      readonly credential: number;
      readonly to: "on" | "off" | "gone" | "odd";
      readonly heard: boolean;
    }
  | { readonly do: "is used"; readonly credential: number }
  | { readonly do: "provider"; readonly mood: Mood }
  | { readonly do: "desk"; readonly id: "slack" | "jira"; readonly down: boolean }
  | { readonly do: "brake"; readonly as: "on" | "off" | "release" }
  | { readonly do: "mode"; readonly mode: Mode }
  | { readonly do: "store"; readonly as: "copied" | "put back" | "reconciled" }
  | { readonly do: "bus"; readonly twice: boolean }
  | { readonly do: "passes"; readonly hours: number; readonly killAt: number | undefined }
  | {
      readonly do: "race";
      readonly order: readonly number[];
      readonly sleeps: readonly [number, number];
      readonly kill: number | undefined;
      readonly meanwhile: Meanwhile;
      readonly after?: number | undefined;
      readonly atOnce?: boolean | undefined;
      readonly third?: boolean | undefined;
      readonly at?: Moment | undefined;
    };
type Meanwhile =
  | Extract<Step, { do: "clicks" | "undo" | "brake" | "somebody's hand" | "directory says" | "mode" }>
  | undefined;

const person = fc.constantFrom("ada", "ada", "bob", "cleo", "grace");
const credential = fc.nat({ max: CREDENTIALS.length - 1 });
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const half = fc.boolean();
const everybody = ["to", "to", "to", "to", "sam", "grace", "last", "ada", "bob", "mallory"];

const clicks = fc.record({
  do: fc.constant("clicks" as const),
  about: fc.option(credential, { nil: undefined }),
  message: fc.constantFrom(0, 0, 0, 0, 1, 1, 4),
  item: fc.nat({ max: 2 }),
  by: fc.constantFrom(...everybody),
  choice: fc.constantFrom(...CHOICES, "retire", "retire", "retire", "keep"),
  to: fc.constantFrom("grace", "bob", "sam", "nobody", "ada"),
  again: rarely,
});
const undo = fc.record({ do: fc.constant("undo" as const), credential });
const brake = fc.record({ do: fc.constant("brake" as const), as: fc.constantFrom("on", "off", "release", "release") });
const hand = fc.record({
  do: fc.constant("somebody's hand" as const),
  credential,
  to: fc.constantFrom("on", "on", "off", "gone", "odd"),
  heard: half,
});
const directory = fc.record({
  do: fc.constant("directory says" as const),
  id: fc.constantFrom(...DIRECTORIES),
  of: person,
  state: fc.constantFrom<PersonState[]>("active", "departed", "departed", "suspended", "unknown"),
});
const mode = fc.record({
  do: fc.constant("mode" as const),
  mode: fc.constantFrom<Mode[]>("observe", "ask", "act", "act"),
});

const hears = fc.record({
  do: fc.constant("hears" as const),
  of: person,
  change: fc.constantFrom("left", "left", "left", "held", "moved", "reinstated"),
  late: fc.constantFrom(0, 0, 0, 3),
  agrees: fc.constantFrom(true, true, true, false),
  twice: rarely,
});
const killed = fc.option(fc.nat({ max: 60 }), { freq: 3 }).map((at) => at ?? undefined);
const passes = fc.record({
  do: fc.constant("passes" as const),
  hours: fc.constantFrom(0.02, 0.3, 2, 24, 25, 26, 40, 72, 168, 200),
  killAt: fc.option(fc.nat({ max: 120 }), { freq: 2 }).map((at) => at ?? undefined),
});
const race = fc.record({
  do: fc.constant("race" as const),
  order: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 12 }),
  sleeps: fc.tuple(fc.nat({ max: 60 }), fc.constantFrom(0, 0, 1.5, 5, 600)),
  kill: killed,
  after: fc.nat({ max: 60 }),
  atOnce: half,
  meanwhile: fc
    .option(fc.oneof({ weight: 4, arbitrary: clicks }, undo, brake, hand, directory, mode))
    .map((one) => one ?? undefined),
});

const leaks = fc.record({ do: fc.constant("leaks" as const), credential });
const used = fc.record({ do: fc.constant("is used" as const), credential });
const provider = fc.record({
  do: fc.constant("provider" as const),
  mood: fc.constantFrom<Mood[]>("well", "well", "refuses", "throttles", "forbids", "loses answers", "down"),
});
const desk = fc.record({ do: fc.constant("desk" as const), id: fc.constantFrom("slack", "jira"), down: half });
const bus = fc.record({ do: fc.constant("bus" as const), twice: half });
const store = fc.record({
  do: fc.constant("store" as const),
  as: fc.constantFrom("copied", "put back", "reconciled"),
});
/** Whatever may happen. */
export const KINDS: Readonly<Record<Step["do"], fc.Arbitrary<Step>>> = {
  ...{ clicks, undo, brake, hears, leaks, provider, desk, bus, mode, passes, race, store },
  ...{ "directory says": directory, "somebody's hand": hand, "is used": used },
};

export function inWords(steps: readonly Step[]): string {
  return steps.map(({ do: what, ...rest }) => `  ${what} ${wordsOf(rest)}`).join("\n");
}
const wordsOf = (rest: object): string =>
  Object.entries(rest)
    .flatMap(([name, value]) => {
      if (value === undefined || value === false) return [];
      if (name === "credential") return [CREDENTIALS[value as number]?.name];
      return [`${name} ${typeof value === "object" ? JSON.stringify(value) : value}`];
    })
    .join(", ");
