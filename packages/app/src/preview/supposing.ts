import { type AccountId, canonical, type Instant } from "@leasehold/core/kernel";
import { accountSaid, join, type Node, type Subject } from "@leasehold/core/lineage";
import type { SignalOf } from "@leasehold/core/signal";
import type { ReadingPorts, Versioned, Watched } from "../world/index.ts";

/**
 * The same world, had these accounts been closed at that instant: joined to the graph as the event would be, and said by the
 * directory when it is asked. Nothing of it is written anywhere.
 */
export async function supposingGone(
  world: ReadingPorts,
  accounts: readonly AccountId[],
  from: Instant,
): Promise<ReadingPorts> {
  const nodes = await Promise.all(accounts.map((account) => world.graph.node(account)));
  const known = nodes.filter((node) => node?.value.subject.facts["standing"] !== undefined) as Versioned<Node>[];
  const gone = new Map(known.map((node) => [node.value.subject.id as string, withoutThem(node, from)]));
  const closed = new Set(known.map(({ value: { subject } }) => keyOf(factOf(subject, "connector"), handleOf(subject))));
  const watched = (one: Watched): Watched => {
    const { id, person } = one;
    if (person === undefined) return one;
    return { ...one, person: async (handle) => (closed.has(keyOf(id, handle)) ? "departed" : person(handle)) };
  };
  return {
    ...world,
    graph: { ...world.graph, node: async (id) => gone.get(id) ?? world.graph.node(id) },
    estate: {
      provider: (id) => {
        const provider = world.estate.provider(id);
        return provider && watched(provider);
      },
      providers: () => world.estate.providers().map(watched),
    },
  };
}

const factOf = (subject: Subject, name: string): string => subject.facts[name]?.value ?? "";
const handleOf = (subject: Subject) =>
  JSON.parse(factOf(subject, "handle") || "{}") as Readonly<Record<string, string>>;
const keyOf = (connector: string, handle: Readonly<Record<string, string>>) => `${connector} ${canonical(handle)}`;

function withoutThem(node: Versioned<Node>, from: Instant): Versioned<Node> {
  const { subject } = node.value;
  const left: SignalOf<"person.left"> = {
    kind: "person.left",
    source: { connector: factOf(subject, "connector"), eventId: "~supposed", occurredAt: from },
    tenant: subject.tenant,
    by: { realm: "leasehold", name: "supposed", via: "unknown" },
    account: subject.id as AccountId,
    handle: handleOf(subject),
  };
  return { ...node, value: { ...node.value, subject: join(subject, accountSaid(left)) } };
}
