import type { IAMClient } from "@aws-sdk/client-iam";
import type { Handle } from "@leasehold/core/connector";
import { badInput, type Clock } from "@leasehold/core/kernel";
import type * as z from "zod/mini";

/** IAM, and the account that it answers for: a handle of any other is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api extends Pick<IAMClient, "send"> {
  readonly account: string;
  readonly quarantine?: string | undefined; // the policy that denies everything; without it nothing is quarantined
  readonly contain?: { readonly now: Clock } | undefined; // where the settings opt in: who may write a policy of our own
  readonly pause?: (ms: number) => Promise<void>; // until IAM has written its report; a simulator's is there at once
  readonly urgently?: IAMClient["send"]; // takes its turn first; a simulator has no turns
}

/** Throws BadInput where the handle is none of this form, or of another account. */
export function readHandle<T extends { readonly account: string }>(
  api: Api,
  handle: Handle,
  form: z.ZodMiniType<T>,
  a: string,
): T {
  const { success, data } = form.safeParse(handle);
  if (!success) throw badInput(`this is no handle of ${a}`, { where: "handle" });
  if (data.account !== api.account)
    throw badInput(
      "the credential is of another account than the configuration names: name that one, too, in aws.accounts",
      { where: "handle.account" },
    );
  return data;
}
