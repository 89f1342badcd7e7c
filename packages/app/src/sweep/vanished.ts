import { found } from "@leasehold/core/finding";
import { type AccountId, derivedId, type Instant, later } from "@leasehold/core/kernel";
import { isVanished, type Subject } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { each, type World } from "../world/index.ts";
import type { Shown } from "./absent.ts";

const SETTLES = 0.25; // hours; who is younger may be missing from a list that was made before them
const MOST = 5;
const SHARE = 0.05; // of those whom it still has

type VanishedPorts = Pick<World, "graph" | "findings" | "clock">;

/**
 * Whom a whole list has no longer, though nobody said that they left: C1 at most, so they are asked about and silence does
 * nothing. A list that lost many is a mistake of the list, and says so of itself. Ask only where every page was whole.
 */
export async function vanishedFrom(
  world: VanishedPorts,
  shown: Omit<Shown, "kinds" | "regions">,
): Promise<readonly Signal[]> {
  const tenants = new Set<string>();
  const missing: Subject[] = [];
  let still = 0;
  for await (const { value } of each((cursor) => world.graph.list("account", cursor))) {
    const { subject } = value;
    if (subject.facts["connector"]?.value !== shown.connector) continue;
    if (shown.seen.has(subject.id)) tenants.add(subject.tenant);
    if (shown.seen.has(subject.id)) still += 1;
    else if (isMissing(subject, shown.began)) missing.push(subject);
  }
  const ofThose = missing.filter(({ tenant }) => tenants.has(tenant)); // of a tenant that is not listed it says nothing
  const id = derivedId("fnd", TOO_MANY, shown.connector);
  if (ofThose.length <= Math.max(MOST, still * SHARE)) {
    await world.findings.close(id);
    return ofThose.map((subject) => vanishedAt(subject, shown));
  }
  const facts = { connector: shown.connector, missing: ofThose.length, still };
  await world.findings.put(found(TOO_MANY, shown.connector, world.clock(), REMEDY, facts));
  return [];
}

const TOO_MANY = "not on the list any more";
const REMEDY = "the list lost so many people that the list is doubted, and none of them: see what it may list";

/** Whoever is held or has left already is not held again by it. */
function isMissing(subject: Subject, began: Instant): boolean {
  const { standing } = subject.facts;
  return standing?.value === "active" && standing.at <= later(began, -SETTLES) && !isVanished(subject);
}

/** A signal like any other, so that a rebuild from the archive comes to the same. */
function vanishedAt(
  { id, tenant }: Pick<Subject, "id" | "tenant">,
  { connector, began }: Pick<Shown, "connector" | "began">,
): Signal {
  return Signal.parse({
    kind: "person.vanished",
    source: { connector, eventId: `list/${began}`, occurredAt: began },
    ...{ tenant, account: id as AccountId, by: { realm: "leasehold", name: "a whole list", via: "unknown" } },
  });
}
