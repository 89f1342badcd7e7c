import { badInput, type Instant } from "@leasehold/core/kernel";
import { type Contribution, contributions, gathering, isMaking, type SubjectId } from "@leasehold/core/lineage";
import { namedBy, type QuestionPorts } from "../question/index.ts";
import { type OnProgress, reading } from "../rebuild/index.ts";
import type { World } from "../world/index.ts";
import { graphOf } from "./graph-of.ts";
import { type Sighted, sighting } from "./sighting.ts";
import { isOf, type When } from "./when.ts";

/** The world as it was, as far as one question about one subject can see. */
export type Past = Pick<QuestionPorts, "graph" | "config" | "clock">;

/**
 * Rebuilt from the archive for what somebody asks about, and no more than that: a first pass finds what the answer can stand on
 * (whatever it was made in or is held by, and every account of a person), a second one joins it as of that instant.
 */
export async function past(
  world: Pick<World, "archive" | "config">,
  text: string,
  when: When,
  onProgress: OnProgress = () => {},
): Promise<Past> {
  const asked = new Set(namedBy(text));
  const sight = sighting(asked, when);
  const archive = await reading(world, sight.take, onProgress);
  const sighted = sight.found();
  refuseTheUnseen(sighted, asked, when);

  const { add, lineage } = gathering({
    subject: (id) => id.startsWith("acc_") || sighted.behind.has(id),
    edge: (one) => !isMaking(one) || sighted.behind.has(one.to as SubjectId),
  });
  await archive.pass((one) => isOf(when, one) && add(contributions(one.signal).map((said) => asOf(said, when.at))));
  return { graph: graphOf(lineage(), sighted.attributed), config: world.config, clock: () => when.at };
}

/** A list is dated by the last change that it shows, and yet tells of later things, such as the last use: not of those. */
function asOf(said: Contribution, at: Instant): Contribution {
  const facts = Object.fromEntries(Object.entries(said.facts).filter(([, fact]) => fact.at <= at));
  return { ...said, facts };
}

/** Better no answer than one that looks as if nobody had owned it. */
function refuseTheUnseen({ begins, recorded, heard, isKnown }: Sighted, asked: ReadonlySet<string>, when: When): void {
  if (begins === undefined || recorded === undefined)
    throw badInput("nothing is archived yet: there is no past to ask about", { where: "at" });
  if (when.at < begins)
    throw badInput("the archive begins later: nothing is known of this instant", { where: "at", begins });
  if (when.knownBy !== undefined && when.knownBy < recorded)
    throw badInput("nothing was recorded by then", { where: "known-by", begins: recorded });
  if (asked.size > 0 && !isKnown && heard !== undefined)
    throw badInput("nothing was known of it at that instant: ask for a later one", { where: "at", heard });
}
