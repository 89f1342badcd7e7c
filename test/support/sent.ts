import { edge } from "@leasehold/api/edge";
import { steps } from "@leasehold/app/steps";
import { connectors } from "@leasehold/connectors";
import { simulatorOf } from "@leasehold/connectors/simulators";
import type { Laptop } from "@leasehold/local/laptop";

export type Sender = "github" | "ingest";

/** Through the same way in as on AWS: proved over the raw body, then read. */
export async function sent(id: Sender, body: object, world: Laptop["world"], simulations: Laptop["simulations"]) {
  const connector = await connectors[id]();
  const { hooked } = await simulatorOf(id);
  if (hooked === undefined) throw new Error("this connector has no way in");
  const secrets = simulations.find((one) => one.id === id)?.secrets ?? [];
  const { settings } = world.config.connectors[id] ?? {};
  const app = edge({
    ...{ connector, settings: connector.settings.parse(settings), clock: world.clock, log: world.log },
    signing: async () => secrets,
    heard: async () => {},
    signals: async ({ signals, delivery }) =>
      void (await steps["ingest-signals"].run(world, { signals, live: true, recordedAt: world.clock(), delivery })),
  });
  const { method, headers, body: text } = hooked.send(eventsIn(id, body), world.clock());
  return app.request(`/in/${id}`, { method, headers: { ...headers }, body: text });
}

const eventsIn = (id: Sender, body: object): readonly unknown[] => {
  if (id === "github") return [{ source: "github.webhook", detail: body }];
  const { from, signals } = body as { readonly from: string; readonly signals: readonly object[] };
  return signals.map((signal) => ({ source: "leasehold.ingest", detail: { from, signal } }));
};
