import { same } from "@leasehold/core/connector";
import { found } from "@leasehold/core/finding";
import { type CaseId, type CredentialId, Fault } from "@leasehold/core/kernel";
import { asWeLeftIt, type WindDown } from "@leasehold/core/winddown";
import { type AdvancePorts, begin, type Looked, look, lookAgain, settleOpen } from "../winddown/index.ts";
import { again, type Stored, type World } from "../world/index.ts";
import type { Subject } from "./subjects.ts";

/** What the provider says of one credential, beside what the store says. */
export type As =
  | "as recorded"
  | "adopted" // an intent was open, and it is as it wanted: a person alone undoes it
  | "withdrawn" // an intent was open, and nothing was done
  | "outcome unknown" // an intent was open, and it is neither: people are asked
  | "changed since" // it is not as our last act left it: people are asked
  | "off by an unknown hand" // and no act of ours is known
  | "not found"
  | "under way" // the claim of an open intent has not run out
  | "unread"; // the provider could not be asked
export interface Compared {
  readonly credential: CredentialId;
  readonly windDown: string | undefined;
  readonly case: CaseId;
  readonly as: As;
  readonly because?: string; // of what could not be read
}
export type ComparePorts = AdvancePorts & Pick<World, "windDowns" | "cases" | "findings" | "random" | "log">;

/** One at a time is settled as its own next step would, so that nothing is adopted here that is not adopted there. */
export async function compare(world: ComparePorts, subject: Subject): Promise<Compared | undefined> {
  if (subject.windDown === undefined) return withoutOne(world, subject);
  const stored = await world.windDowns.get(subject.windDown);
  if (stored === undefined) return undefined;
  const { id, credential, case: of } = stored.windDown;
  return { credential, windDown: id, case: of, ...(await read(() => comparedTo(world, stored))) };
}

async function withoutOne(world: ComparePorts, subject: Extract<Subject, { windDown: undefined }>) {
  const { credential, case: of } = subject;
  const node = await world.graph.node(credential);
  if (node === undefined || node.value.windDown !== undefined) return undefined; // another case's, and looked at there
  const known = node.value.subject.facts["state"]?.value;
  const said = await read(async () => {
    const looked = await look(world, begin(world, of, node.value));
    return isDown(looked) && known === "on" ? unknownHand(world, { credential, id: credential }) : "as recorded";
  });
  return { credential, windDown: undefined, case: of, ...said };
}

async function read(ask: () => Promise<As>): Promise<Pick<Compared, "as" | "because">> {
  try {
    return { as: await ask() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { as: "unread", because: error.name };
  }
}

async function comparedTo(world: ComparePorts, stored: Stored): Promise<As> {
  const { windDown, open } = stored;
  if (open !== undefined) return (await settleOpen(world, stored)) ?? "under way";
  if (windDown.closed && (await leftBy(world, windDown))) return lookedAgain(world, windDown);
  if (windDown.closed?.as === "gone" || windDown.returned !== undefined) return "as recorded";
  const looked = await look(world, windDown);
  const { state, gone } = looked.view;
  if (state === undefined) return gone ? "as recorded" : "not found";
  if (windDown.acts.length === 0) return isDown(looked) ? unknownHand(world, windDown) : "as recorded";
  return windDown.closed || asWeLeftIt(windDown, state) ? "as recorded" : lookedAgain(world, windDown);
}

/** What was switched since is begun again, or wakes whoever waits on it: they ask. */
async function lookedAgain(world: ComparePorts, { credential }: WindDown): Promise<As> {
  const said = await lookAgain(world, credential);
  return said === "begun again" || said === "looks now" ? "changed since" : "as recorded";
}

/** Whether its acts are the newest that stand on the credential. */
async function leftBy({ graph }: ComparePorts, { id, credential }: WindDown): Promise<boolean> {
  return (await graph.node(credential))?.value.left === id;
}

const isDown = ({ view: { plan, state } }: Looked): boolean =>
  plan !== undefined && state !== undefined && same(plan.before, plan.wanted);

/** It may have been us, and the state before is not known: nothing is adopted of which there is no intent, and silence goes no further. */
async function unknownHand(world: ComparePorts, { credential, id }: Pick<WindDown, "credential"> & { id: string }) {
  const remedy = "find out in the provider's log who switched it off: where it was us, nothing here can take it back";
  await world.findings.put(found("off by an unknown hand", id, world.clock(), remedy, { credential }));
  await again(async () => {
    const node = await world.graph.node(credential);
    if (node && node.value.contested === undefined)
      await world.graph.put({ ...node.value, contested: world.clock() }, node.version);
  });
  return "off by an unknown hand" as const;
}
