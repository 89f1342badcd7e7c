import { type Config, checkNames, settingsOf } from "@leasehold/app/config";
import { hearing } from "@leasehold/app/ingest";
import { bind, connected, type Estate, type Log, type Provider, type Reached } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live, Memory } from "@leasehold/connectors/kit";
import { isConnector, simulatorOf } from "@leasehold/connectors/simulators";
import type { Connector, Hear, Secrets } from "@leasehold/core/connector";
import { badInput, type Clock } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { memoryOf } from "./kept.ts";
import type { Linked } from "./ways-in.ts";

/** Every connector there is, by its id. */
export const connectorIds: readonly string[] = Object.keys(connectors).sort();

export interface Simulation {
  readonly id: string;
  readonly live: Live<unknown>;
  readonly memory: Memory<unknown>;
  readonly secrets: readonly string[];
}
export interface Laid {
  readonly estate: Estate;
  readonly simulations: readonly Simulation[];
  readonly linked: readonly Linked[]; // to the real thing
}
interface Parts {
  readonly file: File;
  readonly clock: Clock;
  readonly emit: (event: unknown) => void;
  readonly log: Log;
}

/** Every configured connector on its simulator. No address, no credential and no environment variable is looked at. */
export async function simulated(
  config: Config,
  worlds: Readonly<Record<string, unknown>>,
  parts: Parts,
): Promise<Laid> {
  const simulations: Simulation[] = [];
  const providers: Provider[] = [];
  for (const [id, { mode }] of Object.entries(config.connectors)) {
    const connector = await load(id);
    const simulator = await simulatorOf(known(id));
    const memory = memoryOf(parts.file, id, worlds[id]);
    const live = simulator.live(memory, parts.clock, parts.emit);
    simulations.push({ id, live, memory, secrets: simulator.signing ?? [] });
    providers.push(bind(connector, mode, live.api, heardBy(providers, parts.log)));
  }
  return { estate: estateOf(providers), simulations, linked: [] };
}

/** Every configured connector on the real thing: only what the configuration names, with the settings that it gives. */
export async function real(config: Config, secrets: Secrets, clock: Clock, log: Log): Promise<Laid> {
  const providers: Provider[] = [];
  const linked: Linked[] = [];
  for (const { connector, mode, settings } of await linkedIn(config)) {
    const isSpokenTo = connector.hook !== undefined; // by its vendor: it asks nothing
    if (connector.connect === undefined && !isSpokenTo)
      throw badInput("this connector cannot connect yet", { connector: connector.id });
    providers.push(
      connected(
        connector,
        { mode, settings },
        (of) => connector.connect?.(of, secrets, clock),
        membersOf(config),
        heardBy(providers, log),
      ),
    );
    linked.push({ connector, settings });
  }
  return { estate: estateOf(providers), simulations: [], linked };
}

/** Every connector that is configured with its settings, read by its own schema; names every field that is wrong, and reaches nothing. */
export async function linkedIn(config: Config): Promise<readonly (Linked & Pick<Configured, "mode">)[]> {
  checkNames(config, connectorIds);
  return Promise.all(
    Object.entries(config.connectors).map(async ([id, { mode, settings }]) => {
      const connector = await load(id);
      return { connector, mode, settings: settingsOf(connector, settings) };
    }),
  );
}
type Configured = Config["connectors"][string];

/** By every connector that is configured, also by those that are laid after it. */
const heardBy =
  (providers: readonly Provider[], log: Log): Hear =>
  (event) =>
    hearing(providers, log)(event);

/** The roles in further accounts let a stage's functions in, and nobody else: what the laptop does not see, it says. */
const membersOf = ({ aws }: Config): readonly Reached[] =>
  (aws?.accounts ?? []).map(({ id, name }) => ({ id, name, externalId: aws?.externalId ?? "", role: undefined }));

const estateOf = (providers: readonly Provider[]): Estate => ({
  provider: (id) => providers.find((one) => one.id === id),
  providers: () => providers,
});

async function load(id: string): Promise<Connector> {
  return connectors[known(id)]();
}

function known(id: string) {
  if (isConnector(id)) return id;
  throw badInput("the configuration names a connector that does not exist", {
    where: `connectors.${id}`,
    known: Object.keys(connectors).join(", "),
  });
}
