import type { Case } from "@leasehold/core/casework";
import type { CaseId, Instant } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import { each, type World } from "../world/index.ts";
import type { PersonView } from "./model.ts";
import { personView } from "./person-view.ts";

/** One line of the list of cases. */
export interface CaseRow {
  readonly id: CaseId;
  readonly status: Case["status"];
  readonly gate: Case["gate"];
  readonly person: PersonView;
  readonly opened: Instant;
  readonly items: number;
  readonly open: number; // of them, those whose wind-down has not ended
  readonly until: Instant | undefined; // the next deadline of a question
}

export async function caseRows(
  world: Pick<World, "cases" | "windDowns" | "graph" | "config" | "clock">,
  statuses: readonly Case["status"][],
): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const status of statuses)
    for await (const id of each((cursor) => world.cases.list(status, cursor))) {
      const stored = await world.cases.get(id);
      if (stored !== undefined) rows.push(await rowOf(world, stored.case));
    }
  return rows;
}

async function rowOf(world: Parameters<typeof caseRows>[0], { id, status, gate, accounts, triggers, items }: Case) {
  const people = peopleOf(world, world.clock());
  const all = await Promise.all(items.map(({ windDown }) => windDown && world.windDowns.get(windDown)));
  const open = all.filter((one) => one !== undefined).filter(({ windDown }) => windDown.closed === undefined);
  return {
    ...{ id, status, gate, items: items.length, open: open.length },
    person: await personView(people, accounts[0]),
    opened: triggers[0]?.recordedAt ?? world.clock(),
    until: open.flatMap(({ windDown }) => windDown.question?.until ?? []).sort()[0],
  };
}
