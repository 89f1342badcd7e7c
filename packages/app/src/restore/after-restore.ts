import { same } from "@leasehold/core/connector";
import { found } from "@leasehold/core/finding";
import { type CaseId, Fault } from "@leasehold/core/kernel";
import { brakeOn } from "../brake/index.ts";
import { type LookPorts, look } from "../winddown/index.ts";
import { each, type Stored, type World } from "../world/index.ts";

type RestorePorts = LookPorts & Pick<World, "cases" | "windDowns" | "findings" | "ledger" | "random" | "pause" | "log">;

export interface Reconciled {
  readonly looked: number; // wind-downs that were compared with their provider
  readonly unknown: number; // off by a hand that this store knows nothing of
  readonly unread: number; // of which the provider could not be asked
}

const BECAUSE = "the store was restored from an older copy: compare its wind-downs with the providers, then release";

/**
 * The store is older than what was done from it: acts that were ours may be missing. The brake is put on first, and only a
 * person's release takes it off; then every wind-down is compared with its provider. Nothing is adopted: what is off by a
 * hand that nobody knows is a finding, and whatever moved since our last act is found by its next look.
 */
export async function afterRestore(world: RestorePorts): Promise<Reconciled> {
  await brakeOn(world, "leasehold", BECAUSE);
  await world.findings.put(found("the store was restored", "store", world.clock(), BECAUSE));
  const all = { looked: 0, unknown: 0, unread: 0 };
  for (const status of ["open", "closed"] as const)
    for await (const id of each((cursor) => world.cases.list(status, cursor)))
      for (const stored of await windDownsOf(world, id)) all[await compared(world, stored)] += 1;
  world.log("warn", "the store was restored", { looked: all.looked, unknown: all.unknown, unread: all.unread });
  return { ...all, looked: all.looked + all.unknown };
}

async function windDownsOf(world: RestorePorts, id: CaseId): Promise<readonly Stored[]> {
  const items = (await world.cases.get(id))?.case.items ?? [];
  const all = await Promise.all(items.map(({ windDown }) => windDown && world.windDowns.get(windDown)));
  return all.filter((one) => one !== undefined && one.windDown.case === id) as readonly Stored[];
}

/** An intent that is still open is settled by its own wind-down, which looks at it and never carries it out. */
async function compared(world: RestorePorts, { windDown, open }: Stored): Promise<keyof Reconciled> {
  try {
    const { plan, state } = (await look(world, windDown)).view;
    const isDown = plan !== undefined && state !== undefined && same(plan.before, plan.wanted);
    if (open !== undefined || windDown.acts.length > 0 || !isDown) return "looked";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return "unread";
  }
  const { id, credential } = windDown;
  const remedy = "find out in the provider's log who switched it off: where it was us, nothing here can take it back";
  await world.findings.put(found("off by an unknown hand", id, world.clock(), remedy, { credential }));
  return "unknown";
}
