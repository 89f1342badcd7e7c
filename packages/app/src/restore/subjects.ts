import type { CaseId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import { every, type World } from "../world/index.ts";

/** What is compared: a wind-down, or a credential of a case that has none. */
export type Subject =
  | { readonly windDown: WindDownId }
  | { readonly windDown: undefined; readonly case: CaseId; readonly credential: CredentialId };

/** How far it came: the last wind-down or case that is done, and how many items of the next case are. */
export interface Place {
  readonly list: "wind-downs" | "open" | "closed" | "end";
  readonly after: string;
  readonly items: number;
}
export const START: Place = { list: "wind-downs", after: "", items: 0 };
const NEXT = { "wind-downs": "open", open: "closed", closed: "end" } as const;

/** Ids are in the order of their making, so whoever goes on after one misses nothing that was there before. */
export async function subjectsFrom(
  world: Pick<World, "cases" | "windDowns">,
  place: Place,
  most: number,
): Promise<{ readonly subjects: readonly Subject[]; readonly next: Place }> {
  if (place.list === "end") return { subjects: [], next: place };
  const { list } = place;
  const ids = (await idsOf(world, list)).filter((id) => id > place.after).sort();
  const subjects: Subject[] = [];
  let { after, items } = place;
  for (const id of ids) {
    if (subjects.length >= most) return { subjects, next: { list, after, items } };
    const its = isCase(id) ? await itemsOf(world, id) : [{ windDown: id }];
    const some = its.slice(items, items + most - subjects.length);
    subjects.push(...some);
    if (items + some.length < its.length) return { subjects, next: { list, after, items: items + some.length } };
    [after, items] = [id, 0];
  }
  const rest = await subjectsFrom(world, { list: NEXT[list], after: "", items: 0 }, most - subjects.length);
  return { subjects: [...subjects, ...rest.subjects], next: rest.next };
}

const idsOf = ({ cases, windDowns }: Pick<World, "cases" | "windDowns">, list: "wind-downs" | "open" | "closed") =>
  every<WindDownId | CaseId>((cursor) =>
    list === "wind-downs" ? windDowns.listOpen(cursor) : cases.list(list, cursor),
  );

const isCase = (id: string): id is CaseId => id.startsWith("cas_");

/** Those that are open are on a list of their own; of those that several cases share, the one that opened it speaks. */
async function itemsOf(
  { cases, windDowns }: Pick<World, "cases" | "windDowns">,
  id: CaseId,
): Promise<readonly Subject[]> {
  const items = (await cases.get(id))?.case.items ?? [];
  const its = items.map(async ({ credential, windDown }): Promise<readonly Subject[]> => {
    if (windDown === undefined) return [{ windDown, case: id, credential }];
    const stored = (await windDowns.get(windDown))?.windDown;
    return stored?.case === id && stored.closed ? [{ windDown }] : [];
  });
  return (await Promise.all(its)).flat();
}
