import { Fault } from "@leasehold/core/kernel";
import type { PendingKind, SubjectId } from "@leasehold/core/lineage";
import { type DomainEvent, every, type Keyed, type World } from "../world/index.ts";

export type AnnouncePorts = Pick<World, "graph" | "outbox" | "publish" | "log">;

/**
 * Says what a write left to be said, then forgets exactly what the bus took. A crash in between says it again
 * under the same key; what was written meanwhile has another version and stays. Returns how many were taken.
 */
export function announce(world: AnnouncePorts, subject: string): Promise<number> {
  return isNode(subject) ? announceNode(world, subject) : announceStory(world, subject);
}

export interface Swept {
  readonly said: number;
  readonly failed: number; // subjects; tried again in a minute
}

/** Says everything that still waits: what a crash left, and what the bus did not take. One subject's failure is not the others'. */
export async function sweepPending(world: AnnouncePorts): Promise<Swept> {
  const waiting = [
    ...(await every((cursor) => world.graph.pending(cursor))),
    ...(await every((cursor) => world.outbox.waiting(cursor))),
  ];
  return announceAll(world, waiting);
}

/** Says what these left to be said: after a write, its own; the rest is for the sweep of every minute. */
export async function announceAll(world: AnnouncePorts, waiting: readonly string[]): Promise<Swept> {
  let said = 0;
  let failed = 0;
  for (const subject of waiting) {
    try {
      said += await announce(world, subject);
    } catch (error) {
      failed += 1;
      world.log("warn", "not announced, will be tried again", {
        subject,
        fault: error instanceof Fault ? error.name : "Unexpected",
      });
    }
  }
  return { said, failed };
}

async function announceNode({ graph, publish }: AnnouncePorts, id: SubjectId): Promise<number> {
  const pending = (await graph.node(id))?.value.pending ?? [];
  if (pending.length === 0) return 0;
  const keyed = pending.map((one) => ({ one, key: `${id}/${one.version}/${one.kind}` }));
  const taken = await publish(keyed.map(({ one, key }) => ({ key, event: eventOf(id, one) })));
  const said = keyed.filter(({ key }) => taken.includes(key)).map(({ one }) => one);
  if (said.length > 0) await graph.clear(id, said);
  return said.length;
}

async function announceStory({ outbox, publish }: AnnouncePorts, subject: string): Promise<number> {
  const sayings = await outbox.of(subject);
  if (sayings.length === 0) return 0;
  const keyed: readonly Keyed[] = sayings.map(({ key, message }) => ({ key, event: message }));
  const taken = await publish(keyed);
  const said = sayings.map(({ key }) => key).filter((key) => taken.includes(key));
  if (said.length > 0) await outbox.clear(subject, said);
  return said.length;
}

/** Rendered now, not when it was written: the event names the subject, and whoever hears it reads what is so. */
function eventOf(id: SubjectId, { kind, found }: PendingKind): DomainEvent {
  switch (kind) {
    case "person.left":
    case "person.held":
    case "person.moved":
    case "person.reinstated":
      return { type: kind, account: id, ...(found && { found }) };
    case "owner.changed":
    case "credential.changed":
    case "credential.exposed":
      return { type: kind, credential: id };
  }
}

const isNode = (subject: string): subject is SubjectId => /^(acc|idn|crd)_/.test(subject);
