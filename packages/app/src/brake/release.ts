import {
  type FirstVoice,
  type Hold,
  isStanding,
  needsTwo,
  type Release,
  releaseCase,
  releaseHold,
  standingTrip,
  stops,
  voiceFor,
  type When,
  type Window,
  withVoice,
} from "@leasehold/core/brake";
import { type AccountId, badInput, type CaseId, type Instant, type PersonId } from "@leasehold/core/kernel";
import { areTwo } from "@leasehold/core/winddown";
import { peopleOf } from "../question/index.ts";
import type { StoredCase, World } from "../world/index.ts";
import { type HandPorts, hand } from "./hand.ts";
import { retried } from "./retried.ts";
import { findingOfHold } from "./tell.ts";

export type ReleasePorts = HandPorts & Pick<World, "cases" | "findings" | "graph" | "config">;

/** Who lets go: somebody with a name, or whoever holds the laptop's file. */
export type Releaser =
  | "terminal"
  | {
      readonly account: AccountId;
      readonly accounts: readonly AccountId[];
      readonly person: PersonId;
      readonly second?: boolean; // an operator: beside somebody of security, and never alone
    };

export interface Releasing {
  readonly outcome: "released" | "needs a second person" | "was released already" | "is not held";
  readonly of: string;
  readonly covers: number; // people
  readonly until: Instant | undefined;
}

/** What a release is about, as it stands: a hold, or one case, and the hold that it is in. */
interface Target {
  readonly id: string;
  readonly hold: Hold | undefined; // undefined: a case that nothing holds
  readonly case: StoredCase["case"] | undefined;
  readonly standing: Pick<Release, "until"> | undefined; // released already
}

/**
 * A named person lets go on what they name: those who are in a trip or a batch at this moment, or one case. It ends three days
 * after the first notice, counts nobody again, and brings nothing back that was ended meanwhile: what goes on is decided afresh.
 */
export function releaseHeld(
  world: ReleasePorts,
  id: string,
  by: Releaser,
  because: string,
  shown = Number.POSITIVE_INFINITY, // people: who came after they were counted for this speaker stays held
): Promise<Releasing> {
  return retried(world, async () => {
    const { value, version } = await world.ledger.brake();
    const target = await targetOf(world, value, id);
    if (target.hold === undefined) return { outcome: "is not held", of: id, covers: 0, until: undefined };
    const covers = target.case ? 1 : Math.min(target.hold.people, shown);
    if (target.standing) return { outcome: "was released already", of: id, covers, until: target.standing.until };
    await mustBeAnother(world, target.hold, by);
    const agreed = await agreement(world, value, target, by, covers);
    if (agreed.window) await hand(world, { value: agreed.window, version }, voiceDraft(id, by, because, covers));
    if (agreed.by === undefined) return { outcome: "needs a second person", of: id, covers, until: undefined };

    const when = { now: world.clock(), hours: releaseLasts(world.config) };
    const next = released(value, target, agreed.by, agreed.covers, when);
    await hand(world, { value: next.window, version }, draftOf(next.release, id, agreed, because));
    if (target.case === undefined && agreed.covers === target.hold.people)
      await world.findings.close(findingOfHold(target.hold));
    return { outcome: "released", of: id, covers: agreed.covers, until: next.release.until };
  });
}

/** Whoever is asked first has their whole notice, and after that there is a working day, whatever weekend lies between. */
export const releaseLasts = ({ playbook }: ReleasePorts["config"]): number => Math.max(24, playbook.notice + 72);

async function targetOf({ cases, clock }: ReleasePorts, window: Window, id: string): Promise<Target> {
  const now = clock();
  const { holds = [] } = window;
  const hold = holds.find((one) => one.id === id);
  if (hold !== undefined) {
    const all = hold.released && hold.released.covers >= hold.people && isStanding(window, hold.released, now);
    return { id, hold, case: undefined, standing: all ? hold.released : undefined };
  }
  const stored = id.startsWith("cas_") ? await cases.get(id as CaseId) : undefined;
  if (stored === undefined) throw badInput("no trip, batch or case has this id", { where: "id" });
  const { brake } = stored.case;
  if (stored.case.status === "closed" || brake === undefined)
    return { id, hold: undefined, case: stored.case, standing: undefined };
  const { frozen: _, ...open } = window;
  const its = holds.find((one) => brake.as === "held" && one.id === brake.by);
  const goesOn = stops(open, { departed: true, case: stored.case.id, brake }, now) === undefined;
  const named = window.named?.find((one) => one.case === id) ?? its?.released;
  return { id, hold: its ?? standingTrip(window), case: stored.case, standing: goesOn ? named : undefined };
}

/** Whoever is said to have left, and is there all the same, does not let themselves go on. */
async function mustBeAnother({ graph, cases }: ReleasePorts, hold: Hold, by: Releaser): Promise<void> {
  for (const account of by === "terminal" ? [] : by.accounts) {
    const open = (await graph.node(account))?.value.openCase;
    const brake = open && (await cases.get(open))?.case.brake;
    if (brake?.as === "held" && brake.by === hold.id)
      throw badInput("you are held by it yourself: somebody else releases it", { where: "as" });
  }
}

interface Agreed {
  readonly by: readonly string[] | undefined; // undefined: not yet
  readonly covers: number;
  readonly window?: Window; // to be written for the first of two
}

/** More than ten times over its limit two people must have said so; what the first of them had not seen is not released. */
async function agreement(
  world: ReleasePorts,
  window: Window,
  { id, hold }: Target,
  by: Releaser,
  covers: number,
): Promise<Agreed> {
  const worst = [hold, standingTrip(window)].find(needsTwo);
  const now = world.clock();
  const first = worst && voiceFor(window, id, now);
  if (by !== "terminal" && by.second === true && first === undefined) throw badInput(NOT_ALONE, { where: "as" });
  if (worst === undefined) return { by: [by === "terminal" ? by : by.account], covers };
  if (by === "terminal")
    throw badInput("two people release it, by name", {
      flag: "--as",
    });
  const { account, accounts, person } = by;
  const voice: FirstVoice = { account, accounts, person, of: id, at: now, covers };
  if (first === undefined) return { by: undefined, covers, window: withVoice(window, voice) };
  const theirs = await peopleOf(world, now).perhaps(first.account);
  const known = { ...first, accounts: [...first.accounts, ...theirs], security: true };
  if (!areTwo(known, { ...voice, security: true })) return { by: undefined, covers };
  return { by: [first.account, by.account], covers: Math.min(first.covers, covers) };
}

const NOT_ALONE =
  "an operator releases as the second of two, where it went more than ten times over: nobody of security has said so yet";

function released(window: Window, { id, hold, case: one }: Target, by: readonly string[], covers: number, when: When) {
  const next = one ? releaseCase(window, one.id, by, when) : hold && releaseHold(window, hold.id, by, covers, when);
  if (next === undefined) throw badInput("too many cases", { where: "id" });
  const release = one
    ? next.named?.find((named) => named.case === id)
    : next.holds?.find((its) => its.id === id)?.released;
  return { window: next, release: release as Pick<Release, "until"> };
}

const draftOf = ({ until }: Pick<Release, "until">, of: string, { by = [], covers }: Agreed, because: string) => ({
  ...{ did: "brake.released", by: by.at(-1) ?? "leasehold" },
  facts: { of, covers, until, because, ...(by.length > 1 && { with: by[0] ?? "" }) },
});

const voiceDraft = (of: string, by: Releaser, because: string, covers: number) => ({
  ...{ did: "brake.release-agreed", by: by === "terminal" ? by : by.account, facts: { of, covers, because } },
});
