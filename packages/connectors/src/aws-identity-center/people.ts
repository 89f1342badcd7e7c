import { DescribeUserCommand, type DescribeUserResponse } from "@aws-sdk/client-identitystore";
import type { People, PersonState } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { askAws } from "../../kit/index.ts";
import { type Api, userIn } from "./api.ts";
import { groups } from "./groups.ts";

/** Reads one user now. It has no word for departed: a directory that an identity provider fills removes whoever has left. */
export const people: People<Api> = {
  permissions: ["identitystore:DescribeUser"],
  read: async (api, handle) => {
    const UserId = userIn(api, handle).userId;
    const input = { IdentityStoreId: api.identityStoreId, UserId };
    const found = await askAws("identitystore:DescribeUser", () => api.send(new DescribeUserCommand(input))).catch(
      gone,
    );
    return typeof found === "string" ? found : standingOf(found);
  },
  groups,
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
