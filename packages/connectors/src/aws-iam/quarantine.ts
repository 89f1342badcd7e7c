import type { AttachedPolicy } from "@aws-sdk/client-iam";
import {
  type Action,
  type Blast,
  draw,
  type Plan,
  type Receipt,
  readBack,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import type { Api } from "./api.ts";

/** What is fenced in by the one policy that denies everything, and lives on behind it: a user, a role. */
export interface Fenced {
  readonly type: string; // of the credential that it is the quarantine of
  readonly what: string; // on what it falls
  readonly blast: Blast;
  readonly permissions: readonly string[]; // of `see` and `never`
  readonly attaches: string;
  readonly detaches: string;
  readonly sessions?: Action<Api>["sessions"];
  readonly lastUsed?: { readonly permission: string; readonly read: NonNullable<Action<Api>["lastUsed"]> };
  see(api: Api, target: Target): Promise<State>;
  never(api: Api, target: Target): Promise<string | undefined>;
  attach(api: Api, target: Target, PolicyArn: string): Promise<unknown>;
  detach(api: Api, target: Target, PolicyArn: string): Promise<unknown>;
}

const ON = "Active";
const FENCED = "Quarantined";
const OTHERS = "under a quarantine that the settings do not name";

const ANY_STAGE = /^arn:aws[a-z-]*:iam::\d{12}:policy\/leasehold-[a-z0-9-]+-quarantine$/;

/**
 * By our fixed policy alone. What AWS attaches of its own (`AWSCompromisedKeyQuarantine…`) is another thing: never ours to attach or
 * take away. One of another stage, or that the settings named before, denies everything all the same: that is not *on*.
 */
export function fencedBy(api: Api, attached: readonly AttachedPolicy[]): typeof ON | typeof FENCED | typeof OTHERS {
  if (attached.some(({ PolicyArn }) => PolicyArn !== undefined && PolicyArn === api.quarantine)) return FENCED;
  return attached.some(({ PolicyArn = "" }) => ANY_STAGE.test(PolicyArn)) ? OTHERS : ON;
}

const NOT_NAMED = "it is under a quarantine of ours that these settings do not name";
const UNSUPPORTED = "unsupported: the settings name no policy to quarantine by";

export function quarantineOf(of: Fenced): Action<Api> {
  const { type, blast, permissions, see, sessions, lastUsed } = of;
  return {
    ...{ verb: "quarantine", credential: type, blast, reversibility: "R1", settlesAfter: 10, see },
    permissions: [...new Set([...permissions, of.attaches, of.detaches, ...(lastUsed ? [lastUsed.permission] : [])])],
    plan: (api, target) => look(of, api, target),
    apply: (api, plan) => applied(of, api, plan),
    verify: async (api, { target, after }) => readBack(await see(api, target), after),
    ...(sessions && { sessions }),
    ...(lastUsed && { lastUsed: lastUsed.read }),
  };
}

async function look(of: Fenced, api: Api, target: Target): Promise<Plan> {
  const before = await of.see(api, target);
  const never = before && (await of.never(api, target));
  const refusals = [
    ...(never === undefined ? [] : [never]),
    ...(before === undefined ? [`the ${of.type} no longer exists`] : []),
    ...(before?.["status"] === OTHERS ? [NOT_NAMED] : []),
    ...(api.quarantine === undefined ? [UNSUPPORTED] : []),
  ];
  const wanted = { ...before, status: FENCED };
  return draw({ verb: "quarantine", target, before: before ?? {}, wanted, alsoAffects: [], refusals });
}

/** Looks again, compares, changes only what differs; `verify` looks once more. */
async function applied(of: Fenced, api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await of.see(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (now?.["status"] === OTHERS) throw new Fault("StalePlan", NOT_NAMED);
  if (!same(now, before)) throw new Fault("StalePlan", `the ${of.type} changed since it was looked at`);
  const to = wanted?.["status"];
  if (to !== ON && to !== FENCED) throw badInput(`a ${of.what} is quarantined, or it is not`, { where: "wanted" });
  if (api.quarantine === undefined) throw new Fault("StalePlan", UNSUPPORTED);
  const never = to === ON ? undefined : await of.never(api, target); // what we took down may always be taken back
  if (never !== undefined) throw new Fault("StalePlan", never);
  await (to === FENCED
    ? of.attach(api, target, api.quarantine).catch(full(of))
    : of.detach(api, target, api.quarantine));
  return { ...receipt, adopted: false };
}

/** Nothing was changed then, and somebody must make room. */
const full =
  ({ what }: Fenced) =>
  (error: unknown): never => {
    if (!/^LimitExceeded(Exception)?$/.test((error as Error).name)) throw error;
    throw new Fault("StalePlan", `no further policy fits on the ${what}: detach one, or raise its quota of policies`);
  };
