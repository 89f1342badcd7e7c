import type { CaseId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import { every, type World } from "../world/index.ts";

/** What is compared: a wind-down, or a credential of a case that has none. */
export type Subject =
  | { readonly windDown: WindDownId }
  | { readonly windDown: undefined; readonly case: CaseId; readonly credential: CredentialId };

/**
 * How far it came: the last wind-down or case that is done, and of the case that is begun the last credential. By name, for what
 * is compared may be begun again, and then its case opens again and its items stand in another order.
 */
export interface Place {
  readonly list: "wind-downs" | "cases" | "end";
  readonly after: string;
  readonly of: string; // the case that is begun
  readonly credential: string; // of it, that is done
}
const beginningOf = (list: Place["list"]): Place => ({ list, after: "", of: "", credential: "" });
export const START: Place = beginningOf("wind-downs");

/** Ids are in the order of their making, so whoever goes on after one misses nothing that was there before. */
export async function subjectsFrom(
  world: Pick<World, "cases" | "windDowns">,
  place: Place,
  most: number,
): Promise<{ readonly subjects: readonly Subject[]; readonly next: Place }> {
  const { list } = place;
  if (list === "end") return { subjects: [], next: place };
  const subjects: Subject[] = [];
  let { after } = place;
  for (const id of (await idsOf(world, list)).filter((one) => one > after).sort()) {
    if (subjects.length >= most) return { subjects, next: { ...place, after } };
    const done = id === place.of ? place.credential : "";
    const its = (await itemsOf(world, id)).filter(({ name }) => name > done);
    const some = its.slice(0, most - subjects.length);
    subjects.push(...some.map(({ subject }) => subject));
    const last = some.at(-1)?.name ?? done;
    if (some.length < its.length) return { subjects, next: { list, after, of: id, credential: last } };
    after = id;
  }
  const rest = await subjectsFrom(world, beginningOf(NEXT[list]), most - subjects.length);
  return { subjects: [...subjects, ...rest.subjects], next: rest.next };
}

const NEXT = { "wind-downs": "cases", cases: "end" } as const;

/** A case that opens or closes between two looks is on the one list or the other. */
async function idsOf({ cases, windDowns }: Pick<World, "cases" | "windDowns">, list: "wind-downs" | "cases") {
  if (list === "wind-downs") return every<WindDownId | CaseId>((cursor) => windDowns.listOpen(cursor));
  const ids = new Set<WindDownId | CaseId>();
  for (const status of ["open", "closed", "open"] as const)
    for (const id of await every((cursor) => cases.list(status, cursor))) ids.add(id);
  return [...ids];
}

const isCase = (id: string): id is CaseId => id.startsWith("cas_");

interface Named {
  readonly name: string; // the order within a case, which nothing that is compared moves
  readonly subject: Subject;
}

/** Wind-downs that are open are on a list of their own; of those that several cases share, the one that opened it speaks. */
async function itemsOf(
  { cases, windDowns }: Pick<World, "cases" | "windDowns">,
  id: WindDownId | CaseId,
): Promise<readonly Named[]> {
  if (!isCase(id)) return [{ name: id, subject: { windDown: id } }];
  const items = (await cases.get(id))?.case.items ?? [];
  const its = items.map(async ({ credential, windDown }): Promise<readonly Named[]> => {
    if (windDown === undefined) return [{ name: credential, subject: { windDown, case: id, credential } }];
    const stored = (await windDowns.get(windDown))?.windDown;
    return stored?.case === id && stored.closed ? [{ name: credential, subject: { windDown } }] : [];
  });
  return (await Promise.all(its)).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}
