import type { Decisions, Versioned } from "@leasehold/app/world";
import type { Decision } from "@leasehold/core/casework";
import { type DecisionId, Fault } from "@leasehold/core/kernel";
import { type Key, put, type Row, type Table, under } from "../table/index.ts";
import { everything, idsOf } from "./paging.ts";

const PREFIX = "decision#";
const decisionKey = (id: DecisionId): Key => ({ pk: id, sk: "decision" });
const custodianOf = (account: string) => `custodian#${account}`;

/** Found by its random id, for that is all a button carries; a row in its case's partition says that it belongs there. */
export function createDecisions(table: Table, limit: number): Decisions {
  const get = async (id: DecisionId) => decisionIn(await table.get(decisionKey(id)));
  return {
    get,
    put: async (decision, expected) => {
      const { id, custodian } = decision;
      const g3 = [custodianOf(custodian), id] as const;
      const row = put({ ...decisionKey(id), v: expected + 1, data: decision, g3 }, under(expected));
      await table.write(expected === 0 ? [row, put(ofCaseRow(decision), "absent")] : [row]);
    },
    byCustodian: (account, cursor) => idsOf(table.index("g3", { pk: custodianOf(account), limit, cursor })),
    ofCase: async (id) => {
      const rows = await everything((cursor) => table.query({ pk: id, prefix: PREFIX, limit, cursor }));
      const found = await Promise.all(rows.map(({ sk }) => get(sk.slice(PREFIX.length) as DecisionId)));
      return found.map((one) => one ?? missing(id));
    },
  };
}

const ofCaseRow = ({ id, case: of }: Decision): Row => ({ pk: of, sk: `${PREFIX}${id}`, v: 1, data: {} });

const decisionIn = (row: Row | undefined): Versioned<Decision> | undefined =>
  row && { value: row.data as Decision, version: row.v };

/** Both rows are written together and never deleted. */
function missing(id: Decision["case"]): never {
  throw new Fault("Unexpected", "a decision of this case is not in the store", { case: id });
}
