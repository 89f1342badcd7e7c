import type { Owner } from "@leasehold/core/attribution";
import type { CredentialId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import {
  gapsOf,
  isJudgedAlone,
  type Named,
  named,
  ownerNow,
  type People,
  peopleOf,
  type QuestionPorts,
} from "../question/index.ts";
import { each } from "../world/index.ts";

/** What is known after an import. `owned`, `likely` and `unowned` add up to `credentials`; those of leavers are among them. */
export interface FirstReport {
  readonly credentials: number; // that exist: those known to be deleted are apart
  readonly owned: number; // the owner is certain
  readonly likely: number;
  readonly unowned: number; // at most possible
  readonly possible: number; // of the unowned: somebody may be it
  readonly ofLeavers: readonly OfLeaver[]; // of the owned and the likely
  readonly deleted: number;
  readonly people: { readonly accounts: number; readonly standing: Readonly<Record<string, number>> };
  readonly notVisible: readonly string[];
}
export interface OfLeaver {
  readonly credential: CredentialId;
  readonly type: string | undefined;
  readonly owner: Named;
  readonly word: Owner["word"];
  readonly since: string | undefined;
}

/** Counts everything that is known, as questions would answer it now. It opens nothing and tells nobody. */
export async function firstReport(world: QuestionPorts): Promise<FirstReport> {
  const people = peopleOf(world, world.clock());
  const count = { credentials: 0, certain: 0, likely: 0, possible: 0, unknown: 0, deleted: 0 };
  const ofLeavers: OfLeaver[] = [];
  for await (const { value } of each((cursor) => world.graph.list("credential", cursor))) {
    const { subject } = value;
    if (await isJudgedAlone(world, subject)) continue;
    if (subject.facts["state"]?.value === "deleted") {
      count.deleted += 1;
      continue;
    }
    const { owner, standing } = await ownerNow(people, subject, world.clock());
    const word = owner?.word ?? "unknown";
    count.credentials += 1;
    count[word] += 1;
    if (owner && isOwner(word) && standing.value === "departed")
      ofLeavers.push(await ofLeaver(people, subject, owner, standing.since));
  }
  const { credentials, certain, likely, possible, unknown, deleted } = count;
  return {
    ...{ credentials, owned: certain, likely, unowned: possible + unknown, possible, ofLeavers, deleted },
    people: await standings(world),
    notVisible: await gapsOf(world),
  };
}

const isOwner = (word: Owner["word"]): boolean => word === "certain" || word === "likely";

async function ofLeaver(
  people: People,
  { id, facts }: Subject,
  { account, word }: Owner,
  since: string | undefined,
): Promise<OfLeaver> {
  const owner = await named(people, account);
  return { credential: id as CredentialId, type: facts["type"]?.value, owner, word, since };
}

/** By account and not by person: of one person one directory may know more than another. */
async function standings({ graph }: Pick<QuestionPorts, "graph">): Promise<FirstReport["people"]> {
  const standing: Record<string, number> = {};
  let accounts = 0;
  for await (const { value } of each((cursor) => graph.list("account", cursor))) {
    const said = value.subject.facts["standing"]?.value ?? "unknown";
    standing[said] = (standing[said] ?? 0) + 1;
    accounts += 1;
  }
  return { accounts, standing };
}
