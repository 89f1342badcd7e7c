import type { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { Handle } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";

/** One identity store. A handle of any other is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api extends Pick<IdentitystoreClient, "send"> {
  readonly account: string;
  readonly identityStoreId: string;
  readonly access?: Access | undefined; // who is let into which account; without it that is not looked at
  readonly contain?: true | undefined; // where the settings opt in: who may write the inline policy of a permission set
  readonly urgently?: Pick<Api, "send" | "access">; // takes its turn first; a simulator has no turns
}

/** The instance that lets the users of the store into accounts. */
export interface Access extends Pick<SSOAdminClient, "send"> {
  readonly instance: string; // its ARN
}

const UserHandle = z.object({ account: z.string(), identityStoreId: z.string(), userId: z.string() });

export function userIn(api: Api, handle: Handle) {
  const { success, data } = UserHandle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an Identity Center user", { where: "handle" });
  return ofStore(api, data);
}

/** What is of another store is not asked for. */
export function ofStore<H extends { readonly identityStoreId: string }>(api: Api, handle: H): H {
  if (handle.identityStoreId !== api.identityStoreId)
    throw badInput(
      "the user is of another identity store than the configuration names: name that one in `identityStoreId`",
      {
        where: "handle.identityStoreId",
      },
    );
  return handle;
}
