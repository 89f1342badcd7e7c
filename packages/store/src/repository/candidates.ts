import type { AccountId, CredentialId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { type Key, type Op, put, type Row, remove, type Table } from "../table/index.ts";
import { everything } from "./paging.ts";

const PREFIX = "candidate#";

/** A second candidate is a row of its own beside the node, because an index takes one place from each row. */
function candidateRow(credential: string, account: AccountId): Row {
  return { pk: credential, sk: `${PREFIX}${account}`, v: 1, data: {}, g1: [account, credential] };
}

/** What must be written beside the node so that it stands with exactly these accounts, its owner's place being its own. */
export async function candidateOps(
  table: Table,
  { subject, owner }: Node,
  wanted: readonly AccountId[],
  expected: number,
): Promise<readonly Op[]> {
  const rows = wanted
    .filter((account) => account !== owner?.account)
    .map((account) => candidateRow(subject.id, account));
  const there = expected === 0 ? [] : await candidatesOf(table, subject.id as CredentialId);
  const has = (keys: readonly Key[], { sk }: Key) => keys.some((key) => key.sk === sk);
  return [
    ...rows.filter((row) => !has(there, row)).map((row) => put(row)),
    ...there.filter((key) => !has(rows, key)).map((key) => remove({ pk: key.pk, sk: key.sk })),
  ];
}

/** The accounts under which it stands as a second candidate. */
export async function secondsOf(table: Table, id: CredentialId): Promise<readonly AccountId[]> {
  return (await candidatesOf(table, id)).map(({ sk }) => sk.slice(PREFIX.length) as AccountId);
}

function candidatesOf(table: Table, pk: CredentialId): Promise<readonly Key[]> {
  return everything((cursor) => table.query({ pk, prefix: PREFIX, limit: 100, cursor }));
}
