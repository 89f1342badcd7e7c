import { readConfig } from "@leasehold/app/config";
import { ingest } from "@leasehold/app/ingest";
import { type QuestionPorts, who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { emailAccount, iamUserAccount, identityCenterAccount, oktaAccount } from "@leasehold/connectors/kit";
import { type AccountId, derivedId, Fault, Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import type { LabelledEstate, Truth } from "@leasehold/local/estates";
import { understanding } from "@leasehold/local/history";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { type Answer, type Answering, holders, NOBODY } from "./answer.ts";
import { listed } from "./inventories.ts";

const BATCH = 200; // signals, as `replay` takes them

/** The product itself: every record through the connectors' own normalisers, then their lists, then the question that `who` asks. */
export const ours: Answering = async (estate) => {
  const world = remembering(
    await worldOf(estate, [...(await heard(estate)), ...(await listed(estate, nowOf(estate)))]),
  );
  const people = accountsOf(estate);
  return (credential) => firstOf(world, askedBy(credential, estate), people);
};

export const nowOf = ({ truth }: LabelledEstate): Instant => Instant.parse(truth.now);

/** A store of the laptop's in memory, into which all of this was ingested as history, in batches as `replay` makes them. */
export async function worldOf(estate: LabelledEstate, signals: readonly Signal[]): Promise<QuestionPorts> {
  const now = nowOf(estate);
  const world: QuestionPorts & Parameters<typeof ingest>[0] = {
    ...sqliteStore(openFile(":memory:"), () => now),
    clock: () => now,
    estate: { provider: () => undefined, providers: () => [] },
    config: readConfig({ fallback: { email: "last@example.com" } }),
  };
  for (let from = 0; from < signals.length; from += BATCH)
    await ingest(world, signals.slice(from, from + BATCH), { live: false, recordedAt: now });
  return world;
}

/** Nothing is written any more: what was read once is known. */
export function remembering(world: QuestionPorts): QuestionPorts {
  const kept = new Map<string, unknown>();
  const once =
    <A extends readonly unknown[], R>(name: string, read: (...args: A) => R) =>
    (...args: A): R => {
      const key = JSON.stringify([name, ...args]);
      if (!kept.has(key)) kept.set(key, read(...args));
      return kept.get(key) as R;
    };
  const { graph } = world;
  return { ...world, graph: { ...graph, node: once("node", graph.node), edges: once("edges", graph.edges) } };
}

/** All that the logs say, in our words. A record that cannot be read stops the run: it is one of the vendor's. */
export async function heard({ cloudtrail, okta, github }: LabelledEstate): Promise<readonly Signal[]> {
  const ears = await Promise.all(Object.values(connectors).map((load) => load()));
  const understand = understanding(ears);
  return [...cloudtrail, ...okta, ...github].flatMap(understand).flatMap((one) => {
    if ("refused" in one) throw new Error(`a record of the estate was refused: ${one.refused}`);
    return "signals" in one ? one.signals : [];
  });
}

/** What somebody has in hand: the key's id, or where we do not know that kind yet, what holds it. */
export function askedBy({ handles }: Truth, { truth }: LabelledEstate): readonly string[] {
  const { accessKeyId, serviceSpecificCredentialId, grantId, holder } = handles;
  return [
    ...(accessKeyId === undefined ? [] : [accessKeyId]),
    ...(serviceSpecificCredentialId === undefined
      ? []
      : [derivedId("crd", "aws", serviceSpecificCredentialId), derivedId("idn", "aws", holder)]),
    ...(grantId === undefined ? [] : [derivedId("crd", "okta", truth.oktaOrg, grantId)]),
  ];
}

async function firstOf(
  world: QuestionPorts,
  asked: readonly string[],
  people: ReadonlyMap<AccountId, string>,
): Promise<Answer> {
  for (const text of asked) {
    const said = await who(world, text).catch((error: unknown) => {
      if (error instanceof Fault && error.name === "BadInput") return undefined; // nothing is known by this name
      throw error;
    });
    const owner = said?.owner;
    if (owner === undefined) continue;
    const person = [...owner.accounts, owner.account].map((one) => people.get(one)).find((one) => one !== undefined);
    return { person, named: true, confidence: owner.confidence };
  }
  return NOBODY;
}

/** The accounts of each IAM user by its ARN: the truth names that, and the records have AWS's own id beside it. */
function usersIn({ cloudtrail }: LabelledEstate): ReadonlyMap<string, readonly AccountId[]> {
  const found = new Map<string, readonly AccountId[]>();
  for (const record of cloudtrail) {
    const { userIdentity: by } = record as {
      readonly userIdentity?: { readonly arn?: string; readonly principalId?: string };
    };
    if (by?.arn === undefined || found.has(by.arn)) continue;
    found.set(by.arn, [iamUserAccount(by.arn), iamUserAccount(by.arn, by.principalId)]);
  }
  return found;
}

/** Any account of somebody's stands for them. A bare address is whoever a reader would take it for. */
export function accountsOf(estate: LabelledEstate): ReadonlyMap<AccountId, string> {
  const { people, oktaOrg, identityStore } = estate.truth;
  const users = usersIn(estate);
  const named = people.flatMap(({ number, accounts }) =>
    [
      ...accounts.okta.map((id) => oktaAccount(oktaOrg, id)),
      ...accounts.identityCenter.map((id) => identityCenterAccount(identityStore, id)),
      ...(accounts.iamUser === undefined ? [] : (users.get(accounts.iamUser) ?? [iamUserAccount(accounts.iamUser)])),
      derivedId("acc", "github", String(accounts.github)),
    ].map((account) => [account, number] as const),
  );
  return new Map([
    ...[...holders(estate)].map(([address, number]) => [emailAccount(address), number] as const),
    ...named,
  ]);
}
