import type { Action, State, Target } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { Api } from "./api.ts";

/** Sessions that are ended by an inline policy of ours on whoever they act as: a user, a role. */
export interface Ended {
  readonly type: string; // of the credential
  readonly on: "user" | "role"; // on which the policy lies
  readonly permissions: readonly string[]; // all of them
  readonly lastUsed?: Action<Api>["lastUsed"];
  /** Undefined: whoever they act as is not there any more. */
  read(api: Api, target: Target): Promise<{ readonly document: string | undefined } | undefined>;
  /** Our own policy, for what is issued until then; it tells of what was left on. */
  policy(target: Target, until: string, left?: Left): object;
  never(api: Api, target: Target): Promise<string | undefined>;
  /** What must be done before, as a sentence. */
  first?(api: Api, target: Target): Promise<readonly string[]>;
  /** What opens new ones, and is no reason to let the old ones live. */
  left?(api: Api, target: Target): Promise<Left | undefined>;
  /** Whether new ones may have been opened since our policy was written, by anything but what was left on then. */
  opened?(api: Api, target: Target, written: Written): Promise<boolean>;
  put(api: Api, target: Target, document: string): Promise<unknown>;
  remove(api: Api, target: Target): Promise<unknown>;
}

export const PASSWORD = "password";
export type Left = typeof PASSWORD;
const LEFTS: readonly Pick<Written, "left">[] = [{ left: undefined }, { left: PASSWORD }];

/** Of a policy of ours: until when what was issued is ended, and what was left on as it was written. */
export interface Written {
  readonly until: Instant;
  readonly left: Left | undefined;
}

export const LIVE: State = { sessions: "Live" };
/** With what goes on opening new ones, so that nobody takes it for the end of all. */
export const endedWith = (left: Left | undefined): State & object => ({
  sessions: "Ended",
  ...(left && { left: "a password, by which new sessions are opened" }),
});
export const isEnded = (state: State): boolean => state?.["sessions"] === "Ended";
export const OTHERS: State = { sessions: "under a policy that is not ours" };

export interface Standing {
  readonly state: State;
  readonly written?: Written | undefined; // a policy of ours lies there, whatever was opened since
}

/** Whoever opens new ones is denied nothing by what we wrote before: then they live, though our policy is still there. */
export async function standing(of: Ended, api: Api, target: Target): Promise<Standing> {
  const found = await of.read(api, target);
  if (found === undefined) return { state: undefined };
  if (found.document === undefined) return { state: LIVE };
  const written = writtenIn(of, target, found.document);
  if (written === undefined) return { state: OTHERS };
  const opened = (await of.opened?.(api, target, written)) ?? false;
  return { state: opened ? LIVE : endedWith(written.left), written };
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z/;
const ALWAYS = instantOf(0); // of a policy that knows no instant

/** Word for word, whatever the instant: another instant is a policy of ours that was made at another time. */
export function writtenIn({ policy }: Pick<Ended, "policy">, target: Target, document: string): Written | undefined {
  const text = document.startsWith("%") ? decodeURIComponent(document) : document; // IAM hands documents out URL-encoded
  const at = INSTANT.exec(text)?.[0];
  const found = LEFTS.find(({ left }) => text === JSON.stringify(policy(target, at ?? "", left)));
  return found && { ...found, until: at === undefined ? ALWAYS : instantOf(Date.parse(at)) };
}
