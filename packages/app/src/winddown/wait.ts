import { type FindingKind, found } from "@leasehold/core/finding";
import { badInput, type CaseId, Fault, type Instant, later, type WindDownId } from "@leasehold/core/kernel";
import type { WindDown } from "@leasehold/core/winddown";
import type { Stored, World } from "../world/index.ts";
import { byHand } from "./by-hand.ts";
import type { Next } from "./next.ts";

type WaitPorts = Pick<World, "waits" | "runs" | "cases" | "windDowns">;

export interface Waiting {
  readonly subject: WindDownId | CaseId;
  readonly version: number; // that was decided on
  readonly until: Instant;
  readonly token: string;
  readonly seen?: number | undefined; // of a case: what its items were then
}

/** Registers the execution's token on condition of that version. If it moved, the wait ends at once: no answer is slept through. */
export async function wait(world: WaitPorts, { subject, version, until, token, seen }: Waiting): Promise<void> {
  try {
    await world.waits.register(subject, version, { token, until, version });
  } catch (error) {
    if (!(error instanceof Fault) || error.name !== "Conflict") throw error;
    return world.runs.wake(token);
  }
  if (seen !== undefined && (await seenNow(world, subject)) !== seen) await world.runs.wake(token);
}

/** Versions only rise, so their sum stays only where none of them moved. */
export const versionsOf = (items: readonly Stored[]): number => items.reduce((sum, { version }) => sum + version, 0);

async function seenNow({ cases, windDowns }: WaitPorts, subject: WindDownId | CaseId): Promise<number> {
  const items = isCase(subject) ? ((await cases.get(subject))?.case.items ?? []) : [];
  const all = await Promise.all(items.map(({ windDown }) => windDown && windDowns.get(windDown)));
  return versionsOf(all.filter((one) => one !== undefined));
}

/**
 * Something was written: whoever waits on it looks again. Starting finds an execution that runs by its name, so one that
 * never began, or ended before its subject was opened again, begins here.
 */
export async function wake(world: WakePorts, subject: WindDownId | CaseId): Promise<void> {
  const waiting = await world.waits.get(subject);
  if (waiting) await world.runs.wake(waiting.token);
  await start(world, subject);
}

type WakePorts = Pick<World, "waits" | "runs" | "windDowns" | "cases">;

async function start({ runs, windDowns, cases }: WakePorts, subject: WindDownId | CaseId): Promise<void> {
  if (isCase(subject)) {
    const open = (await cases.get(subject))?.case;
    if (open?.status === "open") await runs.start("case", `${subject}-${open.lives}`, { contract: 1, id: subject });
    return;
  }
  const windDown = (await windDowns.get(subject))?.windDown;
  if (windDown && !windDown.closed)
    await runs.start("wind-down", `${subject}-${windDown.lives}`, { contract: 1, id: subject });
}

export const isCase = (subject: string): subject is CaseId => subject.startsWith("cas_");

const LOOK_AGAIN = 6; // hours

const REMEDIES: Readonly<Record<string, readonly [FindingKind, string]>> = {
  PermissionMissing: ["permission missing", "grant the permission that the fault names, then `leasehold case retry`"],
  BadInput: [
    "permission missing",
    "its account, or what it is called there, is not as the configuration has it: name the account again in aws.accounts, or the instance of Identity Center in `instance`, then `leasehold case retry`.",
  ],
  Braked: [
    "the brake has no place",
    "see `leasehold brake status`: it goes on as places come free, or once a hand brake is released",
  ],
};

/** Stuck waits; it is never failed and never done. A finding says what would help. */
export async function stuck(world: StuckPorts, id: WindDownId | CaseId, fault: string): Promise<Next> {
  const stored = isCase(id) ? await world.cases.get(id) : await world.windDowns.get(id);
  if (stored === undefined) throw badInput("there is no such wind-down or case", { where: "id" });
  const [kind, remedy] = REMEDIES[fault] ?? OTHERWISE;
  const back = fault === "BadInput" && "windDown" in stored && isUndo(stored.windDown) && byHand(stored.windDown);
  await world.findings.put(found(kind, id, world.clock(), back ? `${remedy} ${back}` : remedy, { fault }));
  world.log("error", "stuck, and waiting", { subject: id, fault });
  return { do: "wait", until: later(world.clock(), LOOK_AGAIN), version: stored.version };
}

const isUndo = ({ answer }: WindDown) => answer?.kind === "undo";

type StuckPorts = Pick<World, "windDowns" | "cases" | "findings" | "clock" | "log">;
const OTHERWISE = ["provider unavailable", "see the log of that time, then `leasehold case retry`"] as const;
