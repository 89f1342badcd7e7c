import type { Outbox, Said, Saying } from "@leasehold/app/world";
import { badInput, type FindingId } from "@leasehold/core/kernel";
import { put, type Row, type Table } from "../table/index.ts";
import type { CaseBody } from "./cases.ts";
import { clearFinding, findingSays } from "./findings.ts";
import { again, idsOf, listSharded } from "./paging.ts";
import { type StoryId, sayingKey, storyKey, type Told } from "./story.ts";
import type { WindDownBody } from "./wind-downs.ts";

export function createOutbox(table: Table, limit: number): Outbox {
  return {
    waiting: (cursor) => idsOf(listSharded({ table, index: "g2", list: "outbox", limit }, cursor)),
    of: async (subject) => {
      if (isFinding(subject)) return findingSays(table, subject);
      const row = await table.get(storyKey(idOf(subject)));
      return row ? sayingsOf(row) : [];
    },
    clear: (subject, keys) =>
      again(() => (isFinding(subject) ? clearFinding(table, subject, keys) : clear(table, idOf(subject), keys))),
  };
}

const isFinding = (subject: string): subject is FindingId => subject.startsWith("fnd_");

function idOf(subject: string): StoryId {
  if (!/^(wdc|cas)_/.test(subject))
    throw badInput("only wind-downs, cases and findings have sayings", { length: subject.length });
  return subject as StoryId;
}

function sayingsOf({ pk, data }: Row): readonly Saying[] {
  const { says } = data as Told;
  return says.map((version) => ({ key: sayingKey(pk as StoryId, version), message: messageOf(data, version) }));
}

function messageOf(data: unknown, version: number): Said {
  const body = data as WindDownBody | CaseBody;
  if ("windDown" in body) return { type: "wind-down.changed", windDown: body.windDown.id, case: body.windDown.case };
  return { type: version === 1 ? "case.opened" : "case.changed", case: body.case.id };
}

/**
 * Leaves the version as it is: what was read under it is still so. The condition on it is what keeps a saying that was
 * written meanwhile. Two who clear at once may bring one back: it is said again under its own key, and that is allowed.
 */
async function clear(table: Table, id: StoryId, keys: readonly string[]): Promise<void> {
  const row = await table.get(storyKey(id));
  if (row === undefined) return;
  const told = row.data as Told;
  const says = told.says.filter((version) => !keys.includes(sayingKey(id, version)));
  if (says.length === told.says.length) return;
  const g2 = says.length > 0 ? row.g2 : undefined;
  await table.write([put({ ...row, data: { ...told, says }, g2 }, { version: row.v })]);
}
