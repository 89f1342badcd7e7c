import { resolve } from "node:path";
import type { Laptop } from "@leasehold/local/laptop";
import type { Command } from "../command/index.ts";
import { atSimulatorsOnly, deliverable, settled, withLaptop } from "../estate/index.ts";
import { columns, count } from "../terminal/index.ts";

/** Events as if they happened now: the provider's own state moves with them, and everything that follows is done. */
export const deliver: Command = {
  about: "events as if they happened now, to the demo's simulators; then everything that follows",
  notOnStage: "events are delivered to the demo's simulators only: a stage hears its own",
  args: ["<file…>"],
  flags: { "event-only": { about: "the event lies: the simulated provider's own state stays as it was" } },
  more: [
    "A file holds EventBridge events or the vendors' own records, as JSON, a list or lines, plain or gzip; - is standard input.",
    "Where one of them cannot be read, none is delivered.",
  ],
  run: async (call) => {
    atSimulatorsOnly(call, "events are delivered to simulators only: `replay` reads history into a real estate");
    const { cwd, stdin } = call.io;
    const paths = call.args.map((path) => (path === "-" ? path : resolve(cwd, path)));
    return withLaptop(call, "creates", async (laptop) => {
      const events = await deliverable(laptop, paths, stdin, cwd);
      const understood = await becoming(laptop, events);
      const fresh = await laptop.deliver(events, { eventOnly: call.flags["event-only"] === true });
      const goesOn = await settled(call, laptop);
      return {
        json: { events: events.length, new: fresh, understood, settled: goesOn },
        text: [
          `${count(events.length, "event")} delivered, ${fresh} of them new`,
          ...columns(understood.map(({ event, became }) => [`  ${event}`, became])),
        ],
      };
    });
  },
};

/** What each will be understood as: an event that nobody listens to is delivered, and says so. */
async function becoming({ world }: Laptop, events: readonly object[]) {
  const { understanding } = await import("@leasehold/local/history");
  const understand = understanding(world.estate.providers());
  return events.map((event) => {
    const { id } = event as { readonly id: string };
    const all = understand(event).flatMap((one) => {
      if ("signals" in one) return one.signals.map(({ kind }) => kind);
      return [`refused` in one ? `cannot be read: ${one.refused}` : one.ignored];
    });
    return { event: id, became: [...new Set(all)].join(", ") };
  });
}
