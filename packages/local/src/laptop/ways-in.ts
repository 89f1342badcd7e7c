import { edge, tallying } from "@leasehold/api/edge";
import { type Probed, probed } from "@leasehold/api/probe";
import { keepRefused } from "@leasehold/app/refusals";
import type { Log, World } from "@leasehold/app/world";
import type { Connector, Secrets } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";
import { queues } from "@leasehold/workflows";
import type { Bus, Rule } from "../bus/index.ts";
import type { Random } from "../clock/index.ts";

/** Where one vendor's own requests come in, proved and read as on a stage. */
export interface WayIn {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly isSigned: boolean; // its settings name a secret to sign with; without one every request is refused
  fetch(request: Request): Response | Promise<Response>;
  /** Throws where a secret that it needs is not given: at the start, and not at the first press. */
  check(): Promise<void>;
  /** What our own requests find at this address, by whoever listens there; nothing comes of them. */
  probe(base: string): Promise<readonly Probed[]>;
  /** Keeps how many it refused, at most once a minute; `all`: whatever is not kept yet. */
  settle(all?: boolean): Promise<void>;
}

export interface Linked {
  readonly connector: Connector;
  readonly settings: unknown; // read already, by the connector's own schema
}
interface Parts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly bus: Bus;
  readonly world: Pick<World, "marks" | "clock">; // where it keeps how many it refused
}

const SOURCE = "leasehold.in";
const LINES = ["signals", "heard"] as const satisfies readonly (keyof typeof queues)[];

/** What waits in line on AWS waits on the bus here, in the same file: it is written before the vendor is answered. */
export const inLine = (): readonly Rule[] =>
  LINES.map((line) => ({
    ...{ name: `in/${line}`, target: queues[line], pattern: { source: [SOURCE], "detail-type": [line] } },
  }));

export const waysIn = (linked: readonly Linked[], parts: Parts): readonly WayIn[] =>
  linked.flatMap((one) => (one.connector.hook || one.connector.desk?.read ? [wayIn(one, parts)] : []));

function wayIn({ connector, settings }: Linked, parts: Parts): WayIn {
  const { id, title, signedWith } = connector;
  const { clock, log, secrets } = parts;
  const names = signedWith?.(settings) ?? [];
  const valuesOf = (some: readonly string[]) => Promise.all(some.map(secrets));
  const put = lineOf(parts);
  const { refused, settle } = tallying({ connector: id, clock, log, keep: (some) => keepRefused(parts.world, some) });
  const app = edge({
    ...{ connector, settings, clock, log, signing: valuesOf, refused },
    signals: async ({ signals, delivery }) =>
      put("signals", [{ signals, live: true, recordedAt: clock(), delivery: `${id}/${delivery}`, via: id }]),
    heard: async (clicks) =>
      put(
        "heard",
        clicks.map((heard) => ({ heard, via: id })),
      ),
  });
  return {
    ...{ id, title, path: `/in/${id}`, isSigned: names.length > 0 },
    fetch: (request) => app.fetch(request),
    check: async () => void (await valuesOf(names)),
    probe: (base) => probed({ connector, settings, secrets, clock, base }),
    settle,
  };
}

/** Each has an id of its own: what was said before is known by whoever reads it, as on a stage. */
function lineOf({ bus, clock, random }: Parts) {
  return (line: (typeof LINES)[number], details: readonly object[]): void => {
    const events = details.map((detail) => ({
      ...{ id: `in/${Buffer.from(random(16)).toString("hex")}`, source: SOURCE, "detail-type": line },
      ...{ time: clock(), detail },
    }));
    bus.putEvents(events);
  };
}
