import { later } from "@leasehold/core/kernel";
import type { Chronicle, Of } from "./chronicle.ts";
import { isAgainst, standing, told } from "./model.ts";

type Counts = (seen: Chronicle) => number;

const entries =
  (did: string, facts: Readonly<Record<string, unknown>> = {}): Counts =>
  (seen) =>
    seen
      .of("entry")
      .filter((one) => one.did === did && Object.entries(facts).every(([name, value]) => one.facts[name] === value))
      .length;
const effects =
  (is: (effect: Of<"effect">, seen: Chronicle) => boolean): Counts =>
  (seen) =>
    seen.of("effect").filter((effect) => is(effect, seen)).length;
const brakes =
  (as: Of<"brake">["as"]): Counts =>
  (seen) =>
    seen.of("brake").filter((one) => one.as === as).length;
const hears =
  (change: string): Counts =>
  (seen) =>
    seen.of("told").filter((one) => one.change === change).length;

const voicesOf = (seen: Chronicle, effect: Of<"effect">) => told(seen, effect).voices.length;

/** What was answered when somebody answered over it. */
const answersOver =
  (is: (stands: ReturnType<typeof standing>, entry: Of<"entry">) => boolean): Counts =>
  (seen) =>
    seen.of("entry").filter((one) => one.did === "answer.given" && is(standing(seen, one.windDown, one.n), one)).length;

/** Told between an intent and its end: what the last look before the call is for. */
const between =
  (is: (one: Of<"entry">) => boolean): Counts =>
  (seen) =>
    seen.of("intends").filter((intent) => {
      const end = seen
        .of("entry")
        .find(({ n, facts }) => n > intent.n && String(facts["intent"]).startsWith(`${intent.windDown}/`));
      return seen
        .of("entry")
        .some((one) => one.windDown === intent.windDown && one.n > intent.n && one.n < (end?.n ?? 0) && is(one));
    }).length;

const ranOut =
  (kind: "hold" | "offer"): Counts =>
  (seen) => {
    const end = seen.all.at(-1)?.at;
    const asks = seen.of("entry").filter(({ did }) => did === "question.asked");
    return asks.filter(({ windDown, n, at }) => {
      const stands = standing(seen, windDown, n);
      return end !== undefined && stands.kind === kind && !isAgainst(stands, at);
    }).length;
  };

/** A release that ended while what it let go on was still asked about. */
const releaseRanOut: Counts = (seen) =>
  seen.of("brake").filter((one) => {
    if (one.as !== "released") return false;
    return seen.of("stuck").some(({ fault, at }) => fault === "Braked" && at > later(one.until, 0));
  }).length;

/** Every kind of thing that a run of thousands must have met at least once; the premises of the laws among them. */
export const KINDS: Readonly<Record<string, Counts>> = {
  "switched off on silence": effects((one, seen) => one.verb === "disable" && one.down && voicesOf(seen, one) === 0),
  "switched off on a yes": effects((one, seen) => one.verb === "disable" && one.down && voicesOf(seen, one) > 0),
  fenced: effects(({ verb, down }) => verb === "quarantine" && down),
  "deleted on one yes, after the grace": effects((one, seen) => one.cost === "R3" && voicesOf(seen, one) === 1),
  "deleted by two voices": effects((one, seen) => one.cost === "R3" && voicesOf(seen, one) === 2),
  revoked: effects(({ cost }) => cost === "R2"),
  "revoked, and a person brought it back": entries("wind-down.reopened", { because: "a person brought it back" }),
  "switched by somebody's hand": entries("wind-down.reopened", { because: "somebody changed it after us" }),
  "taken back": effects(({ down }) => !down),
  adopted: entries("act.done", { adopted: true }),
  "adopted, an undo": entries("act.undone", { adopted: true }),
  withdrawn: entries("intent.withdrawn"),
  "nobody knows what came of it": entries("outcome.unknown"),
  "a hand on the brake": brakes("on"),
  "the brake tripped": brakes("tripped"),
  "a backlog was held": brakes("backlog"),
  "a release": brakes("released"),
  "a release ran out": releaseRanOut,
  "stuck at the brake": (seen) => seen.of("stuck").filter(({ fault }) => fault === "Braked").length,
  "stuck without a permission": (seen) => seen.of("stuck").filter(({ fault }) => fault === "PermissionMissing").length,
  "a hold ran out": ranOut("hold"),
  "an offer lapsed": ranOut("offer"),
  "a keep declined": answersOver(
    ({ kind }, { facts }) => kind === "offer" && !["keep", "retire"].includes(String(facts["choice"])),
  ),
  "a keep accepted": entries("wind-down.closed", { as: "kept" }),
  "left off": entries("answer.given", { choice: "leave-off" }),
  "a keep or hold after a yes": answersOver(({ kind }, { facts }) => kind === "yes" && facts["choice"] !== "retire"),
  "an answer between intent and act": between(({ did }) => did === "answer.given" || did === "undo.asked"),
  moved: hears("moved"),
  held: hears("held"),
  reinstated: hears("reinstated"),
  exposed: entries("exposure.found"),
  ...Object.fromEntries(
    ["undone", "gone", "bottom", "unresolved"].map((as) => [`ended: ${as}`, entries("wind-down.closed", { as })]),
  ),
  "an older store was put back": (seen) => seen.of("put back").length,
  "it was reconciled": (seen) => seen.of("reconciled").length,
  "what had been done was lost": (seen) => seen.of("reconciled").filter(({ differs }) => differs.length > 0).length,
  "begun again": entries("execution.restarted"),
};

export type Coverage = Map<string, { histories: number; times: number }>;

export function counted(coverage: Coverage, seen: Chronicle): void {
  for (const [name, times] of Object.entries(KINDS)) {
    const found = times(seen);
    const before = coverage.get(name) ?? { histories: 0, times: 0 };
    coverage.set(name, { histories: before.histories + (found > 0 ? 1 : 0), times: before.times + found });
  }
}

/** For a person: how often each kind came, the rarest first. */
export function asTable(coverage: Coverage, of: number): string {
  const rows = [...coverage].sort(([, a], [, b]) => a.histories - b.histories);
  const line = (name: string, histories: string, times: string) =>
    `${histories.padStart(9)} ${times.padStart(7)}  ${name}`;
  return [
    `of ${of} histories:`,
    line("what", "histories", "times"),
    ...rows.map(([name, { histories, times }]) => line(name, String(histories), String(times))),
  ].join("\n");
}
