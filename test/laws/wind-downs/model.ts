import type { State } from "@leasehold/core/connector";
import { type CredentialId, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { oktaUser } from "../../support/signals.ts";
import type { Chronicle, Effect, Happened, Of } from "./chronicle.ts";
import { CREDENTIALS, onGoogle, PEOPLE } from "./town.ts";

/** What stands answered, by what people said and by what has happened since; told from the chronicle alone. */
export interface Stands {
  readonly kind: "nothing" | "yes" | "keep" | "offer" | "hold" | "leave-off" | "undo";
  readonly until?: Instant;
  readonly voices: readonly { readonly speaker: string; readonly at: Instant; readonly n: number }[];
  readonly person: boolean; // somebody said it, and not the directory alone
}
const NOTHING: Stands = { kind: "nothing", voices: [], person: false };

export const windDownsOf = (seen: Chronicle, credential: CredentialId): readonly WindDownId[] =>
  seen.of("opened").flatMap((one) => (one.credential === credential ? [one.windDown] : []));
export const credentialOf = (seen: Chronicle, windDown: WindDownId): CredentialId | undefined =>
  seen.of("opened").find((one) => one.windDown === windDown)?.credential;

const entriesOf = (seen: Chronicle, windDown: WindDownId, before: number) =>
  seen.of("entry").filter((one) => one.windDown === windDown && one.n < before);

export function standing(seen: Chronicle, windDown: WindDownId, before: number): Stands {
  return entriesOf(seen, windDown, before).reduce((was, entry) => after(seen, was, entry), NOTHING);
}

type Entered = Of<"entry">;

const LASTS: Readonly<Record<string, Stands["kind"]>> = { transfer: "offer", snooze: "hold" };

function after(seen: Chronicle, was: Stands, entry: Entered): Stands {
  if (entry.did === "answer.given") return answered(seen, was, entry);
  if (entry.did === "undo.asked") return said("undo", entry);
  if (entry.did === "exposure.found") return was.kind === "undo" ? was : NOTHING;
  return isEnded(was, entry) ? NOTHING : was;
}

const said = (kind: Stands["kind"], { speaker, at, n }: Entered, until?: Instant): Stands => ({
  ...{ kind, voices: [{ speaker, at, n }], person: speaker !== "leasehold" },
  ...(until && { until }),
});

function answered(seen: Chronicle, was: Stands, entry: Entered): Stands {
  const choice = String(entry.facts["choice"]);
  const lasts = LASTS[choice];
  if (lasts !== undefined) return said(lasts, entry, aDayAfterTheClick(seen, entry));
  if (choice === "keep" || choice === "leave-off") return said(choice, entry);
  const yes = said("yes", entry);
  return was.kind === "yes" ? { ...yes, voices: [...was.voices, ...yes.voices] } : yes;
}

/** From the click on, or from a moment before it was stored: whoever clicks may wait for what is slow. */
function aDayAfterTheClick(seen: Chronicle, { n, at, answer, speaker }: Entered): Instant {
  const click = seen.of("begins").findLast(({ by, n: began }) => began < n && by === `person ${nameOf(speaker)}`);
  const until = answer?.kind === "hold" ? answer.until : answer?.kind === "keep" ? answer.lapses : undefined;
  const isTheirs = until !== undefined && click && until >= later(click.at, 24) && until <= later(at, 24);
  return isTheirs ? until : later(at, 24);
}

/** Every act and every surprise ends a yes; a surprise ends an undo too, unless it was what the undo waited for. */
function isEnded({ kind }: Stands, { did, facts }: Entered): boolean {
  const surprise = did === "outcome.unknown" || did === "wind-down.reopened";
  if (kind === "undo") return surprise && facts["because"] !== "a person brought it back";
  return (kind === "yes" || kind === "leave-off") && (surprise || did === "act.done" || did === "act.undone");
}

/** Somebody has said to leave it as it is, and that has not run out. */
export const isAgainst = ({ kind, until }: Stands, at: Instant): boolean =>
  kind === "keep" || kind === "undo" || kind === "leave-off" || (until !== undefined && at < until);

/** An effect with what led to it: whose hand, which intent, which look. */
export interface Told {
  readonly effect: Happened<Effect>;
  readonly intent: Of<"intends"> | undefined;
  readonly windDown: WindDownId;
  readonly began: number; // when its executor began the step
  readonly looked: number; // when its executor last looked at the wind-down
  readonly stands: Stands; // answered, as of that look
  readonly voices: Stands["voices"]; // of a yes that holds for this act
}

export function told(seen: Chronicle, effect: Happened<Effect>): Told {
  const mine = <E extends { readonly by: string; readonly n: number }>(all: readonly E[]) =>
    all.findLast(({ by, n }) => by === effect.by && n < effect.n);
  const intent = mine(seen.of("intends"));
  const windDown = intent?.windDown ?? "wdc_none";
  const looked = mine(seen.of("looks at itself").filter((one) => one.windDown === windDown))?.n ?? -1;
  const stands = standing(seen, windDown, looked);
  const last = lastTouch(seen, effect)?.n ?? -1;
  const lasts = ({ at, n }: Stands["voices"][number]) => effect.at < later(at, 168) && n > last;
  const voices = stands.kind === "yes" ? stands.voices.filter(lasts) : [];
  return { effect, intent, windDown, began: mine(seen.of("begins"))?.n ?? -1, looked, stands, voices };
}

/** What was last done to the credential by us. */
const lastTouch = (seen: Chronicle, { credential, n }: Happened<Effect>) => ourEffects(seen, credential, n).at(-1);

/**
 * What we did and could know of. Where the answer was lost, and somebody's hand had put it back before anybody looked, it is as
 * if it had not been: "as before → withdrawn". What was asked and said then still stands.
 */
export function ourEffects(seen: Chronicle, credential: CredentialId, before: number): readonly Happened<Effect>[] {
  const withdrawn = seen.of("entry").filter(({ did, n }) => did === "intent.withdrawn" && n < before);
  return seen.of("effect").filter((effect) => {
    if (effect.credential !== credential || effect.n >= before) return false;
    const intent = seen.of("intends").findLast(({ by, n }) => by === effect.by && n < effect.n);
    const end = withdrawn.find(
      ({ n, facts }) =>
        n > effect.n && String(facts["intent"]).startsWith(`${intent?.windDown}/${intent?.intent.version}/`),
    );
    const put = seen
      .of("hand")
      .some((hand) => hand.credential === credential && hand.n > effect.n && hand.n < (end?.n ?? 0));
    return end === undefined || !put;
  });
}

/** Whose it is: its holder's, until somebody keeps it. */
export function ownerOf(seen: Chronicle, credential: CredentialId, before: number): string {
  const kept = seen
    .of("entry")
    .findLast(
      ({ n, did, facts, windDown }) =>
        n < before &&
        did === "wind-down.closed" &&
        facts["as"] === "kept" &&
        credentialOf(seen, windDown) === credential,
    );
  const by = kept && kept.answer?.kind === "keep" ? kept.answer.newOwner : undefined;
  return nameOf(by) ?? CREDENTIALS.find(({ id }) => id === credential)?.holder ?? "nobody";
}

/** Who stands behind an account: in either directory, or known by an address alone. */
export const nameOf = (account: string | undefined) =>
  PEOPLE.find((name) =>
    [oktaUser(name), onGoogle(name), emailAccount(`${name}@example.com`)].some((one) => one === account),
  );

/** Whether the directory that is believed said so at some moment of a span. */
export const isDeparted = (seen: Chronicle, person: string, from: number, to: number): boolean =>
  saidOf(seen, person, from, to).includes("departed");

/** The same all the time, and no event ever said otherwise: then nobody can have taken them for present. */
export function isSurelyDeparted(seen: Chronicle, person: string, from: number, to: number): boolean {
  const heard = seen.of("told").filter((one) => one.person === person && one.n < to);
  const onlyLeft = heard.some(({ n }) => n < from) && heard.every(({ change }) => change === "left");
  return onlyLeft && saidOf(seen, person, from, to).every((state) => state === "departed");
}

function saidOf(seen: Chronicle, person: string, from: number, to: number): readonly string[] {
  const changes = seen.of("directory").filter((one) => one.person === person);
  const instants = [from, ...changes.map(({ n }) => n + 1).filter((n) => n > from && n <= to)];
  return instants.map((n) => believed(changes, person, n));
}
function believed(changes: readonly Of<"directory">[], person: string, before: number): string {
  const of = (id: string) => changes.findLast(({ directory, n }) => directory === id && n < before)?.state ?? "active";
  const first = of("okta");
  return first === "unknown" && (person === "ada" || person === "bob") ? of("google-workspace") : first;
}

export const modeIn = (seen: Chronicle, from: number, to: number): readonly string[] => {
  const changes = seen.of("mode");
  const before = changes.findLast(({ n }) => n < from)?.mode ?? "act";
  return [before, ...changes.filter(({ n }) => n >= from && n < to).map(({ mode }) => mode)];
};

export const isSame = (a: State, b: State) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
