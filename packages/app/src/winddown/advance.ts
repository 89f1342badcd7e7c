import { found } from "@leasehold/core/finding";
import { badInput, Fault, type Instant, laterBy, type WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { decide, isResting, type Lost, record, type Step } from "@leasehold/core/winddown";
import type { Stored, Versioned, World } from "../world/index.ts";
import { carryOut, closeIntent, whatCameOf } from "./carry-out.ts";
import { close } from "./close.ts";
import { inItsTurn } from "./in-its-turn.ts";
import { intend, type Taken } from "./intend.ts";
import { handFor } from "./ladder.ts";
import { type Located, type Looked, locate, look, settledAt } from "./look.ts";
import type { AdvancePorts, Next } from "./next.ts";
import { type Proved, verify } from "./verify.ts";
import { want } from "./want.ts";

const LOOK_AGAIN = 24; // hours

/**
 * Load, look, decide, and then one effect: an act, or one write. `may` is the role of whoever runs it:
 * a step to deleted is handed back to one that may delete.
 */
export async function advance(given: AdvancePorts, id: WindDownId, may: "act" | "delete" = "act"): Promise<Next> {
  const stored = await given.windDowns.get(id);
  if (stored === undefined) throw badInput("there is no such wind-down", { where: "windDownId" });
  const world = inItsTurn(given, stored.windDown);
  if (stored.windDown.closed) return { do: "closed" };
  if (stored.open) return settle(world, stored);

  const where = await locate(world, stored.windDown);
  const settled = settledAt(stored.windDown, where.hands);
  if (settled === undefined) return goOn(world, stored, where, may);
  if (world.clock() < settled) return { do: "wait", until: settled, version: stored.version }; // until then no look says anything
  return afterProof(world, await verify(world, stored, where), where, may);
}

async function goOn(
  world: AdvancePorts,
  stored: Stored,
  where: Located,
  may: "act" | "delete",
  seen?: Proved["seen"],
): Promise<Next> {
  const now = world.clock();
  const policy = policyOf(world);
  const rests = isResting(stored.windDown, policy, now);
  const looked = await look(world, stored.windDown, { rests, where, ...(rests && seen && { seen }) });
  const step = decide(stored.windDown, looked.view, policy, rests ? now : world.clock());
  return take(world, stored, looked, step, may);
}

/** What was read back a moment ago need not be looked at again where nothing but how it stands matters now. */
async function afterProof(
  world: AdvancePorts,
  came: Proved | Next,
  where: Located,
  may: "act" | "delete",
): Promise<Next> {
  if (came.do !== "proved") return came;
  const { windDown } = came.stored;
  if (!isResting(windDown, policyOf(world), world.clock())) return { do: "again" };
  return goOn(world, came.stored, where, may, came.seen);
}

const policyOf = ({ config }: Pick<World, "config">) => ({ grace: config.playbook.grace });

function take(world: AdvancePorts, stored: Stored, looked: Looked, step: Step, may: "act" | "delete"): Promise<Next> {
  switch (step.do) {
    case "wait":
      return waiting(world, stored, looked, step);
    case "ask":
      return want(world, stored, { because: step.because, until: later24(world) });
    case "offer":
      return want(world, stored, { because: OFFERED, until: step.until, to: step.to });
    case "verify":
      return verify(world, stored, looked).then((came) => afterProof(world, came, looked, may));
    case "descend":
    case "undo":
      return act(world, stored, looked, step, may);
    case "reopen":
      return reopen(world, stored, looked.node, step.as);
    case "close":
      return close(world, stored, looked, step.as);
  }
}

const later24 = (world: Pick<World, "clock">): Instant => laterBy(world.clock(), LOOK_AGAIN * 3_600);

const OFFERED = "a new owner is asked to accept";
const NOT_FOUND = "not found, and nothing confirms that it is gone";
const OBSERVES = "the connector only observes";

/** What only a person can end is a finding, so that no wait is silent. */
async function waiting(
  world: AdvancePorts,
  stored: Stored,
  looked: Looked,
  { until, because }: Extract<Step, { do: "wait" }>,
): Promise<Next> {
  const { id, credential } = stored.windDown;
  if (because === NOT_FOUND)
    await world.findings.put(
      found("not found and not confirmed gone", id, world.clock(), "look whether it was renamed or deleted by hand", {
        credential,
      }),
    );
  else if (because !== undefined && because !== OBSERVES)
    await world.findings.put(
      found("waits for a person", id, world.clock(), (await wayBack(stored, looked)) ?? because, {
        credential,
        because,
      }),
    );
  return { do: "wait", until, version: stored.version };
}

/** Where somebody must consent or restart: the provider's own words for how. */
async function wayBack({ windDown: { acts } }: Stored, { hands }: Looked): Promise<string | undefined> {
  const last = acts.at(-1);
  return last && hands.find(({ verb }) => verb === last.receipt.verb)?.wayBack?.(last.receipt);
}

async function act(
  world: AdvancePorts,
  stored: Stored,
  looked: Looked,
  step: Taken,
  may: "act" | "delete",
): Promise<Next> {
  const deletes = step.to === "deleted" && step.do === "descend";
  if (deletes !== (may === "delete")) return { do: deletes ? "delete" : "again" }; // each role does its own, and no more
  const hand =
    step.do === "undo" ? looked.hands.find(({ verb }) => verb === step.plan.verb) : handFor(looked.hands, step.to);
  if (hand === undefined) throw new Fault("Unexpected", "the action is no longer there", { verb: step.plan.verb });
  const mine = await intend(world, stored, step, looked);
  const acted = await carryOut(world, mine, hand).catch((fault: unknown) => barred(world, stored, step, fault));
  if (acted)
    world.log("info", step.do === "undo" ? "wind-down undone" : "wind-down descended", {
      windDownId: stored.windDown.id,
      credentialId: stored.windDown.credential,
      rung: step.to,
    });
  return { do: "again" };
}

/** An undo that the provider lets nobody of ours make is a person's: they are told how, and it goes on by itself once it is done. */
async function barred(world: AdvancePorts, { windDown }: Stored, step: Taken, fault: unknown): Promise<never> {
  const how = step.do === "undo" && fault instanceof Fault ? fault.facts["byHand"] : undefined;
  if (typeof how === "string" && fault instanceof Fault)
    await world.findings.put(
      found("waits for a person", windDown.id, world.clock(), how, {
        credential: windDown.credential,
        because: fault.message,
      }),
    );
  throw fault;
}

async function settle(world: AdvancePorts, stored: Stored): Promise<Next> {
  const { open, version } = stored;
  const settled = open === undefined || (await settleOpen(world, stored)) !== undefined;
  return settled ? { do: "again" } : { do: "wait", until: open.claimedUntil, version };
}

/** By what is seen once the claim of an open intent has run out; until then undefined. It is never carried out. */
export async function settleOpen(world: AdvancePorts, { open, windDown }: Stored): Promise<Settled | undefined> {
  if (open === undefined || world.clock() < open.claimedUntil) return undefined;
  const { view, node } = await look(world, windDown, { rests: true });
  const outcome = whatCameOf(open.plan, view.state);
  if (outcome.kind === "unknown") {
    await contest(world, node);
    await world.findings.put(
      found(
        "outcome unknown",
        windDown.id,
        world.clock(),
        "look at it with the provider, and answer the new question",
        {
          credential: windDown.credential,
        },
      ),
    );
  }
  await closeIntent(world, windDown.id, open, outcome);
  return SETTLED[outcome.kind];
}

const SETTLED = { done: "adopted", adopted: "adopted", withdrawn: "withdrawn", unknown: "outcome unknown" } as const;
type Settled = "adopted" | "withdrawn" | "outcome unknown";

async function contest(world: AdvancePorts, { value, version }: Versioned<Node>): Promise<void> {
  await world.graph.put({ ...value, contested: world.clock() }, version);
}

async function reopen(world: AdvancePorts, stored: Stored, node: Versioned<Node>, as: Lost["as"]): Promise<Next> {
  const { id, credential } = stored.windDown;
  if (as === "somebody changed it after us")
    await world.findings.put(
      found("somebody changed it after us", id, world.clock(), "ask who switched it, and answer the new question", {
        credential,
      }),
    );
  const draft = { did: "wind-down.reopened", by: "leasehold", facts: { because: as } };
  const contested: Versioned<Node> = { ...node, value: { ...node.value, contested: world.clock() } };
  await world.windDowns.change(stored, record(stored.windDown, { kind: "reopened", as }), draft, { node: contested });
  return { do: "again" };
}
