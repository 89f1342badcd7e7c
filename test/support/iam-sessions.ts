import type { Action } from "@leasehold/core/connector";
import { actions } from "../../packages/connectors/src/aws-iam/actions.ts";
import type { Api } from "../../packages/connectors/src/aws-iam/api.ts";
import { roleSessionsOf, userSessionsOf } from "../../packages/connectors/src/aws-iam/handles.ts";
import { aRole, empty, MADE, ROLE_ID, type World } from "../../packages/connectors/src/aws-iam/simulated-account.ts";
import { userIdOf } from "../../packages/connectors/src/aws-iam/simulated-calls.ts";
import { simulatorOf, startedFrom } from "./connectors.ts";

export const endingOf = (credential: string) =>
  actions.find((one) => one.verb === "end-sessions" && one.credential === credential) as Action<Api>;
const simulator = await simulatorOf("aws-iam");
export const ACCOUNT = empty.account;
export const WHO = "ada@example.com";

export const USER = {
  credential: userSessionsOf(userIdOf("agent-7")),
  handle: { account: ACCOUNT, userName: "agent-7", userId: userIdOf("agent-7") },
};
export const roleTarget = (roleName: string, roleId = ROLE_ID) => ({
  credential: roleSessionsOf(roleId, WHO),
  handle: { account: ACCOUNT, roleName, roleId, sourceIdentity: WHO },
});
/** An account with one user, whose key is off, and one role; changed as the case says. */
export function account(over: (world: World) => void = () => {}) {
  const world: World = structuredClone({ ...empty, contain: true as const, roles: [aRole("shared")] });
  world.users = [{ userName: "agent-7", createdAt: MADE, tags: {}, groups: [], attached: [], inline: {}, keys: [] }];
  over(world);
  const { live, calls, world: now } = startedFrom(simulator, world);
  return { api: live.api as Api, calls, now: now as () => World };
}
export const key = (status: "Active" | "Inactive") => ({
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  status,
  createdAt: MADE,
  lastUsed: null,
});
export const first = ({ users: [user] }: World) => user as NonNullable<typeof user>;
