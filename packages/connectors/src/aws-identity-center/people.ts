import {
  DescribeUserCommand,
  type DescribeUserResponse,
  type IdentitystoreClient,
} from "@aws-sdk/client-identitystore";
import type { Handle, People, PersonState } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws } from "../../kit/index.ts";

/** One identity store. A handle of any other is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api extends Pick<IdentitystoreClient, "send"> {
  readonly account: string;
  readonly identityStoreId: string;
}

const UserHandle = z.object({ account: z.string(), identityStoreId: z.string(), userId: z.string() });

/** Reads one user now. It has no word for departed: a directory that an identity provider fills removes whoever has left. */
export const people: People<Api> = {
  permissions: ["identitystore:DescribeUser"],
  read: async (api, handle) => {
    const UserId = read(api, handle).userId;
    const input = { IdentityStoreId: api.identityStoreId, UserId };
    const found = await askAws("identitystore:DescribeUser", () => api.send(new DescribeUserCommand(input))).catch(
      gone,
    );
    return typeof found === "string" ? found : standingOf(found);
  },
};

export function standingOf({
  UserStatus,
}: Pick<DescribeUserResponse, "UserStatus">): "active" | "suspended" | "unknown" {
  if (UserStatus === "ENABLED") return "active";
  return UserStatus === "DISABLED" ? "suspended" : "unknown"; // a store that does not say vouches for nobody
}

/** It says what it did not find. Only a missing user is somebody who may have left; a missing store is our own mistake. */
function gone(error: unknown): PersonState {
  const { name, ResourceType } = error as { name?: string; ResourceType?: string };
  if (name !== "ResourceNotFoundException") throw error;
  if (ResourceType === "IDENTITY_STORE")
    throw badInput("there is no such identity store", { where: "identityStoreId" });
  return ResourceType === "USER" ? "gone" : "unknown";
}

function read(api: Api, handle: Handle) {
  const { success, data } = UserHandle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an Identity Center user", { where: "handle" });
  if (data.identityStoreId !== api.identityStoreId)
    throw badInput("the user is of another identity store than this connector", { where: "handle.identityStoreId" });
  return data;
}
