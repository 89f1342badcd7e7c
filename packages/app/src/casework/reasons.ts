import { type Evidence, KINDS, type Kind, REASONS, strengthAt } from "@leasehold/core/attribution";
import type { CredentialId, Instant } from "@leasehold/core/kernel";
import { ownerNow, type People } from "../question/index.ts";
import { type Looked, siblingsOf } from "../winddown/index.ts";
import { placesOf } from "./in-hand.ts";
import type { CasePorts } from "./ports.ts";

const MOST = 2;

const FORGED: Readonly<Record<Kind["forgeableBy"], string>> = {
  nobody: "nobody could have made this up",
  administrator: "an administrator could have set this",
  holder: "whoever holds it could have set this",
  pusher: "whoever may push to the repository could have written this",
};

/** Why it is taken to be this owner's, and where it is known to lie: what weighs most now, each a sentence with who could have forged it. */
export async function reasonsFor(
  world: Pick<CasePorts, "clock" | "graph">,
  people: People,
  looked: Looked,
): Promise<readonly string[]> {
  return [...(await ownersReasons(world, people, looked)), ...(await kept(world, looked))];
}

async function ownersReasons(
  { clock }: Pick<CasePorts, "clock">,
  people: People,
  { node }: Looked,
): Promise<readonly string[]> {
  const now = clock();
  const { owner, candidates } = await ownerNow(people, node.value.subject, now);
  if (owner?.stated) return ["A person has said so."];
  const evidence = candidates.find(({ account }) => account === owner?.account)?.evidence ?? [];
  return strongest(evidence, now).map(sentence);
}

/** A copy goes on working until the credential is off, and fails whoever reads it afterwards: its owner should know of it before. */
async function kept({ graph }: Pick<CasePorts, "graph">, { node }: Looked): Promise<readonly string[]> {
  const places = await placesOf({ graph }, node.value.subject.id as CredentialId);
  if (places.length === 0) return [];
  const names = await Promise.all(places.slice(0, MOST_PLACES).map((one) => nameIn(graph, one)));
  const more = places.length > names.length ? ", …" : "";
  return [
    `${places.length === 1 ? "1 known place" : `${places.length} known places`} of it: ${names.join(", ")}${more}.`,
  ];
}

const MOST_PLACES = 3;

/** One that is switched off keeps its place: whoever needs another finds none free, and should know of it before. */
export async function noRoom(world: Pick<CasePorts, "estate" | "graph">, { node }: Looked): Promise<readonly string[]> {
  const { type: { value: type } = {}, connector } = node.value.subject.facts;
  const provider = world.estate.provider(connector?.value ?? "");
  const limit = provider?.collateral?.find(({ credential, slots }) => credential === type && slots !== undefined);
  if (limit?.slots === undefined) return [];
  const others = (await siblingsOf(world, node.value)).filter(({ subject }) => subject.facts["type"]?.value === type);
  const standing = others.filter(({ subject }) => subject.facts["state"]?.value !== "deleted").length + 1;
  if (standing < limit.slots) return [];
  return [`${standing} of ${type} stand on its identity: off, it leaves no place for another. Rather migrate.`];
}

async function nameIn(graph: CasePorts["graph"], place: CredentialId): Promise<string> {
  const { type, handle } = (await graph.node(place))?.value.subject.facts ?? {};
  const { name = place } = JSON.parse(handle?.value ?? "{}") as Readonly<Record<string, string>>;
  return `${type?.value ?? "secret"} ${name}`;
}

/** One for each kind: the same twice convinces nobody. */
function strongest(evidence: readonly Evidence[], now: Instant): readonly Evidence[] {
  const sorted = evidence.toSorted((a, b) => strengthAt(b, now).now - strengthAt(a, now).now);
  const kinds = new Map(sorted.toReversed().map((one) => [one.kind, one] as const));
  return sorted.filter((one) => kinds.get(one.kind) === one).slice(0, MOST);
}

function sentence({ kind, source, at }: Evidence): string {
  const { forgeableBy } = KINDS[kind];
  const reason = REASONS[kind];
  return `They ${reason} (${source}, ${at.slice(0, 10)}; ${FORGED[forgeableBy]}).`;
}
