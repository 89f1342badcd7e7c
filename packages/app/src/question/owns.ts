import { type Owner, wordFor } from "@leasehold/core/attribution";
import { type AccountId, badInput, type CredentialId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { every, type ReadingPorts } from "../world/index.ts";
import { gapsOf } from "./gaps.ts";
import { ownerNow } from "./owner-now.ts";
import { type People, peopleOf } from "./people.ts";
import { resolve } from "./resolve.ts";
import { type Named, named, type QuestionPorts } from "./who.ts";

export interface Owned {
  readonly credential: CredentialId;
  readonly first: boolean; // false: somebody else is likelier
  readonly confidence: number;
  readonly word: Owner["word"];
  readonly type: string | undefined;
  readonly connector: string | undefined;
  readonly identity: string | undefined; // its name
  readonly state: string; // on, off, deleted, unknown
  readonly lastUsed: string; // a day, never, unknown
  readonly reach: string;
}
export interface Owns {
  readonly person: Named;
  readonly credentials: readonly Owned[];
  readonly notVisible: readonly string[];
}

/** Everything that one person owns or may own, by whichever of their accounts and addresses. */
export async function owns(world: QuestionPorts, text: string): Promise<Owns> {
  const id = await resolve(world, text);
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person: give an account or an e-mail address", { where: "id" });
  const people = peopleOf(world, world.clock());
  const credentials = await ownedBy(world, people, id as AccountId);
  return { person: await named(people, id as AccountId), credentials, notVisible: await gapsOf(world) };
}

const LEAST = 0.2; // the second candidate that the index still names

/** As of now: the index names more, and what is no longer theirs is left out. Likeliest first. */
export async function ownedBy(
  world: Pick<ReadingPorts, "graph" | "clock">,
  people: People,
  account: AccountId,
): Promise<readonly Owned[]> {
  const { first } = await people.cluster(account);
  const listed = new Set<CredentialId>();
  for (const place of await people.places(account))
    for (const id of await every((cursor) => world.graph.ownedBy(place, cursor))) listed.add(id);
  const found: Owned[] = [];
  for (const id of listed) {
    const subject = (await world.graph.node(id))?.value.subject;
    const one = subject && (await ownedNow(world, people, subject, first));
    if (one !== undefined) found.push(one);
  }
  return found.sort((a, b) => b.confidence - a.confidence || (a.credential < b.credential ? -1 : 1));
}

async function ownedNow(
  { graph, clock }: Pick<ReadingPorts, "graph" | "clock">,
  people: People,
  subject: Subject,
  person: AccountId,
): Promise<Owned | undefined> {
  const { owner, candidates } = await ownerNow(people, subject, clock());
  const mine = candidates.find(({ account }) => account === person);
  const isFirst = owner?.account === person;
  if (mine === undefined || (mine.confidence < LEAST && !isFirst)) return undefined;
  const fact = (name: string) => subject.facts[name]?.value;
  const identity = fact("identity") as Subject["id"] | undefined;
  return {
    credential: subject.id as CredentialId,
    first: isFirst,
    confidence: mine.confidence,
    word: wordFor(mine.confidence),
    type: fact("type"),
    connector: fact("connector"),
    identity: identity && (await graph.node(identity))?.value.subject.facts["name"]?.value,
    state: fact("state") ?? "unknown",
    lastUsed: fact("lastUsed") ?? "unknown",
    reach: fact("reach") ?? "unknown",
  };
}
