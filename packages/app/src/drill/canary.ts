import { type AccountId, badInput, type CaseId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { openCase } from "../casework/index.ts";
import type { Canary } from "../config/index.ts";
import { ownedBy, peopleOf } from "../question/index.ts";
import { isNamed } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { begun, latest } from "./kept.ts";
import { stateOf } from "./state.ts";

type CanaryPorts = Pick<World, "graph" | "config" | "clock">;

/** Whether an account is the canary's, by any of its accounts. */
export async function isCanary(world: CanaryPorts, account: AccountId): Promise<boolean> {
  const { drill } = world.config;
  if (drill === undefined) return false;
  const people = peopleOf(world, world.clock());
  const canary = await people.cluster(emailAccount(drill.person));
  return (await people.cluster(account)).accounts.some((one) => canary.accounts.includes(one));
}

/** Opens a drill's case, if there is a canary that has left and owns what is named; each refusal says how to set it up. */
export async function beginDrill(world: World): Promise<CaseId> {
  const canary = canaryOf(world);
  const people = peopleOf(world, world.clock());
  const { first } = await people.cluster(emailAccount(canary.person));
  if ((await people.subject(first)) === undefined)
    throw badInput("no directory knows the canary: list the directory that has it", { where: "drill.person" });
  const standing = await people.standing(first);
  if (standing.value !== "departed" || standing.account === undefined)
    throw badInput("the canary must have left: deactivate its account in the directory", { where: "drill.person" });
  if (!(await ownsNamed(world, canary, first)))
    throw badInput("the canary owns no credential of the named identity: tag it with the canary's address", {
      where: "drill.identity",
    });
  const last = await latest(world);
  if (last !== undefined && (await stateOf(world, last.case)).ended === undefined)
    throw badInput("the last drill has not ended: `leasehold drill --history` shows where it stands", {
      case: last.case,
    });

  const other = (await world.graph.node(standing.account))?.value.openCase;
  if (other !== undefined && (await world.cases.get(other))?.case.status === "open")
    throw badInput("a case of the canary is open: a drill begins when it has closed", { case: other });

  const at = world.clock();
  const trigger = { kind: "drill", subject: standing.account, occurredAt: at, recordedAt: at } as const;
  const opened = await openCase(world, { ...trigger, eventId: `drill/${at}` });
  await begun(world, opened);
  return opened;
}

export function canaryOf({ config: { drill } }: Pick<World, "config">): Canary {
  if (drill !== undefined) return drill;
  throw badInput("no canary is configured: name one as `drill: { person, connector, identity }`", { where: "drill" });
}

async function ownsNamed(world: CanaryPorts, canary: Canary, account: AccountId): Promise<boolean> {
  const owned = await ownedBy(world, peopleOf(world, world.clock()), account);
  for (const { credential, first, identity, state } of owned) {
    const node = await world.graph.node(credential);
    if (first && state !== "deleted" && node && isNamed(canary, node.value.subject, identity)) return true;
  }
  return false;
}
