import { joinStatement } from "@leasehold/core/attribution";
import { found } from "@leasehold/core/finding";
import { badInput, Fault, type Instant, laterBy, type WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { decide, record, type Step, type WindDown } from "@leasehold/core/winddown";
import type { Stored, Versioned, World } from "../world/index.ts";
import { carryOut, closeIntent, whatCameOf } from "./carry-out.ts";
import { type IntendPorts, intend, type Taken } from "./intend.ts";
import { handFor } from "./ladder.ts";
import { type Looked, type LookPorts, look } from "./look.ts";
import { verify } from "./verify.ts";

export type AdvancePorts = LookPorts & IntendPorts & Pick<World, "findings" | "log">;

/** What the workflow does next. Nothing else of a step leaves the store. */
export type Next =
  | { readonly do: "again" }
  | { readonly do: "wait"; readonly until: Instant; readonly version: number }
  | { readonly do: "delete" } // for the one function that may
  | { readonly do: "closed" };

const LOOK_AGAIN = 24; // hours

/**
 * Load, look, decide, and then one effect: an act, or one write. `may` is the role of whoever runs it:
 * a step to deleted is handed back to one that may delete.
 */
export async function advance(world: AdvancePorts, id: WindDownId, may: "act" | "delete" = "act"): Promise<Next> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined) throw badInput("there is no such wind-down", { where: "windDownId" });
  if (stored.windDown.closed) return { do: "closed" };
  if (stored.open) return settle(world, stored);

  const looked = await look(world, stored.windDown);
  const step = decide(stored.windDown, looked.view, { grace: world.config.playbook.grace }, world.clock());
  return take(world, stored, looked, step, may);
}

function take(world: AdvancePorts, stored: Stored, looked: Looked, step: Step, may: "act" | "delete"): Promise<Next> {
  switch (step.do) {
    case "wait":
      return waiting(world, stored, step);
    case "ask":
      return want(world, stored, step.because, later24(world));
    case "offer":
      return want(world, stored, "a new owner is asked to accept", step.until);
    case "verify":
      return verify(world, stored, looked);
    case "descend":
    case "undo":
      return act(world, stored, looked, step, may);
    case "reopen":
      return reopen(world, stored, looked.node, step.because);
    case "close":
      return close(world, stored, looked.node, step.as);
  }
}

const later24 = (world: Pick<World, "clock">): Instant => laterBy(world.clock(), LOOK_AGAIN * 3_600);

const NOT_FOUND = "not found, and nothing confirms that it is gone";

async function waiting(
  world: AdvancePorts,
  stored: Stored,
  { until, because }: Extract<Step, { do: "wait" }>,
): Promise<Next> {
  const { id, credential } = stored.windDown;
  if (because === NOT_FOUND)
    await world.findings.put(
      found("not found and not confirmed gone", id, world.clock(), "look whether it was renamed or deleted by hand", {
        credential,
      }),
    );
  return { do: "wait", until, version: stored.version };
}

/** The case asks, because one person gets one message. Until it has, we wait; its write wakes us. */
async function want(world: AdvancePorts, stored: Stored, because: string, until: Instant): Promise<Next> {
  const { windDown } = stored;
  const { question, answer } = windDown;
  const offered = answer?.kind === "keep" && question?.custodian === answer.newOwner;
  if (windDown.wants === because || offered) return { do: "wait", until, version: stored.version };
  const tried = silent(windDown);
  const draft = { did: "question.wanted", by: "leasehold", facts: { because } };
  const next = await world.windDowns.change(stored, { ...windDown, wants: because, question: undefined, tried }, draft);
  return { do: "wait", until, version: next.version };
}

/** Whoever was asked and did not answer is not asked again before the next act; who said *wait* or *offer it* is. */
function silent({ question, answer, tried }: WindDown): WindDown["tried"] {
  const spoke = answer?.kind === "hold" || answer?.kind === "keep";
  if (question === undefined || spoke || tried.includes(question.custodian)) return tried;
  return [...tried, question.custodian];
}

async function act(
  world: AdvancePorts,
  stored: Stored,
  looked: Looked,
  step: Taken,
  may: "act" | "delete",
): Promise<Next> {
  if (step.to === "deleted" && step.do === "descend" && may !== "delete") return { do: "delete" };
  const hand =
    step.do === "undo" ? looked.hands.find(({ verb }) => verb === step.plan.verb) : handFor(looked.hands, step.to);
  if (hand === undefined) throw new Fault("Unexpected", "the action is no longer there", { verb: step.plan.verb });
  const acted = await carryOut(world, await intend(world, stored, step, looked), hand);
  if (acted)
    world.log("info", step.do === "undo" ? "wind-down undone" : "wind-down descended", {
      windDownId: stored.windDown.id,
      credentialId: stored.windDown.credential,
      rung: step.to,
    });
  return { do: "again" };
}

async function settle(world: AdvancePorts, stored: Stored): Promise<Next> {
  const { open, windDown } = stored;
  if (open === undefined) return { do: "again" };
  if (world.clock() < open.claimedUntil) return { do: "wait", until: open.claimedUntil, version: stored.version };
  const { view, node } = await look(world, windDown);
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
  return { do: "again" };
}

async function contest(world: AdvancePorts, { value, version }: Versioned<Node>): Promise<void> {
  await world.graph.put({ ...value, contested: world.clock() }, version);
}

async function reopen(world: AdvancePorts, stored: Stored, node: Versioned<Node>, because: string): Promise<Next> {
  const { id, credential } = stored.windDown;
  if (because === "somebody changed it after us")
    await world.findings.put(
      found("somebody changed it after us", id, world.clock(), "ask who switched it, and answer the new question", {
        credential,
      }),
    );
  const draft = { did: "wind-down.reopened", by: "leasehold", facts: { because } };
  const contested: Versioned<Node> = { ...node, value: { ...node.value, contested: world.clock() } };
  await world.windDowns.change(stored, record(stored.windDown, { kind: "reopened" }), draft, { node: contested });
  return { do: "again" };
}

async function close(
  world: AdvancePorts,
  stored: Stored,
  node: Versioned<Node>,
  as: Extract<Step, { do: "close" }>["as"],
): Promise<Next> {
  const at = world.clock();
  const { windDown } = stored;
  if (as === "unresolved")
    await world.findings.put(
      found("nobody decided", windDown.id, at, "decide what becomes of it; it is looked at again in 30 days", {
        credential: windDown.credential,
      }),
    );
  const draft = { did: "wind-down.closed", by: "leasehold", facts: { as } };
  const next: WindDown = { ...windDown, closed: { as, at }, question: undefined, wants: undefined };
  await world.windDowns.change(stored, next, draft, { node: { ...node, value: after(node.value, windDown, as, at) } });
  world.log("info", "wind-down closed", { windDownId: windDown.id, credentialId: windDown.credential, as });
  return { do: "closed" };
}

/** What the end says about the credential itself: whose it is from now on, and that silence acts on it no more. */
function after(node: Node, { id, answer }: WindDown, as: string, at: Instant): Node {
  if (as === "undone") return { ...node, contested: at };
  if (as !== "kept" || answer?.kind !== "keep") return node;
  const { newOwner } = answer;
  const accepted = { speaker: newOwner, role: "self", candidate: newOwner, says: "accept", at, eventId: id } as const;
  const { subject } = node;
  return { ...node, subject: { ...subject, statements: joinStatement(subject.statements, accepted) } };
}
