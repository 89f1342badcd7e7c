import { fold, ownerOf } from "@leasehold/core/attribution";
import { isNaked, nakedServer, openedTo } from "@leasehold/core/guardrail";
import { derivedId, type Instant } from "@leasehold/core/kernel";
import { evidenceOn, isJudged, type Subject } from "@leasehold/core/lineage";
import { each, type World } from "../world/index.ts";

type Ports = Pick<World, "findings">;

export interface Guarded {
  readonly looked: number; // identities
  readonly naked: number;
}

/** Makes and ends the findings of these identities, as they are now. Again is the same. */
export async function guardEach({ findings }: Ports, subjects: readonly Subject[], now: Instant): Promise<number> {
  const naked = subjects.filter(isNaked);
  for (const one of naked) await findings.put(nakedServer(one, ownerIn(one, now), now));
  for (const { id } of subjects.filter((one) => !isNaked(one) && one.facts["authorizer"] !== undefined))
    await findings.close(derivedId("fnd", "naked MCP server", id));
  for (const one of subjects.filter(isWeighed)) await guardOpened({ findings }, one, now);
  return naked.length;
}

async function guardOpened({ findings }: Ports, subject: Subject, now: Instant): Promise<void> {
  const opened = openedTo(subject, ownerIn(subject, now), now);
  if (opened === undefined) await findings.close(derivedId("fnd", "open to outsiders", subject.id));
  else await findings.put(opened);
}

const isWeighed = ({ facts }: Subject): boolean => Object.keys(facts).some(isJudged);

/** All of them, at a sweep: what an import brought, and what a crash left unsaid. */
export async function guardAll(world: Ports & Pick<World, "graph" | "clock">): Promise<Guarded> {
  let [looked, naked] = [0, 0];
  for await (const { value } of each((cursor) => world.graph.list("identity", cursor))) {
    looked += 1;
    naked += await guardEach(world, [value.subject], world.clock());
  }
  return { looked, naked };
}

function ownerIn(subject: Subject, now: Instant) {
  const { statements } = subject;
  return ownerOf(fold(evidenceOn(subject), statements, now), statements)?.account;
}
