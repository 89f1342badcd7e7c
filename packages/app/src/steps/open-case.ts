import type { Trigger } from "@leasehold/core/casework";
import { type AccountId, badInput, type CredentialId } from "@leasehold/core/kernel";
import { departureOf, exposureOf, isVanished, type Subject } from "@leasehold/core/lineage";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { hasWhatToReview, holdOn, openCase as open, openForOne } from "../casework/index.ts";
import { begun, isCanary } from "../drill/index.ts";
import { peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { account, credential } from "./ids.ts";
import { step } from "./step.ts";

const KINDS = { "person.left": "left", "person.held": "held", "person.moved": "moved" } as const;
type Said = keyof typeof KINDS;
const found = z._default(z.enum(["event", "poll", "sweep"]), "event");

export const openCase = step(
  z.discriminatedUnion("type", [
    z.object({ type: z.enum(["person.left", "person.held", "person.moved"]), account, found }),
    z.object({ type: z.literal("credential.exposed"), credential }),
  ]),
  (world, said) => (said.type === "credential.exposed" ? openLeaked(world, said.credential) : openFor(world, said)),
);

/** Opened in every mode, and asked about at once. */
async function openLeaked(world: World, id: CredentialId) {
  const node = await world.graph.node(id);
  const fact = node && exposureOf(node.value.subject);
  if (fact === undefined) throw badInput("nothing says that it has leaked", { where: "credential" });
  const trigger = { kind: "exposed", subject: id, occurredAt: fact.at, eventId: fact.eventId } as const;
  const opened = await openForOne(world, { ...trigger, recordedAt: world.clock() });
  await sweepPending(world);
  return { case: opened };
}

/** Of a move a case is opened only where there is something to review: most of what a directory says of people is nobody's case. */
async function openFor(
  world: World,
  { type, account: subject, found }: { type: Said; account: AccountId; found: NonNullable<Trigger["found"]> },
) {
  const node = await world.graph.node(subject);
  if (node === undefined) throw badInput("there is no such account", { where: "account" });
  const { subject: person } = node.value;
  if (type === "person.moved" && !(await hasWhatToReview(world, person))) return { case: undefined };
  if (type === "person.held" && person.facts["standing"]?.value === "on-leave") {
    await holdOn(world, subject, "they are on leave"); // they come back: nobody is asked to take anything down
    return { case: undefined };
  }
  if (isVanished(person) && !(await decides(world, subject))) return { case: undefined };
  const drill = type !== "person.moved" && (await isCanary(world, subject));
  const trigger = { kind: drill ? "drill" : KINDS[type], subject, recordedAt: world.clock(), found } as const;
  const opened = await open(world, { ...trigger, ...saidOf(world, type, person) });
  if (drill) await begun(world, opened);
  await sweepPending(world);
  return { case: opened };
}

/** Whom a less believed directory has no longer may have been taken out of it alone: that is its own matter. */
async function decides(world: World, account: AccountId): Promise<boolean> {
  return (await peopleOf(world, world.clock()).standing(account)).account === account;
}

function saidOf({ clock }: World, type: Said, person: Subject): Pick<Trigger, "occurredAt" | "eventId"> {
  const { left, moved, standing, vanished } = person.facts;
  if (type === "person.moved") return { occurredAt: moved?.at ?? clock(), eventId: moved?.eventId ?? "unknown" };
  if (isVanished(person) && vanished) return { occurredAt: vanished.at, eventId: vanished.eventId };
  const occurredAt = departureOf(person) ?? standing?.at ?? clock();
  return { occurredAt, eventId: left?.eventId ?? standing?.eventId ?? "unknown" };
}
