import {
  type AccountId,
  badInput,
  type CaseId,
  type CredentialId,
  Fault,
  Instant,
  type WindDownId,
} from "@leasehold/core/kernel";
import { departureOf } from "@leasehold/core/lineage";
import * as z from "zod";
import { sweepPending } from "../announce/index.ts";
import { caseStep, openCase, reinstate } from "../casework/index.ts";
import { ingest, ingestDue } from "../ingest/index.ts";
import { orphans, sweepEstate } from "../sweep/index.ts";
import { advance, lookAgain, overdue, review, stuck, wait, wake } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { type Step, step } from "./step.ts";

const windDownId = z.templateLiteral(["wdc_", z.string()]).transform((id) => id as WindDownId);
const caseId = z.templateLiteral(["cas_", z.string()]).transform((id) => id as CaseId);
const account = z.templateLiteral(["acc_", z.string()]).transform((id) => id as AccountId);
const credential = z.templateLiteral(["crd_", z.string()]).transform((id) => id as CredentialId);
const contract = z.literal(1); // the shape of a step's input: executions outlive deploys
const subject = z.union([windDownId, caseId]);

/** What stands behind each function: its input's schema, and the use case. Lambda and the laptop run these and no others. */
export const steps = {
  receive: step(z.object({ connector: z.string(), event: z.unknown() }), receive),
  "open-case": step(z.object({ type: z.enum(["person.left", "person.held"]), account }), openFor),
  reinstate: step(z.object({ account }), (world, input) => aloud(world, reinstated(world, input.account))),
  wake: step(z.union([z.object({ windDown: windDownId, case: caseId }), z.object({ case: caseId })]), wakeBoth),
  "look-again": step(z.object({ credential }), (world, input) => moved(world, input.credential)),
  "wind-down-step": step(z.object({ contract, id: windDownId }), (world, { id }) => aloud(world, advance(world, id))),
  "wind-down-delete": step(z.object({ contract, id: windDownId }), (world, { id }) =>
    aloud(world, advance(world, id, "delete")),
  ),
  "wind-down-stuck": step(z.object({ contract, id: windDownId, fault: z.string() }), (world, { id, fault }) =>
    stuck(world, id, fault),
  ),
  "case-step": step(z.object({ contract, id: caseId }), (world, { id }) => aloud(world, caseStep(world, id))),
  "case-stuck": step(z.object({ contract, id: caseId, fault: z.string() }), (world, { id, fault }) =>
    stuck(world, id, fault),
  ),
  wait: step(
    z.object({
      ...{ contract, subject, version: z.number(), until: Instant, token: z.string() },
      seen: z.number().optional(),
    }),
    async (world, input) => {
      await wait(world, input);
      return {};
    },
  ),
  "announce-pending": step(z.object({}), (world) => sweepPending(world)),
  "ingest-due": step(z.object({}), (world) => ingestDue(world, world.clock())),
  "restart-overdue": step(z.object({}), async (world) => ({ restarted: await overdue(world) })),
  "review-unresolved": step(z.object({}), (world) => aloud(world, reviewed(world))),
  "sweep-estate": step(z.object({}), sweepAll),
} as const satisfies Record<string, Step>;
export type StepName = keyof typeof steps;

/** What a step left to be said, of whatever it wrote, is said with it; the sweep of every minute is for what a crash left. */
async function aloud<T>(world: World, step: Promise<T>): Promise<T> {
  const next = await step;
  await sweepPending(world);
  return next;
}

/** An event as its connector reads it. What the schema refuses is counted by where it is wrong, never by what it is. */
async function receive(world: World, { connector, event }: { connector: string; event: unknown }) {
  const listens = world.estate.provider(connector)?.connector.listens;
  if (listens === undefined) throw badInput("no configured connector listens to this event", { connector });
  const read = listens.event.safeParse(event);
  if (!read.success) {
    const where = read.error.issues.map(({ path }) => path.join(".")).join(", ");
    world.log("warn", "event not understood", { connector, where });
    return { understood: false };
  }
  const signals = listens.normalise(read.data);
  const { toAnnounce } = await ingest(world, signals, { live: true, recordedAt: world.clock() });
  if (toAnnounce.length > 0) await sweepPending(world);
  return { understood: true, signals: signals.length };
}

async function openFor(world: World, input: { type: "person.left" | "person.held"; account: AccountId }) {
  const node = await world.graph.node(input.account);
  if (node === undefined) throw badInput("there is no such account", { where: "account" });
  const { subject: person } = node.value;
  const occurredAt = departureOf(person) ?? person.facts["standing"]?.at ?? world.clock();
  const eventId = person.facts["left"]?.eventId ?? person.facts["standing"]?.eventId ?? "unknown";
  const kind = input.type === "person.left" ? "left" : "held";
  const opened = await openCase(world, {
    kind,
    subject: input.account,
    occurredAt,
    recordedAt: world.clock(),
    eventId,
  });
  await sweepPending(world);
  return { case: opened };
}

async function reinstated(world: World, back: AccountId) {
  return { outcome: await reinstate(world, back) };
}

async function wakeBoth(world: World, input: { windDown?: WindDownId; case: CaseId }) {
  if (input.windDown) await wake(world, input.windDown);
  await wake(world, input.case);
  return {};
}

async function moved(world: World, credential: CredentialId) {
  const outcome = await lookAgain(world, credential);
  await sweepPending(world);
  return { outcome };
}

async function reviewed(world: World) {
  return { begun: await review(world) };
}

/** Every lister that is configured, one after the other; one that cannot answer is coverage, and does not stop the others. */
async function sweepAll(world: World) {
  const swept: Record<string, boolean> = {};
  for (const { id, page } of world.estate.providers()) {
    if (page === undefined) continue;
    swept[id] = await sweepOne(world, id);
  }
  const { items } = await orphans(world);
  await sweepPending(world);
  return { swept, orphans: items.length };
}

async function sweepOne(world: World, id: string): Promise<boolean> {
  try {
    return (await sweepEstate(world, id)).whole;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("error", "not swept, and tried again tomorrow", { connector: id, fault: error.name });
    return false;
  }
}
