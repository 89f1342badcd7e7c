import type { Owner } from "@leasehold/core/attribution";
import { found } from "@leasehold/core/finding";
import type { AccountId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { gapsOf, isJudgedAlone, ownerNow, type People, peopleOf } from "../question/index.ts";
import { identityName, isNamed } from "../winddown/index.ts";
import { each, every, type World } from "../world/index.ts";
import { type Why, whyUnseen } from "./why-unseen.ts";

export type LookPorts = Pick<World, "graph" | "ledger" | "estate" | "config" | "clock">;
export type OrphanPorts = LookPorts & Pick<World, "findings">;

export interface Orphan extends Why {
  readonly credential: CredentialId;
  readonly owner: Owner | undefined; // as far as there is one: not in good standing, or not likely
  readonly type: string | undefined;
  readonly identity: string | undefined;
  readonly state: string;
  readonly windDown: WindDownId | undefined; // open: a case has it in hand already
}
export interface Orphans {
  readonly items: readonly Orphan[];
  readonly looked: number; // credentials
  readonly whole: boolean; // every configured source was listed, whole
  readonly notVisible: readonly string[];
}

/**
 * Every credential without an owner in good standing, each with the reason that no event opened anything. It opens
 * nothing itself: a person does, from the findings that it leaves. What is no orphan any more is a finding no more.
 */
export async function orphans(world: OrphanPorts): Promise<Orphans> {
  const found = await orphansNow(world);
  const loose = found.items.filter(({ windDown }) => windDown === undefined);
  for (const one of loose) await world.findings.put(findingOf(one, world.clock()));
  await closeOthers(world, new Set(loose.map(({ credential }) => credential)));
  return found;
}

/** The same, and it leaves no finding. */
export async function orphansNow(world: LookPorts): Promise<Orphans> {
  const now = world.clock();
  const installed = await world.ledger.installed(now);
  const people = peopleOf(world, now);
  const items: Orphan[] = [];
  let looked = 0;
  for await (const { value } of each((cursor) => world.graph.list("credential", cursor))) {
    if (await isJudgedAlone(world, value.subject)) continue;
    looked += 1;
    const one = await judged(world, people, value.subject, installed);
    if (one !== undefined) items.push({ ...one, windDown: value.windDown });
  }
  const notVisible = await gapsOf(world);
  return { items, looked, whole: notVisible.length === 0, notVisible };
}

async function judged(
  world: LookPorts,
  people: People,
  credential: Subject,
  installed: ReturnType<LookPorts["clock"]>,
): Promise<Omit<Orphan, "windDown"> | undefined> {
  const fact = (name: string) => credential.facts[name]?.value;
  if (fact("state") === "deleted" || (await isCanarys(world, credential))) return undefined;
  const { owner, standing } = await ownerNow(people, credential, world.clock());
  const account = standing.account && (await world.graph.node(standing.account))?.value;
  const why = whyUnseen({ credential, owner, standing, account, installed });
  if (why === undefined) return undefined;
  return {
    ...why,
    credential: credential.id as CredentialId,
    owner,
    type: fact("type"),
    identity: fact("identity"),
    state: fact("state") ?? "unknown",
  };
}

/** Its owner has left for good, and a drill takes it up: nobody need look for another. */
async function isCanarys({ graph, config }: LookPorts, credential: Subject): Promise<boolean> {
  if (config.drill === undefined) return false;
  const node = await graph.node(credential.id);
  return node !== undefined && isNamed(config.drill, credential, await identityName({ graph }, node.value));
}

const findingOf = ({ credential, because, noEvent, owner }: Orphan, now: Parameters<typeof found>[2]) =>
  found("orphan credential", credential, now, "Name an owner, or open a case for it.", {
    ...{ because, noEvent },
    ...(owner && { owner: owner.account satisfies AccountId }),
  });

async function closeOthers({ findings }: OrphanPorts, still: ReadonlySet<string>): Promise<void> {
  const open = await every((cursor) => findings.list(cursor));
  for (const { id, kind, about } of open)
    if (kind === "orphan credential" && !still.has(about)) await findings.close(id);
}
