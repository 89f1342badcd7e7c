import { isUnknownHere, type Message, type Ticket } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import type { BoundDesk } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

type PutPorts = Pick<CasePorts, "config" | "estate" | "log">;

/**
 * Every desk that took it. One that only sends is for whom no other desk knows, and for nobody else: a desk that is down may
 * know them, and then they were not asked. `atOnce`: also where every other desk is down, for what must not wait.
 */
export async function put(
  world: PutPorts,
  message: Message,
  { atOnce = false }: { readonly atOnce?: boolean } = {},
): Promise<readonly Ticket[]> {
  const desks = world.config.desks.flatMap((id) => world.estate.provider(id)?.desk ?? []);
  const tried = await each(
    desks.filter(({ read }) => read !== undefined),
    (desk) => tell(world, desk, message),
  );
  const tickets = ticketsOf(tried);
  if (tickets.length > 0 || (!atOnce && tried.includes("down"))) return tickets;
  return ticketsOf(
    await each(
      desks.filter(({ read }) => read === undefined),
      (desk) => tell(world, desk, message),
    ),
  );
}

const ticketsOf = (tried: readonly Tried[]) => tried.filter((one) => typeof one === "object");

type Tried = Ticket | "down" | "unknown";

async function tell(world: PutPorts, desk: BoundDesk, message: Message): Promise<Tried> {
  try {
    const ticket = await desk.ask(message);
    await desk.withdraw(message.key, ticket).catch((error: unknown) => later(world, desk, error)); // what an earlier crash repeated must not stay
    return ticket;
  } catch (error) {
    if (!(error instanceof Fault)) throw error; // one desk that is down is not the others'
    world.log("warn", "a desk did not take the question", { connector: desk.id, fault: error.name });
    return isUnknownHere(error) ? "unknown" : "down";
  }
}

/** It was taken: that its repeats could not be looked for is no reason to say that it was not. */
function later(world: PutPorts, { id }: BoundDesk, error: unknown): void {
  if (!(error instanceof Fault)) throw error;
  world.log("warn", "a desk did not look for repeats", { connector: id, fault: error.name });
}

async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}
