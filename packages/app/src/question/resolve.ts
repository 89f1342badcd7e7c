import { type AccountId, badInput, derivedId } from "@leasehold/core/kernel";
import { addressIn, emailAccount, type SubjectId } from "@leasehold/core/lineage";
import type { ReadingPorts } from "../world/index.ts";

const OURS = /^(acc|idn|crd|ses)_/;
const ACCESS_KEY = /^A(KIA|SIA|CCA)[A-Z0-9]{12,124}$/; // ACCA: of one service alone
const LONGEST = 2_048;

/** What a person may have in hand at 2 a.m., as the subject that it names. Throws BadInput saying what was tried. */
export async function resolve({ graph }: Pick<ReadingPorts, "graph">, text: string): Promise<SubjectId> {
  const tries = triesOf(text);
  for (const { id } of tries) if (await isKnown(graph, id)) return id;
  throw badInput("nothing is known by this name: give an id of ours, an access key id, an e-mail address or an ARN", {
    where: "id",
    tried: tries.map(({ as }) => as).join(", ") || "nothing: it has the form of none of these",
  });
}

/** Every subject that it could name, whether anything is known of it or not. */
export const namedBy = (text: string): readonly SubjectId[] => triesOf(text).map(({ id }) => id);

function triesOf(text: string): readonly Reading[] {
  const given = text.trim();
  return given === "" || given.length > LONGEST ? [] : readingsOf(given);
}

export interface Reading {
  readonly as: string;
  readonly id: SubjectId;
}

/** What a text could name, likeliest first. */
export function readingsOf(given: string): readonly Reading[] {
  if (OURS.test(given)) return [{ as: "an id of ours", id: given as SubjectId }];
  if (given.startsWith("ASIA") && ACCESS_KEY.test(given))
    return [
      { as: "a session's access key id", id: derivedId("ses", "aws", given) },
      { as: "an access key id", id: derivedId("crd", "aws", given) },
    ];
  if (ACCESS_KEY.test(given)) return [{ as: "an access key id", id: derivedId("crd", "aws", given) }];
  if (given.startsWith("arn:"))
    return [
      { as: "an ARN of an identity", id: derivedId("idn", "aws", given) },
      { as: "an ARN of a user", id: derivedId("acc", "aws", given) },
      ...inFolder(given),
    ];
  return addressIn(given) === given ? [{ as: "an e-mail address", id: emailAccount(given) }] : [];
}

/** Of roles and users most records tell no path, so they are known without: whoever has the whole ARN in hand means the same. */
function inFolder(given: string): readonly Reading[] {
  const [, start, name] = /^(arn:[^:]+:iam::[^:]*:(?:user|role))\/.*\/([^/]+)$/.exec(given) ?? [];
  if (start === undefined || name === undefined) return [];
  return [{ as: "an ARN of an identity without its path", id: derivedId("idn", "aws", `${start}/${name}`) }];
}

/** An address has no node of its own: it is known where it leads to an account, or where something was attributed to it. */
async function isKnown(graph: ReadingPorts["graph"], id: SubjectId): Promise<boolean> {
  if ((await graph.node(id)) !== undefined) return true;
  if (!id.startsWith("acc_")) return false;
  const account = id as AccountId;
  if ((await graph.edges(account, "addressed-by")).length > 0) return true;
  if ((await graph.edges(account, "same-as")).length > 0) return true;
  return (await graph.ownedBy(account)).items.length > 0;
}
