import type { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import type { Handle } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";

/** One identity store. A handle of any other is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api extends Pick<IdentitystoreClient, "send"> {
  readonly account: string;
  readonly identityStoreId: string;
}

const UserHandle = z.object({ account: z.string(), identityStoreId: z.string(), userId: z.string() });

export function userIn(api: Api, handle: Handle) {
  const { success, data } = UserHandle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an Identity Center user", { where: "handle" });
  if (data.identityStoreId !== api.identityStoreId)
    throw badInput("the user is of another identity store than this connector", { where: "handle.identityStoreId" });
  return data;
}
