import { bind, type Provider } from "@leasehold/app/world";
import {
  type Action,
  type Connector,
  draw,
  type Handle,
  type PersonState,
  type Plan,
  type Receipt,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { Fault, unavailable } from "@leasehold/core/kernel";
import { type Bucket, full, type Limit, spend, waitOf } from "@leasehold/core/pace";
import { type Pacer, startPacer } from "../../packages/connectors/kit/pacer.ts";
import type { Virtual } from "./time.ts";

/** A provider as its pages describe it, and what it keeps to itself. */
export interface Twin {
  readonly id: string;
  readonly limit: Limit; // that we know
  readonly settles: number; // seconds until a change can be seen
  readonly part: number; // of the credentials, in percent
}
export interface Behaviour {
  readonly allows: number; // of its published rate; less is a limit that it tells nobody
  readonly fails: number; // of its calls, by chance
  readonly lies: number; // of its changes, by chance: says 200, and the credential stays alive
}
export interface Counted {
  calls: number;
  refused: number; // 429
}

const ON: State = { status: "Active" };
const OFF: State = { status: "Inactive" };

/** As a connector is: it looks, compares, and changes only what differs; and every call of it takes its turn and its time. */
export function twinOf(twin: Twin, behaviour: Behaviour, time: Virtual, random: () => number) {
  const { limit, settles } = twin;
  const truth: Limit = {
    ...limit,
    calls: limit.calls * behaviour.allows,
    burst: Math.max(1, limit.burst * behaviour.allows),
  };
  const counted: Counted = { calls: 0, refused: 0 };
  const changes = new Map<string, { readonly at: number; readonly lie: boolean }>();
  let bucket: Bucket = full(truth, time.millis());
  let pacer: Pacer = (call) => call(); // until it counts
  let counts = false;

  async function arrive(cost: number, then: () => void = () => {}): Promise<void> {
    if (!counts) return then();
    const now = time.millis();
    counted.calls += 1;
    const late = waitOf(truth, bucket, now, cost, true) > 0;
    if (!late) bucket = spend(truth, bucket, now, cost);
    const fails = !late && random() < behaviour.fails;
    const lost = fails && random() < 0.5; // done, and the answer never came
    if (!late && (!fails || lost)) then();
    await time.wait(150 + 100 * random());
    if (late) {
      counted.refused += 1;
      throw new Fault("Throttled", "the provider asked us to slow down", { provider: twin.id, retryAfterSeconds: 2 });
    }
    if (fails) throw unavailable(twin.id);
  }
  const reads = () => pacer(() => arrive(1));
  const see = async (_api: unknown, { credential }: Pick<Target, "credential">): Promise<State> => {
    await reads();
    const change = changes.get(credential);
    return change === undefined || change.lie || time.millis() < change.at ? ON : OFF;
  };
  const action: Action<unknown> = {
    ...{ verb: "disable", credential: "access key", blast: "credential", permissions: [], settlesAfter: settles },
    reversibility: "R1",
    see,
    plan: async (api, target) => {
      const before = (await see(api, target)) ?? {};
      return draw({ verb: "disable", target, before, wanted: OFF, alsoAffects: [], refusals: [] });
    },
    apply: async (api, { verb, target, before, wanted: after }: Plan): Promise<Receipt> => {
      const present = await see(api, target);
      const receipt = { verb, target, before, after, changed: !same(before, after) };
      if (same(present, after)) return { ...receipt, adopted: receipt.changed };
      if (!same(present, before)) throw new Fault("StalePlan", "it changed since it was looked at");
      const change = { at: time.millis() + 900 * settles, lie: random() < behaviour.lies };
      await pacer(() => arrive(limit.change, () => changes.set(target.credential, change)), { changes: true });
      return { ...receipt, adopted: false };
    },
    verify: async (api, { target, after }) => {
      const seen = await see(api, target);
      return { verdict: same(seen, after) ? "confirmed" : "still alive", seen };
    },
    lastUsed: async () => {
      await reads();
      return null;
    },
  };
  /** Bound as the laptop binds a connector, so that whatever stands before its calls there stands here. */
  const provider = (person: Provider["person"]): Provider => {
    const read = async (_api: unknown, handle: Handle): Promise<PersonState> => {
      await reads();
      return person?.(handle) ?? "unknown";
    };
    const people = person && { permissions: [], read };
    const parts = { id: twin.id, title: twin.id, proof: "fixtures", acts: [action], people };
    return bind(parts as unknown as Connector, "act", {});
  };
  return {
    twin,
    counted,
    provider,
    liars: () => [...changes].flatMap(([id, { lie }]) => (lie ? [id] : [])),
    begin: (): void => {
      counts = true;
      bucket = full(truth, time.millis());
      pacer = startPacer(twin.id, limit, { millis: time.millis, wait: time.wait, share: 1 });
    },
  };
}
export type Standing = ReturnType<typeof twinOf>;
