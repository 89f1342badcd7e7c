import { credentialIn, isExposure, isReview } from "@leasehold/core/casework";
import { badInput, type CaseId, type Instant, later } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import { undo, versionsOf } from "../winddown/index.ts";
import type { Stored, StoredCase } from "../world/index.ts";
import { type Asked, askAll } from "./ask.ts";
import { itemsOf } from "./besides.ts";
import { closeCase } from "./close.ts";
import { count } from "./count.ts";
import { endPaging, PAGE_AGAIN, pageAgain } from "./exposure.ts";
import { gate, gateAgain } from "./gate.ts";
import { inFlux } from "./in-flux.ts";
import { keepUp, remindAt } from "./keep-up.ts";
import { tellBefore } from "./notice.ts";
import { finishPlacing, isWanting } from "./place.ts";
import { planItems, planOne } from "./plan-items.ts";
import type { CasePorts } from "./ports.ts";
import { askLatest, untilListed, wasMove } from "./review.ts";
import { proposeRotations } from "./rotation.ts";

export type CaseNext =
  | { readonly do: "again" }
  | { readonly do: "wait"; readonly until: Instant; readonly version: number; readonly seen: number }
  | { readonly do: "closed" };

const LOOK_AGAIN = 24; // hours
const SETTLE = 1 / 60; // hours, until every item has said whether people must be asked; its saying so wakes us
const DESKS_AGAIN = 0.25; // hours, while no desk takes the question

/** Gate, count, plan, start, ask, remind, close: whichever is next. Each is written before the next is looked at, so a crash repeats none of them. */
export async function caseStep(world: CasePorts, id: CaseId): Promise<CaseNext> {
  const stored = await world.cases.get(id);
  if (stored === undefined) throw badInput("there is no such case", { where: "caseId" });
  if (stored.case.status === "closed") return { do: "closed" };

  const credential = credentialIn(stored.case);
  if (credential !== undefined) {
    const planned = await planOne(world, stored, credential);
    if (planned.version !== stored.version) return { do: "again" };
    return follow(world, planned, await itemsOf(world, planned));
  }

  const gated = await (stored.case.gate === "departed" ? gateAgain : gate)(world, stored);
  if (gated.case.gate === "false leaver" && gated.case.items.length === 0) {
    await closeCase(world, gated, [], "false leaver");
    return { do: "closed" };
  }
  if (gated.version !== stored.version) return { do: "again" };
  if (gated.case.gate === "false leaver") return back(world, gated);
  const early = isReview(gated.case) && gated.case.gate !== "departed" ? await beforeReview(world, gated) : undefined;
  if (early !== undefined) return early;
  const counted = await count(world, gated);
  if (counted.version !== stored.version) return { do: "again" };
  const planned = await planItems(world, counted);
  if (planned.version !== stored.version) return { do: "again" };
  return follow(world, planned, await itemsOf(world, planned));
}

/** Nobody is asked about a move before the directory has said who answers for them now, nor where it says that nothing has changed. */
async function beforeReview(world: CasePorts, stored: StoredCase): Promise<CaseNext | undefined> {
  if (stored.case.items.length > 0) return undefined;
  const until = await untilListed(world, stored);
  if (until !== undefined) return waiting(stored, [], until);
  if (await wasMove(peopleOf(world, world.clock()), stored)) return undefined;
  await closeCase(world, stored, [], "neither manager nor team has changed");
  return { do: "closed" };
}

/** They are here: nothing more is planned about them, and what was begun is taken back. What has leaked is another matter. */
async function back(world: CasePorts, stored: StoredCase): Promise<CaseNext> {
  const items = await itemsOf(world, stored);
  for (const { windDown } of items)
    if (!windDown.closed && windDown.answer?.kind !== "undo" && windDown.exposed === undefined)
      await undo(world, windDown.id, undefined);
  return follow(world, stored, await itemsOf(world, stored));
}

async function follow(world: CasePorts, stored: StoredCase, items: readonly Stored[]): Promise<CaseNext> {
  if (await finishPlacing(world, stored)) return { do: "again" };
  const people = peopleOf(world, world.clock());
  const settle = later(world.clock(), SETTLE);
  if (items.some((item) => inFlux(item, stored.case, world.clock()))) return waiting(stored, items, settle);
  const review = isReview(stored.case);
  if (review && (await askLatest(world, people, stored, items))) return { do: "again" };
  const asked = await askAll(world, people, stored, items);
  if (review) await tellBefore(world, people, asked.stored, items.length);
  const after = await itemsOf(world, stored);
  await keepUp(world, people, asked.stored, after);
  if (isExposure(stored.case)) await pageAgain(world, stored.case, after);
  const rotations = await proposeRotations(world, people, asked.stored);
  if (rotations === "done" && after.every(({ windDown }) => windDown.closed)) {
    const because = items.length === 0 ? "nothing was found that this person owns" : "every item has ended";
    if (isExposure(stored.case)) await endPaging(world, after);
    await closeCase(world, asked.stored, after, because);
    return { do: "closed" };
  }
  // what began to want a question while we asked is asked now, and not at the next look
  if (asked.all && after.some((item) => isWanting(item, stored))) return { do: "again" };
  return waiting(asked.stored, after, await nextLook(world, asked));
}

/** `seen`: what its items were then, so that none of their writes is slept through either. */
const waiting = ({ version }: StoredCase, items: readonly Stored[], until: Instant): CaseNext => ({
  ...{ do: "wait", until, version, seen: versionsOf(items) },
});

async function nextLook(world: CasePorts, { stored: { case: open }, all, until }: Asked): Promise<Instant> {
  const now = world.clock();
  if (!all && until === undefined) return later(now, DESKS_AGAIN);
  const decisions = await world.decisions.ofCase(open.id);
  const reminders = decisions.flatMap(({ value }) => (value.closed ? [] : (remindAt(world, value) ?? [])));
  const often = isExposure(open) ? PAGE_AGAIN : LOOK_AGAIN;
  const next = [later(now, often), ...reminders, ...(until ? [until] : [])].sort()[0] as Instant;
  return next > now ? next : later(now, DESKS_AGAIN); // overdue: a desk did not take the edit
}
