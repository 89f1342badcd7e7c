import { type AccountId, badInput } from "@leasehold/core/kernel";
import { departureOf } from "@leasehold/core/lineage";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { openCase as open } from "../casework/index.ts";
import type { World } from "../world/index.ts";
import { account } from "./ids.ts";
import { step } from "./step.ts";

export const openCase = step(z.object({ type: z.enum(["person.left", "person.held"]), account }), openFor);

async function openFor(world: World, input: { type: "person.left" | "person.held"; account: AccountId }) {
  const node = await world.graph.node(input.account);
  if (node === undefined) throw badInput("there is no such account", { where: "account" });
  const { subject: person } = node.value;
  const occurredAt = departureOf(person) ?? person.facts["standing"]?.at ?? world.clock();
  const eventId = person.facts["left"]?.eventId ?? person.facts["standing"]?.eventId ?? "unknown";
  const kind = input.type === "person.left" ? "left" : "held";
  const subject = input.account;
  const opened = await open(world, { kind, subject, occurredAt, recordedAt: world.clock(), eventId });
  await sweepPending(world);
  return { case: opened };
}
