import { randomBytes } from "node:crypto";
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GetUserCommand,
  type IAMClient,
  ListUserTagsCommand,
} from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { derivedId, Fault } from "@leasehold/core/kernel";
import { type Made, noted } from "./fence.ts";
import { patiently, type Tools } from "./io.ts";

export type Send = IAMClient["send"];

/** Where and by what ours are known: never Leasehold's own prefix, whose things our own actions never touch. */
export const PATH = "/canary-of-leasehold/";
export const TAG = "canary-of-leasehold";
export const INLINE = "leasehold-end-sessions"; // what the connector writes, and nothing else of that user's

/** What one run draws before it makes anything: nobody else has these names. */
export interface Canary {
  readonly mark: string;
  readonly account: string;
  readonly user: string;
  readonly policyName: string;
  readonly policyArn: string; // that denies everything: what a stage would have deployed
}

/** The account, and the partition of AWS that it is in: "aws", "aws-us-gov". */
export interface Where {
  readonly account: string;
  readonly partition: string;
}

export const drawn = ({ account, partition }: Where, mark: string = randomBytes(8).toString("hex")): Canary => ({
  ...{ mark, account, user: `${TAG}-${mark}`, policyName: `leasehold-canary-${mark}-quarantine` },
  policyArn: `arn:${partition}:iam::${account}:policy/leasehold-canary-${mark}-quarantine`,
});

/** The names as `drawn` makes them, read back; undefined of anything else. */
export function markIn(name: string | undefined): string | undefined {
  return /^(?:canary-of-leasehold-|leasehold-canary-)([0-9a-f]{16})(?:-quarantine)?$/.exec(name ?? "")?.[1];
}

const DENY_ALL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

/**
 * A policy, a user with no right at all, its password and its key. Neither the password nor the key's secret is kept: nobody can
 * act by them. What was made is noted at once, and what may have been made is looked for when it is taken away.
 */
export async function make(send: Send, canary: Canary, made: Made, { wait }: Tools): Promise<readonly Target[]> {
  const { mark, account, user: UserName, policyName: PolicyName, policyArn } = canary;
  const Tags = [{ Key: TAG, Value: mark }];
  await born(made, "PolicyArn", () => send(new CreatePolicyCommand({ PolicyName, PolicyDocument: DENY_ALL, Tags })));
  noted(made, "PolicyArn", policyArn);
  const { User } = await born(made, "UserName", () => send(new CreateUserCommand({ UserName, Path: PATH, Tags })));
  noted(made, "UserName", UserName);
  noted(made, "PolicyName", INLINE);
  const userId = present(User?.UserId);
  const known = <T>(work: () => Promise<T>) => patiently(work, wait, isMissing); // not yet everywhere: nothing was done then
  const password = new CreateLoginProfileCommand({ UserName, Password: unkept(), PasswordResetRequired: true });
  await known(() => send(password));
  const key = new CreateAccessKeyCommand({ UserName });
  const id = present((await born(made, "AccessKeyId", () => known(() => send(key)))).AccessKey?.AccessKeyId);
  noted(made, "AccessKeyId", id);
  const of = { account, userName: UserName };
  return [
    { credential: derivedId("crd", "aws", userId, "login profile"), handle: of },
    { credential: derivedId("crd", "aws", id), handle: { ...of, accessKeyId: id } },
    { credential: derivedId("crd", "aws", userId, "temporary credentials"), handle: { ...of, userId } },
  ];
}

/** Whether the answer was lost on the way is kept: what it was about may stand. */
async function born<T>(made: Made, field: string, work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (error instanceof Fault && error.name === "Unavailable") noted(made, LOST, field);
    throw error;
  });
}
export const LOST = "lost"; // beside the fields of calls, none of which is called so

/** Of every class that a password policy of an account can ask for. */
const unkept = () => `${randomBytes(30).toString("base64url")}aA1!`;

function present(id: string | undefined): string {
  if (id === undefined) throw new Fault("Unexpected", "IAM made something and did not say its id");
  return id;
}

/** Whether a user of this name stands, and is the one of this mark: whose answer was lost on the way is known by its tag. */
export async function stands(send: Send, { user: UserName, mark }: Pick<Canary, "user" | "mark">): Promise<boolean> {
  const found = await send(new GetUserCommand({ UserName })).catch(missing);
  if (found?.User?.Path !== PATH) return false;
  const tags = await send(new ListUserTagsCommand({ UserName })).catch(missing);
  return tags?.Tags?.some(({ Key, Value }) => Key === TAG && Value === mark) === true;
}

/** For `.catch`: what is not there any more is an answer. */
export function missing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
  return undefined;
}
const isMissing = (error: unknown) => /^NoSuchEntity(Exception)?$/.test((error as Error).name);
