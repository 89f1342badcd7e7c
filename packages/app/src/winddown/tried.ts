import { type Finding, found } from "@leasehold/core/finding";
import { Instant, later } from "@leasehold/core/kernel";
import { lastAfter } from "../usage/index.ts";
import { each, type Stored, type World } from "../world/index.ts";

type TriedPorts = Pick<World, "usage" | "findings" | "clock">;

const KIND = "tried after it was switched off";
const ENDS = 7 * 24; // hours without another, until it is no finding any more

/** It is dead, and some place has it still: a finding names who called last, so that it can be taken out there. Nobody is asked. */
export async function noteTry(world: TriedPorts, { windDown }: Stored, dead: Instant): Promise<void> {
  const { id, credential } = windDown;
  const now = world.clock();
  const told = await lastAfter(world, credential, dead, now);
  if (told === undefined || later(told.last, ENDS) < now) return;
  const { caller, service, action, last, eventId } = told;
  const remedy = `it is off, and something has it still: take it out there. Who called, and how often: leasehold used ${credential}`;
  const facts = { credential, caller: caller.name, call: `${service}:${action}`, last, eventId };
  await world.findings.put(found(KIND, id, now, remedy, facts));
}

/** What nobody tried again for a week is over. */
export async function endTries({ findings, clock }: TriedPorts): Promise<void> {
  const now = clock();
  const over: Finding["id"][] = [];
  for await (const { id, kind, at, facts } of each((cursor) => findings.list(cursor)))
    if (kind === KIND && later(Instant.safeParse(facts["last"]).data ?? at, ENDS) < now) over.push(id);
  for (const id of over) await findings.close(id);
}
