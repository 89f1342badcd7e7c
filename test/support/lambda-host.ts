import { type Step, type StepName, steps } from "@leasehold/app/steps";
import type { Estate, Provider, World } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import { type Declared, declare } from "@leasehold/core/connector";
import type { Host } from "@leasehold/local/laptop";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import { createStore } from "@leasehold/store/repository";
import type { Table } from "@leasehold/store/table";
import { functions, type Need, RIGHTS, type Right } from "@leasehold/workflows";
import { lambda, task } from "../../packages/functions/src/kit/index.ts";
import { counterStep, listeners, receiverStep, usage } from "../../packages/functions/src/listeners/index.ts";
import { serve } from "../../packages/functions/src/provider/index.ts";
import { all, type Call, operations, remoteEstate } from "../../packages/functions/src/remote/index.ts";

const declared: readonly Declared[] = await Promise.all(
  Object.values(connectors).map(async (load) => declare(await load())),
);

/**
 * AWS in one process: the laptop's bus, clock and workflows drive the handlers that are deployed, each with the parts of
 * the world that the table of functions gives it. Everything that goes in or out of one goes as JSON, as Lambda sends it;
 * the store is DynamoDB's API, and a connector is reached through its own function, one for each right.
 */
export function lambdaHost(table: Table, archiveHome: string): Host {
  let laid: Estate | undefined;
  const call: Call = async (connector, right, request) =>
    invoked(
      lambda<unknown, object>((event) => serve(() => connected(laid, connector), right, event)),
      request,
    );
  return {
    store: (clock) => createStore({ table, archive: objectArchive(folderObjects(archiveHome)), clock }),
    estate: (estate) => {
      laid = estate;
      return withEars(estate, remote(estate, RIGHTS, call));
    },
    run: async (world, name, input) => {
      const part = narrowed(world, name, connectedBy(laid, name, call));
      return invoked(handlerOf(name, part), input) as Promise<object>;
    },
  };
}

const INTO_NOTHING = { signals: async () => Promise.reject(new Error("nothing is put off here")) };

/** Those that read what comes in are deployed with readers of their own. */
const deployed: Partial<Record<StepName, Step>> = {
  receive: receiverStep(listeners, INTO_NOTHING),
  "record-usage": counterStep(usage),
};

const handlerOf = (name: StepName, world: World) => task(deployed[name] ?? steps[name], () => world);

type Handler = (event: unknown, context: never) => Promise<unknown>;

/** As Lambda calls a function: JSON in, a context, JSON out. */
async function invoked(handler: unknown, event: unknown): Promise<unknown> {
  const out = await (handler as Handler)(JSON.parse(JSON.stringify(event)), CONTEXT as never);
  return out === undefined ? undefined : JSON.parse(JSON.stringify(out));
}

const CONTEXT = {
  ...{ functionName: "leasehold-test", functionVersion: "1", memoryLimitInMB: "512", awsRequestId: "example" },
  ...{ invokedFunctionArn: "arn:aws:lambda:eu-central-1:111122223333:function:leasehold-test" },
  ...{ logGroupName: "example", logStreamName: "example", getRemainingTimeInMillis: () => 60_000 },
};

function connected(estate: Estate | undefined, id: string): Provider {
  const provider = estate?.provider(id);
  if (provider === undefined) throw new Error(`no connector ${id} is laid`);
  return provider;
}

const LISTS: readonly StepName[] = ["poll-feeds", "sweep-estate", "sweep-on"];

function remote(estate: Estate, rights: readonly Right[], call: Call, name?: StepName): Estate {
  const configured = estate.providers().map(({ id, mode }) => [id, { mode, settings: {} }] as const);
  const known = name === undefined || LISTS.includes(name) ? all : operations;
  return remoteEstate(declared, { connectors: Object.fromEntries(configured) }, rights, known, call);
}

/** What comes in is read where it comes in: by the listener's own function, and by the desk's way in. */
function withEars(laid: Estate, far: Estate): Estate {
  const providers = far.providers().map((provider): Provider => {
    const near = connected(laid, provider.id);
    const desk = provider.desk && near.desk && { ...provider.desk, ...(near.desk.read && { read: near.desk.read }) };
    return { ...provider, listens: near.listens, desk };
  });
  return { provider: (id) => providers.find((one) => one.id === id), providers: () => providers };
}

const RIGHT_OF: Readonly<Partial<Record<Need, Right>>> = {
  ...{ read: "read", act: "act", contain: "contain", delete: "delete", desks: "desk" },
};
const needsOf = (name: StepName): readonly Need[] => functions[name].needs;

function connectedBy(laid: Estate | undefined, name: StepName, call: Call): Estate | undefined {
  const rights = needsOf(name).flatMap((need) => RIGHT_OF[need] ?? []);
  return laid === undefined || rights.length === 0 ? undefined : remote(laid, rights, call, name);
}

/** The world of one function: what its line in the table does not name is a part that throws when it is touched. */
function narrowed(world: World, name: StepName, estate: Estate | undefined): World {
  const has = (need: Need) => needsOf(name).includes(need);
  return {
    ...world,
    estate: estate ?? absent(name, "estate"),
    publish: has("bus") ? world.publish : absent(name, "publish"),
    usage: has("usage") || has("counts") ? world.usage : absent(name, "usage"),
    runs: has("runs") ? world.runs : absent(name, "runs"),
    archive: has("archive") ? world.archive : absent(name, "archive"),
  };
}

function absent<T>(name: StepName, part: string): T {
  const refuse = (): never => {
    throw new Error(`${name} touches ${part}, which its line in the table of functions does not name`);
  };
  return new Proxy(refuse, { get: refuse, apply: refuse }) as T;
}
