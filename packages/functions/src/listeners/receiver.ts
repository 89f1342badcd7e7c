import { receiving, type Step } from "@leasehold/app/steps";
import type { Estate, Mode, Provider, World } from "@leasehold/app/world";
import type { Connector } from "@leasehold/core/connector";
import { measure, mention, task } from "../kit/index.ts";
import type { Queues } from "../world/index.ts";

export type Listeners = Readonly<Record<string, Connector["listens"]>>;

/** Only what reads events, of the connectors that the configuration names: no client of a vendor's, and no secret. */
export function listening(ears: Listeners, { connectors }: Pick<World["config"], "connectors">): Estate {
  const providers = Object.entries(ears).flatMap(([id, listens]): readonly Provider[] => {
    const configured = connectors[id];
    return configured === undefined ? [] : [earOf(id, configured.mode, listens)];
  });
  return { provider: (id) => providers.find((one) => one.id === id), providers: () => providers };
}

const earOf = (id: string, mode: Mode, listens: Provider["listens"]): Provider => ({
  ...{ id, title: id, mode, proof: "fixtures", listens, hands: [] },
  ...{ check: undefined, person: undefined, page: undefined, since: undefined, desk: undefined },
});

/** The step behind every route of events: what cannot be written now goes on as signals, and nothing raw is kept anywhere. */
export const receiverStep = (ears: Listeners, line: Pick<Queues, "signals">): Step => {
  const step = receiving((signals, recordedAt) => line.signals({ signals, live: true, recordedAt }));
  return {
    run: async (world, event) => {
      const done = await step.run({ ...world, estate: listening(ears, world.config) }, event);
      counted(done, String((event as { readonly connector: unknown }).connector));
      return done;
    },
  };
};

interface Done {
  readonly understood?: boolean;
  readonly signals?: number;
  readonly putOff?: boolean;
}

/** What went well is two words of the one line that there is anyway; a number of its own has only what did not. */
function counted({ understood, signals = 0, putOff }: Done, connector: string): void {
  mention({ connector, signals });
  if (!understood) measure("EventsNotUnderstood", 1, { connector });
  if (putOff) measure("SignalsQueued", 1, { connector });
}

/** The function of one route, with the ears of that route alone. */
export const receiver = (ears: Listeners, world: () => World, line: Pick<Queues, "signals">) =>
  task(receiverStep(ears, line), world);
