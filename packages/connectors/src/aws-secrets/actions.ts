import {
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { type Action, draw, type Plan, type Receipt, type State, same, type Target } from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import { askAws, isMissing } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { allowing, denying } from "./deny.ts";
import { copiesThat, inRegion, lastUsed, READS, type Standing, standing, untouchable } from "./look.ts";

const see = async (api: Api, target: Target): Promise<State> => (await standing(api, target)).state;

/** Who reads a secret is seldom one: so it is shared, and never by silence. */
const common = { credential: "secret", blast: "shared", settlesAfter: 30, see } as const;

/** A policy of the secret's own that denies reading it, to everybody: it can be given back as it was. */
const deny: Action<Api> = {
  ...{ ...common, verb: "disable", reversibility: "R1", contain: true, lastUsed },
  permissions: [...READS, "secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"],
  plan: (api, target) => look(api, target, "disable", (state) => ({ ...state, reads: "Denied" })),
  apply,
  verify: async (api, { target, after }) => {
    const { state: seen, secret } = await standing(api, target);
    if (seen === undefined) return { verdict: "unconfirmed", seen };
    const isAsLeft = same(seen, after) && !(seen["reads"] === "Denied" && isReadElsewhere(secret));
    return { verdict: isAsLeft ? "confirmed" : "still alive", seen };
  },
};

/** A copy that could not be made to follow keeps its value and the policy that it had, and is read on. */
function isReadElsewhere(secret: Standing["secret"]): boolean {
  if (copiesThat(secret, "InProgress").length > 0)
    throw new Fault("Unavailable", "a copy of the secret has not taken its policy over yet", { provider: "aws" });
  return copiesThat(secret, "Failed").length > 0;
}

/** Thirty days in which a person can still bring it back by `RestoreSecret`; after them nobody can, so it is final to us. */
const erase: Action<Api> = {
  ...{ ...common, verb: "delete", reversibility: "R3" },
  permissions: [...READS, "secretsmanager:DeleteSecret"],
  plan: (api, target) => look(api, target, "delete", () => undefined),
  apply,
  verify: async (api, { target }) => {
    const seen = await see(api, target);
    return { verdict: seen === undefined ? "confirmed" : "still alive", seen };
  },
};

const WINDOW = 30; // days, the longest that there is
const LONGEST = 20_480; // characters of a secret's policy

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ [deny, erase].slice();

const CHANGES = [PutResourcePolicyCommand, DeleteResourcePolicyCommand, DeleteSecretCommand];

/** Whether a call changes something at Secrets Manager. */
export const isChange = (command: unknown): boolean => CHANGES.some((one) => command instanceof one);

type Verb = "disable" | "delete";

async function look(api: Api, target: Target, verb: Verb, to: (state: State) => State): Promise<Plan> {
  const now = await standing(api, target);
  const refusals = now.state === undefined ? ["the secret no longer exists"] : refusalsOf(api, target, verb, now);
  const before = now.state ?? {};
  return draw({ verb, target, before, wanted: to(now.state), alsoAffects: [], refusals });
}

const UNSUPPORTED = "unsupported: the settings do not opt in to *contain*, without which no policy is written";

function refusalsOf({ contain }: Api, target: Target, verb: string, { state, secret, policy }: Standing) {
  const never = secret && untouchable(target, secret);
  const said = [
    never,
    state?.["reads"] === "unclear"
      ? "its policy cannot be read, or has a statement of our name that is not ours"
      : undefined,
    ...(verb === "delete"
      ? [secret?.ReplicationStatus?.length ? "it has copies in other Regions: take those away first" : undefined]
      : [
          astray(secret),
          contain ? undefined : UNSUPPORTED,
          state?.["reads"] === "unclear" || fits(policy) ? undefined : TOO_LONG,
        ]),
  ];
  return said.filter((one) => one !== undefined);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html: what was copied before stays there. */
function astray(secret: Standing["secret"]): string | undefined {
  const failed = copiesThat(secret, "Failed").join(", ");
  return failed === ""
    ? undefined
    : `its copy in ${failed} does not follow it and would be read on: mend its replication, or take that copy away, first`;
}

const TOO_LONG = "our statement does not fit into its policy any more: shorten that";
const fits = (policy: string | undefined) => denying(policy).length <= LONGEST;

/** Looks again, compares, changes only what differs; `verify` looks once more. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await standing(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now.state, wanted)) return { ...receipt, adopted: receipt.changed };
  if (now.state === undefined || !same(now.state, before))
    throw new Fault("StalePlan", "the secret or its policy changed since it was looked at");
  const isBack = wanted?.["reads"] === "Allowed"; // what we took down may always be taken back
  const against = isBack ? undefined : refusalsOf(api, target, verb, now)[0];
  if (against !== undefined) throw new Fault("StalePlan", against);
  await put(api, target, now, wanted).catch(noLonger);
  return { ...receipt, adopted: false };
}

function noLonger(error: unknown): never {
  isMissing(error);
  throw new Fault("StalePlan", "the secret that was looked at is no longer there");
}

/** By the ARN that was looked at: one that is made under the name between the look and the call has another, and is not touched. */
async function put(api: Api, target: Target, { state, secret, policy }: Standing, wanted: State): Promise<void> {
  const { send } = inRegion(api, target);
  const SecretId = secret?.ARN;
  if (SecretId === undefined) throw new Fault("Unavailable", "Secrets Manager did not say which secret it is");
  if (wanted === undefined) {
    const deletes = new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: WINDOW });
    await askAws("secretsmanager:DeleteSecret", () => send(deletes));
    return;
  }
  if (!same({ ...wanted, reads: "" }, { ...state, reads: "" }) || !/^(Allowed|Denied)$/.test(wanted["reads"] ?? ""))
    throw badInput("reading a secret is denied or allowed, and nothing else of it is changed", { where: "wanted" });
  const ResourcePolicy = wanted["reads"] === "Denied" ? denying(policy) : allowing(policy);
  if (ResourcePolicy !== undefined)
    await askAws("secretsmanager:PutResourcePolicy", () =>
      send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy })),
    );
  else await askAws("secretsmanager:DeleteResourcePolicy", () => send(new DeleteResourcePolicyCommand({ SecretId })));
}
