import { isDrill } from "@leasehold/core/casework";
import type { CaseId, Instant } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

/** That a drill began: which case it is. How long it took stands in that case's trails. */
export interface Kept {
  readonly n: number; // from 1
  readonly case: CaseId;
  readonly at: Instant;
}
type KeptPorts = Pick<World, "marks" | "clock">;

const LATEST = "drill";
const nth = (n: number) => `drill/${n}`;

export async function begun(world: KeptPorts & Pick<World, "cases">, id: CaseId): Promise<void> {
  const stored = await world.cases.get(id);
  if (stored === undefined || !isDrill(stored.case)) return; // it joined a case that is none
  const last = await latest(world);
  if (last?.case === id) return; // a later source of the same departure
  const n = (last?.n ?? 0) + 1;
  const mark = { stamp: id, at: world.clock(), notes: { n, case: id } };
  await world.marks.put({ ...mark, source: nth(n) });
  await world.marks.put({ ...mark, source: LATEST });
}

export const latest = (world: KeptPorts) => read(world, LATEST);

/** Newest first. */
export async function kept(world: KeptPorts, most: number): Promise<readonly Kept[]> {
  const last = (await latest(world))?.n ?? 0;
  const all: Kept[] = [];
  for (let n = last; n > 0 && all.length < most; n -= 1) {
    const one = await read(world, nth(n));
    if (one !== undefined) all.push(one);
  }
  return all;
}

async function read({ marks }: KeptPorts, source: string): Promise<Kept | undefined> {
  const mark = await marks.get(source);
  return mark && { n: Number(mark.notes["n"]), case: String(mark.notes["case"]) as CaseId, at: mark.at };
}
