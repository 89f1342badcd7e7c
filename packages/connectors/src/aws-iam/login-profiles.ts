import {
  AttachUserPolicyCommand,
  DeleteLoginProfileCommand,
  DetachUserPolicyCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAttachedUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { type Action, draw, type Plan, type Receipt, type State, same, type Target } from "@leasehold/core/connector";
import { Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import { LOGIN_PROFILE } from "./handles.ts";
import { type Fenced, fencedBy, quarantineOf } from "./quarantine.ts";
import { READS_TAGS, untouchable } from "./untouchable.ts";

const UserHandle = z.object({ account: z.string(), userName: z.string() });
const HOURS = 3_600; // seconds

/** A console session lives 12 hours, and a role to which it switched in the end 12 more. */
const CONSOLE_SESSION = (12 + 12) * HOURS;

const SEES = ["iam:GetLoginProfile", "iam:ListAttachedUserPolicies", READS_TAGS];

/** A password cannot be switched off: so before it is deleted for good, its whole user may be fenced in. */
const fenced: Fenced = {
  ...{ type: LOGIN_PROFILE, what: "user", blast: "identity", permissions: SEES, sessions: { longest: 12 * HOURS } },
  ...{ attaches: "iam:AttachUserPolicy", detaches: "iam:DetachUserPolicy", see, never: untouchable },
  lastUsed: { permission: "iam:GetUser", read: lastUsed },
  attach: (api, target, PolicyArn) =>
    askAws("iam:AttachUserPolicy", () => api.send(new AttachUserPolicyCommand({ ...named(api, target), PolicyArn }))),
  detach: (api, target, PolicyArn) =>
    askAws("iam:DetachUserPolicy", () => api.send(new DetachUserPolicyCommand({ ...named(api, target), PolicyArn }))),
};

const erase: Action<Api> = {
  ...{ verb: "delete", credential: LOGIN_PROFILE, blast: "credential", reversibility: "R3", settlesAfter: 10, see },
  permissions: [...SEES, "iam:DeleteLoginProfile"],
  sessions: { longest: CONSOLE_SESSION },
  plan,
  apply,
  verify: async (api, { target }) => {
    const seen = await see(api, target);
    return { verdict: seen === undefined ? "confirmed" : "still alive", seen };
  },
};

export const loginProfiles = (): readonly Action<Api>[] => [quarantineOf(fenced), erase];

/** With when it was made: a password that was made anew is another one, and a plan for the old one has gone stale. */
async function see(api: Api, target: Target): Promise<State> {
  const UserName = named(api, target).UserName;
  const profile = await askAws("iam:GetLoginProfile", () => api.send(new GetLoginProfileCommand({ UserName }))).catch(
    isMissing,
  );
  const made = profile?.LoginProfile?.CreateDate;
  if (profile === undefined) return undefined;
  const attached = await askAws("iam:ListAttachedUserPolicies", () =>
    api.send(new ListAttachedUserPoliciesCommand({ UserName })),
  ).catch(isMissing);
  if (attached?.IsTruncated) throw new Fault("Unavailable", "the list of attached policies was cut short");
  const since = made === undefined ? "unknown" : instantOf(made.getTime());
  return { status: fencedBy(api, attached?.AttachedPolicies ?? []), since };
}

async function plan(api: Api, target: Target): Promise<Plan> {
  const before = await see(api, target);
  const never = before && (await untouchable(api, target));
  const refusals = [...(never ? [never] : []), ...(before ? [] : ["the login profile no longer exists"])];
  return draw({ verb: "delete", target, before: before ?? {}, wanted: undefined, alsoAffects: [], refusals });
}

async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await see(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(now, before)) throw new Fault("StalePlan", "the login profile changed since it was looked at");
  const never = await untouchable(api, target);
  if (never !== undefined) throw new Fault("StalePlan", never);
  await askAws("iam:DeleteLoginProfile", () => api.send(new DeleteLoginProfileCommand(named(api, target))));
  return { ...receipt, adopted: false };
}

/** IAM keeps it since October 2014; of a password that is older and was not used since it says as little as of one never used. */
async function lastUsed(api: Api, target: Target): Promise<Instant | null | undefined> {
  const read = await askAws("iam:GetUser", () => api.send(new GetUserCommand(named(api, target)))).catch(isMissing);
  if (read?.User === undefined) return undefined;
  const used = read.User.PasswordLastUsed;
  return used === undefined ? null : instantOf(used.getTime());
}

function named(api: Api, { handle }: Target) {
  return { UserName: readHandle(api, handle, UserHandle, "a login profile").userName };
}
