import type { Choice } from "@leasehold/core/connector";
import fc from "fast-check";
import type { Step } from "./histories.ts";
import { CREDENTIALS, type Mood } from "./town.ts";

type Hears = Extract<Step, { do: "hears" }>;

const says = (of: string, change: Hears["change"], late = 0): Step => ({
  ...{ do: "hears", of, change, late, agrees: true, twice: false },
});
const wait = (hours: number): Step => ({ do: "passes", hours, killAt: undefined });
const answers = (about: number, choice: Choice, by = "to", to = "grace"): Step => ({
  ...{ do: "clicks", about, message: 0, item: 0, by, choice, to, again: false },
});
const feels = (mood: Mood): Step => ({ do: "provider", mood });
const hand = (credential: number, to: "on" | "off" | "odd", heard = false): Step => ({
  ...{ do: "somebody's hand", credential, to, heard },
});
const brake = (as: "on" | "off" | "release"): Step => ({ do: "brake", as });
const undo = (credential: number): Step => ({ do: "undo", credential });

const one = (kind: (typeof CREDENTIALS)[number]["kind"]): number => CREDENTIALS.findIndex((held) => held.kind === kind);
const [KEY, FENCED, GRANT, BARE] = [one("key"), one("fenced"), one("grant"), one("bare")];
const LAST = CREDENTIALS.findLastIndex(({ kind }) => kind === "key");
const holderOf = (credential: number): string => CREDENTIALS[credential]?.holder ?? "ada";
const left = (credential: number): Step => says(holderOf(credential), "left");

const night = fc.constantFrom(24, 26, 40);
const pick = <T>(...all: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
const off = fc.tuple(pick(KEY, FENCED, LAST), pick(true, false), night);

/** Switched off, on a yes or on silence; a fence comes before. */
const switchedOff = off.map(([it, asked, hours]): readonly Step[] => [
  left(it),
  wait(0.3),
  ...(asked ? [answers(it, "retire"), wait(0.3), answers(it, "retire")] : []),
  wait(hours),
  ...(it === FENCED ? [wait(72)] : []),
]);

type Meanwhile = Extract<Step, { do: "race" }>["meanwhile"];
const SAYS: Readonly<Record<string, (credential: number) => Step>> = {
  brake: () => brake("on"),
  snooze: (it) => answers(it, "snooze"),
  keep: (it) => answers(it, "keep", "sam"),
  undo,
  back: (it) => ({ do: "directory says", id: "okta", of: holderOf(it), state: "active" }),
  "off by a hand": (it) => hand(it, "off"),
  "odd by a hand": (it) => hand(it, "odd"),
};
const sayOf = (what: string | undefined, it: number): Meanwhile =>
  what === undefined ? undefined : (SAYS[what]?.(it) as Meanwhile);

/** Two executors at the moment of the act, and somebody says otherwise: between any two of their calls. */
const raced: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    pick(KEY, KEY, FENCED, GRANT),
    fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 12 }),
    pick<"brake" | "snooze" | "keep" | "undo" | "back" | undefined>(
      "brake",
      "snooze",
      "keep",
      "undo",
      "back",
      undefined,
    ),
    pick(0, 0, 1.5, 5),
    fc.nat({ max: 90 }),
    fc.option(fc.nat({ max: 60 }), { nil: undefined, freq: 2 }),
    fc.nat({ max: 60 }),
  )
  .map(([it, order, what, minutes, call, kill, after]): readonly Step[] => {
    const meanwhile = sayOf(what, it);
    const race: Step = { do: "race", order, sleeps: [call, minutes], kill, meanwhile, after, atOnce: true };
    return [left(it), wait(0.3), answers(it, "retire"), race, wait(26), brake("off"), wait(72)];
  });

/** The same at the very moment that a last look, a claim or a receipt is for; and then they are back, or not. */
const met: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    pick(KEY, KEY, FENCED, GRANT),
    fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 6 }),
    pick<"intent" | "call" | "effect">("intent", "intent", "call", "effect"),
    pick(...Object.keys(SAYS), undefined),
    pick(true, false),
    pick(0, 0, 1.2, 5),
    pick(true, false),
  )
  .map(([it, order, at, what, third, minutes, backAgain]): readonly Step[] => {
    const how = {
      order,
      sleeps: [0, minutes],
      kill: undefined,
      atOnce: true,
      at,
      third,
    } as const;
    const race: Step = { do: "race", ...how, meanwhile: sayOf(what, it) };
    const back = backAgain ? [wait(2), says(holderOf(it), "reinstated")] : [];
    return [left(it), wait(0.3), answers(it, "retire"), race, ...back, wait(26), brake("off"), wait(72)];
  });

const store = (as: "copied" | "put back" | "reconciled"): Step => ({ do: "store", as });

/** The store is put back to what it was before an answer, an act, an undo or a receipt; and only then compared. */
const putBack: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    pick(KEY, FENCED, FENCED, LAST),
    pick("before it is answered", "before silence", "with an intent open", "when it is off", "before it leaks"),
    pick(0.3, 26),
    pick(true, false),
  )
  .map(([it, when, hours, silent]): readonly Step[] => {
    const restored = [store("put back"), wait(hours), ...(silent ? [] : [answers(it, "retire")]), wait(2)];
    const after = [...restored, store("reconciled"), wait(26), wait(72)];
    const asked = [left(it), wait(0.3)];
    if (when === "before it is answered") return [...asked, store("copied"), answers(it, "retire"), wait(2), ...after];
    if (when === "before silence") return [...asked, store("copied"), wait(26), ...after];
    if (when === "when it is off") return [...asked, wait(26), store("copied"), undo(it), wait(2), ...after];
    if (when === "before it leaks") {
      const leak: readonly Step[] = [{ do: "leaks", credential: it }, wait(0.3), answers(it, "retire", "sam"), wait(2)];
      return [...asked, store("copied"), store("put back"), ...leak, store("reconciled"), wait(26)];
    }
    const open = [feels("loses answers"), answers(it, "retire"), wait(0.02), store("copied"), feels("well"), wait(2)];
    return [...asked, ...open, undo(it), wait(2), ...after];
  });

/** Each goes where random steps seldom come: the middle of the way is where it is interrupted. */
const ARCS: readonly fc.Arbitrary<readonly Step[]>[] = [
  // deleted on one yes, after the whole grace
  fc.tuple(switchedOff, pick(KEY, LAST, FENCED), pick(100, 168, 200)).map(([down, , hours]) => {
    const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
    return [...down, wait(2), answers(it, "retire"), wait(hours), answers(it, "retire", "sam"), wait(168)];
  }),
  // final and never off before: two people, or one person twice
  fc
    .tuple(pick("sam", "sam", "to"), pick("to", "sam"), pick(0.3, 24))
    .map(([first, second, hours]) => [
      ...[left(BARE), wait(0.3), answers(BARE, "retire", first), wait(0.02)],
      ...[answers(BARE, "retire", second), wait(hours)],
    ]),
  // revoked, and somebody consents once more
  fc
    .tuple(pick<Choice>("keep", "retire", "snooze"), pick(true, false), pick("on", "off"))
    .map(([choice, undone, to]) => [
      ...[left(GRANT), wait(0.3), answers(GRANT, "retire"), wait(2)],
      ...[undone ? undo(GRANT) : answers(GRANT, choice), wait(2), hand(GRANT, to as "on"), wait(30)],
    ]),
  // the answer was lost: adopted, or nobody knows, and then somebody wants it back
  fc
    .tuple(
      pick(KEY, FENCED, LAST),
      pick(undefined, undefined, "odd", "on"),
      pick<Choice>("keep", "retire"),
      pick(true, false),
    )
    .map(([it, to, choice, undone]) => [
      ...[left(it), wait(0.3), feels("loses answers"), answers(it, "retire"), wait(0.02)],
      ...(to === undefined ? [] : [hand(it, to as "odd")]),
      ...[feels("well"), wait(2), undone ? undo(it) : answers(it, choice), wait(26)],
    ]),
  // the brake trips on the second who leaves; a release ends
  fc
    .tuple(pick(KEY, FENCED), pick(0.3, 26, 100), pick(true, false))
    .map(([it, hours, released]) => [
      ...[left(it), left(LAST), wait(0.3), answers(LAST, "retire"), answers(it, "retire"), wait(2)],
      ...(released ? [brake("release")] : []),
      ...[wait(hours), answers(LAST, "retire"), wait(26), says("grace", "left"), wait(26)],
    ]),
  // a backlog is held as one
  fc
    .tuple(pick(KEY, FENCED, LAST), pick(true, false), pick(0.3, 100))
    .map(([it, released, hours]) => [
      ...[says(holderOf(it), "left", 3), wait(0.3), answers(it, "retire"), wait(26)],
      ...(released ? [brake("release"), wait(hours), answers(it, "retire")] : []),
      wait(72),
    ]),
  // a hand on the brake, before or after the yes
  fc
    .tuple(pick(KEY, FENCED, GRANT), pick(true, false))
    .map(([it, first]) => [
      ...[
        left(it),
        wait(0.3),
        ...(first ? [brake("on"), answers(it, "retire")] : [answers(it, "retire"), brake("on")]),
      ],
      ...[wait(26), brake("off"), wait(26)],
    ]),
  // put off once, offered, accepted, declined, left off
  fc
    .tuple(
      pick(KEY, FENCED, LAST, GRANT),
      pick<Choice>("snooze", "transfer", "keep"),
      pick(0.3, 2, 23, 25, 26),
      pick<Choice>("keep", "snooze", "transfer", "retire"),
      pick("to", "grace", "sam", "bob"),
    )
    .map(([it, first, hours, second, by]) => [
      ...[left(it), wait(0.3), answers(it, first, "to", "bob"), wait(hours), answers(it, second, by, "last"), wait(26)],
      ...[answers(it, "retire"), wait(26)],
    ]),
  // down already, and then somebody says otherwise
  fc
    .tuple(switchedOff, pick<Choice>("keep", "leave-off", "snooze", "transfer"), pick("to", "sam"), pick(0.3, 26))
    .map(([down, choice, by, hours]) => {
      const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
      return [...down, wait(0.3), answers(it, choice, by), wait(hours), answers(it, "retire"), wait(26)];
    }),
  // back again: before it was off, after, and left once more
  fc.tuple(switchedOff, pick(true, false), pick(0.3, 26), pick(true, false)).map(([down, heard, hours, again]) => {
    const { of } = down[0] as Hears;
    const back: Step = heard ? says(of, "reinstated") : { do: "directory says", id: "okta", of, state: "active" };
    return [...down, back, wait(hours), ...(again ? [says(of, "left"), wait(72)] : [])];
  }),
  // back between the last look of the case and the end of the notice
  fc
    .tuple(pick(KEY, FENCED, LAST), pick(13, 20, 23))
    .map(([it, hours]): readonly Step[] => [
      ...[left(it), wait(0.02), wait(hours)],
      { do: "directory says", id: "okta", of: holderOf(it), state: "active" },
      ...[wait(12), wait(26)],
    ]),
  // a release that ran out before anything could be done
  fc
    .tuple(pick(KEY, FENCED), pick(100, 200))
    .map(([it, hours]) => [
      ...[left(it), left(LAST), wait(0.3), brake("release"), feels("down"), wait(hours), feels("well"), wait(26)],
      ...[answers(LAST, "retire"), wait(26)],
    ]),
  // asked while they were away, answered when they are back
  fc
    .tuple(pick(KEY, GRANT, FENCED), pick(true, false))
    .map(([it, wasAsked]): readonly Step[] => [
      ...[left(it), wait(0.3), ...(wasAsked ? [answers(it, "retire")] : [])],
      { do: "directory says", id: "okta", of: holderOf(it), state: "active" },
      ...(wasAsked ? [] : [answers(it, "retire")]),
      ...[wait(2), wait(26)],
    ]),
  // moved, held, or leaked: it stops at flagged and asks
  fc
    .tuple(pick<Hears["change"]>("moved", "held"), pick(KEY, FENCED), pick<Choice>("retire", "keep", "snooze"))
    .map(([change, it, choice]) => [
      ...[says(holderOf(it), change), wait(26), answers(it, choice), wait(26), wait(72)],
    ]),
  fc
    .tuple(pick(KEY, FENCED, GRANT, LAST), pick("sam", "to"), pick(true, false))
    .map(([it, by, braked]): readonly Step[] => [
      ...(braked ? [brake("on")] : [left(it), wait(0.3), answers(it, "snooze")]),
      { do: "leaks", credential: it },
      ...[wait(0.3), answers(it, "retire", by), wait(2), answers(it, "retire", "sam"), wait(26)],
    ]),
  // switched on again by somebody, also long after; and in use again
  fc.tuple(switchedOff, pick(0.3, 26, 300), pick(true, false), pick(true, false)).map(([down, hours, heard, used]) => {
    const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
    const use: readonly Step[] = used ? [{ do: "is used", credential: it }] : [];
    return [...down, wait(hours), hand(it, "on", heard), ...use, wait(26), wait(168)];
  }),
  // used, or the connector only asks or observes: silence does nothing
  fc
    .tuple(pick(KEY, FENCED, LAST), pick("ask" as const, "observe" as const, undefined), night)
    .map(([it, mode, hours]): readonly Step[] => [
      mode === undefined ? { do: "is used", credential: it } : { do: "mode", mode },
      ...[left(it), wait(0.3), ...(hours === 26 ? [] : [answers(it, "retire")]), wait(hours), wait(72)],
    ]),
  // asked when silence would have done nothing; the last of the chain says yes
  fc
    .tuple(pick(KEY, FENCED, LAST), pick(true, false))
    .map(([it, isLast]): readonly Step[] => [
      ...[{ do: "mode", mode: "ask" } as const, left(it), wait(0.3)],
      ...(isLast
        ? [wait(30), answers(it, "retire"), wait(26), wait(200), wait(168)]
        : [{ do: "mode", mode: "act" } as const, wait(26), wait(72)]),
    ]),
  // leaked when it had been switched on again, or had ended; and somebody wants back what was before
  fc.tuple(switchedOff, pick(true, false), pick(true, false)).map(([down, ended, earlier]): readonly Step[] => {
    const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
    const before = ended ? [answers(it, "leave-off"), wait(2)] : [hand(it, "on", true), wait(2)];
    const back: readonly Step[] = earlier ? [{ do: "undo", credential: it, earlier }] : [];
    return [...down, ...before, { do: "leaks", credential: it }, wait(0.3), ...back, wait(26), wait(72)];
  }),
  // wanted back, and whoever must consent never does; or somebody has changed it since
  fc.tuple(switchedOff, pick("as it is", "changed", "revoked")).map(([down, how]): readonly Step[] => {
    const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
    if (how === "revoked") return [left(GRANT), wait(0.3), answers(GRANT, "retire"), wait(2), undo(GRANT), wait(26)];
    return [...down, ...(how === "changed" ? [hand(it, "odd")] : []), undo(it), wait(26)];
  }),
  // a provider that does not let us, until it does
  fc
    .tuple(pick(KEY, FENCED, LAST), pick<Mood>("forbids", "throttles", "refuses", "down"), pick(2, 26))
    .map(([it, mood, hours]) => [
      ...[left(it), wait(0.3), feels(mood), answers(it, "retire"), wait(hours), feels("well"), wait(72)],
    ]),
  // the answer to an undo was lost
  switchedOff.map((down) => {
    const it = CREDENTIALS.findIndex(({ holder }) => holder === (down[0] as Hears).of);
    return [...down, feels("loses answers"), undo(it), wait(0.02), feels("well"), wait(26)];
  }),
  // no desk takes the question
  fc
    .tuple(pick(KEY, FENCED, LAST), pick(26, 72))
    .map(([it, hours]): readonly Step[] => [
      ...(["slack", "jira"] as const).map((id): Step => ({ do: "desk", id, down: true })),
      ...[left(it), wait(hours), { do: "desk", id: "slack", down: false } as const, wait(26), wait(26)],
    ]),
];

/** Something that goes its whole way from beginning to end. */
export const anyArc: fc.Arbitrary<readonly Step[]> = fc.oneof(
  ...ARCS.map((arbitrary) => ({ weight: 1, arbitrary })),
  { weight: 4, arbitrary: raced },
  { weight: 8, arbitrary: met },
  { weight: 4, arbitrary: putBack },
);
