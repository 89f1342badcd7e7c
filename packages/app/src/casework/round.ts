import type { Decision } from "@leasehold/core/casework";
import { type AccountId, type Instant, later } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import { every, type StoredCase } from "../world/index.ts";
import type { Custodian } from "./custodian.ts";
import type { CasePorts } from "./ports.ts";
import type { Shown } from "./render.ts";

const ROUND = 1; // hours: what comes up meanwhile still belongs to it

/**
 * Where the playbook says so, one person hears of new cases in one round, and of others in the next: until when this question is
 * kept back. Nobody's silence has begun by then, so the deadline is later by as much. What a case that has asked them already
 * goes on to ask, an offer, which lasts a day, and what reaches everything wait for nothing.
 */
export async function keptBack(
  world: CasePorts,
  people: People,
  { case: open }: StoredCase,
  { account, why }: Custodian,
  shown: readonly Shown[],
): Promise<Instant | undefined> {
  const { digest } = world.config.playbook;
  const reachesAll = shown.some(({ looked }) => looked.node.value.subject.facts["reach"]?.value === "admin");
  if (digest === 0 || why.as === "offered" || reachesAll) return undefined;
  const asked = (await askedOf(world, (await people.cluster(account)).accounts)).filter(
    ({ items, asked: at }) => items.length > 0 && at !== undefined,
  );
  if (asked.some((one) => one.case === open.id)) return undefined;
  return nextRound(
    asked.map((one) => one.asked as Instant),
    world.clock(),
    digest,
  );
}

/** The round that is on was begun by the first of the last `hours`. Undefined: now, as the first of a round or one of it. */
function nextRound(asked: readonly Instant[], now: Instant, hours: number): Instant | undefined {
  const [first] = asked.filter((at) => later(at, hours) > now).sort();
  return first === undefined || now < later(first, ROUND) ? undefined : later(first, hours);
}

/** Whichever of their accounts was asked. */
async function askedOf({ decisions }: CasePorts, accounts: readonly AccountId[]): Promise<readonly Decision[]> {
  const ids = accounts.map((account) => every((cursor) => decisions.byCustodian(account, cursor)));
  const found = await Promise.all((await Promise.all(ids)).flat().map(decisions.get));
  return found.flatMap((one) => one?.value ?? []);
}
