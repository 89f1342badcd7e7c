import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { connectors } from "@leasehold/connectors";
import type { Simulated } from "@leasehold/connectors/kit";
import type { Action, Lister, State } from "@leasehold/core/connector";
import { beforeEach, describe, expect, it } from "vitest";
import { denying } from "../../packages/connectors/src/aws-secrets/deny.ts";
import { aParameter, aSecret, empty } from "../../packages/connectors/src/aws-secrets/simulated-account.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { callsApart, plain, signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { ladder } from "./ladder.ts";
import { everything, nothingForUnanswered } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { type Call, recording } from "./recorder.ts";

type Send = (command: never) => Promise<unknown>;
interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  secrets(region: string): Send;
  parameters(region: string): Send;
}

const region = "eu-west-1";
const at = { ...own, region };
const [client, parameters] = [new SecretsManagerClient(at), new SSMClient(at)];
const Name = "prod/search";
const reader = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "*", Resource: "*" };
const THEIRS = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "app", ...reader }] });

const { acts = [], lists } = await connectors["aws-secrets"]();
const simulator = await simulatorOf("aws-secrets");

/** From each policy that a secret may have, the same on both sides. */
const POLICIES = [
  ["none", undefined],
  ["somebody's", THEIRS],
  ["ours", denying(undefined)],
  ["ours beside somebody's", denying(THEIRS)],
] as const;
const tried = acts.flatMap((action) =>
  POLICIES.map(([is, policy]) => ({ action: action as unknown as Action<Api>, verb: action.verb, is, policy })),
);

export function secrets(): void {
  describe("secrets", () => {
    beforeEach(reset);

    it.each(tried)("$verb of one whose policy is $is says on moto what it says here", async ({ action, policy }) => {
      const calls = { here: [] as Call[], there: [] as Call[] };
      const start = simulator.acts?.["secret"]?.start as (state: State) => Simulated<Api>;
      const here = start(undefined);
      const world = startedFrom(simulator, {
        ...empty,
        contain: true,
        secrets: [aSecret(Name, { policy: policy ?? null })],
      });
      const simulated = await ladder(action, {
        ...{ target: here.target, put: () => void (world.world() as { secrets: object[] }).secrets.splice(0) },
        api: recorded(world.live.api as Api, calls.here),
      });

      await made(policy);
      const actual = await ladder(action, {
        ...{ target: here.target, put: gone },
        api: recorded(await connected<Api>("aws-secrets", { regions: [region], contain: true }), calls.there, true),
      });
      expect(plain(actual, new Map())).toEqual(plain(simulated, new Map()));
      const arns = arnsIn(calls.there);
      unknown(callsApart(plain(calls.here, arns) as Call[], plain(calls.there, arns) as Call[]));
    });

    it("and parameters are listed of moto's account as of the simulator's", async () => {
      await made(THEIRS);
      await parameters.send(new PutParameterCommand({ Name: "/prod/token", Value: "invented", Type: "SecureString" }));
      const now = new Date().toISOString();
      const of = { createdAt: now, storedAt: now };
      const world = { ...empty, secrets: [aSecret(Name, { ...of, policy: THEIRS })] };
      const simulated = startedFrom(simulator, {
        ...world,
        parameters: [aParameter("/prod/token", { storedAt: now })],
      });
      const real = await connected<Api>("aws-secrets", { regions: [region] });
      const sends = {
        secrets: () => nothingForUnanswered("secretsmanager", recording(real.secrets(region), [], "secretsmanager")),
        parameters: () => nothingForUnanswered("ssm", recording(real.parameters(region), [], "ssm")),
      };
      const there = await everything(lists as Lister<Api>, { ...real, ...sends });
      expect(there.flatMap(({ signals }) => signals)).toHaveLength(2);
      expect(there.every(({ whole }) => whole)).toBe(true);
      unknown(signalsApart(await everything(lists as Lister<Api>, simulated.live.api as Api), there));
    });
  });
}

async function made(policy: string | undefined): Promise<void> {
  await client.send(new CreateSecretCommand({ Name, SecretString: "invented" }));
  if (policy !== undefined) await client.send(new PutResourcePolicyCommand({ SecretId: Name, ResourcePolicy: policy }));
}

async function gone(state: State): Promise<void> {
  if (state !== undefined) throw new Error("nobody puts it into another state here");
  await client.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
}

const recorded = (api: Api, calls: Call[], isMoto = false): Api => ({
  ...api,
  ...{ account: api.account, regions: api.regions }, // also where they are got
  secrets: (region) => recording(api.secrets(region), calls, isMoto ? "secretsmanager" : undefined),
});

/** What AWS adds to a name is another on every run. */
const arnsIn = (calls: readonly Call[]): ReadonlyMap<string, string> => {
  const [found] = /secret:prod\/search-[A-Za-z0-9]{6}/.exec(JSON.stringify(calls)) ?? [];
  return new Map([["secret:prod/search-AbCdEf", "<arn>"], ...(found === undefined ? [] : [[found, "<arn>"] as const])]);
};
