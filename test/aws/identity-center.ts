import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  IdentitystoreClient,
} from "@aws-sdk/client-identitystore";
import { connectors } from "@leasehold/connectors";
import type { Handle, Lister, People } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import type { World } from "../../packages/connectors/src/aws-identity-center/simulator.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { apart, plain, signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { everything } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { recording } from "./recorder.ts";

interface Api {
  readonly account: string;
  readonly identityStoreId: string;
  readonly access?: unknown;
  send(command: never): Promise<unknown>;
}

const region = "eu-west-1";
export const identityStoreId = "d-1234567890";
const client = new IdentitystoreClient({ ...own, region });

export function identityCenter(): void {
  describe("Identity Center", () => {
    it("is read on moto as it is on the simulator: the list, one person, who is in a group", async () => {
      await reset();
      const world = await made();
      const { lists, people } = (await connectors["aws-identity-center"]()) as unknown as {
        readonly lists: Lister<Api>;
        readonly people: People<Api>;
      };
      const { live } = startedFrom(await simulatorOf("aws-identity-center"), world);
      const simulated = live.api as Api;
      const real = await connected<Api>("aws-identity-center", { identityStoreId, region });
      const actual = { ...real, send: recording(real.send, [], "identitystore") };

      unknown(signalsApart(await everything(lists, simulated), await everything(lists, actual)));
      const read = (api: Api) => reads(people, api, world);
      unknown(apart("reads", plain(await read(simulated), new Map()), plain(await read(actual), new Map())));
      expect((await read(actual)).members).toHaveLength(3);
    });
  });
}

/** Each read, by what was asked; a fault is an answer. */
async function reads({ read, groups }: People<Api>, api: Api, { users, groups: [group] = [] }: World) {
  const handle = (userId: string): Handle => ({ account: ACCOUNT, identityStoreId, userId });
  const NOBODY = "00000000-0000-4000-8000-000000000000";
  const said = (of: Promise<unknown>) => of.catch(({ name, message }: Error) => ({ name, message }));
  const named = [...users.map(({ userId }) => userId), NOBODY];
  return {
    standing: await Promise.all(named.map((id) => said(read(api, handle(id))))),
    member: await Promise.all(
      named.map((id) => said(groups?.has(api, group?.groupId ?? "", handle(id)) as Promise<unknown>)),
    ),
    members: await groups?.members(api, group?.groupId ?? ""),
    noGroup: await said(groups?.members(api, NOBODY) as Promise<unknown>),
  };
}

export async function made(): Promise<World> {
  const users: World["users"] = [];
  for (const name of ["ada", "grace", "sue", "joan"]) {
    const email = `${name}@example.com`;
    const { UserId = "" } = await client.send(
      new CreateUserCommand({
        ...{ IdentityStoreId: identityStoreId, UserName: email, DisplayName: name },
        ...{
          Name: { GivenName: name, FamilyName: "Example" },
          Emails: [{ Value: email, Type: "work", Primary: true }],
        },
      }),
    );
    users.push({
      ...{ userId: UserId, userName: email, displayName: name, email, status: "ENABLED", externalIds: [] },
      ...{ createdAt: "2026-01-05T08:00:00.000Z", updatedAt: null },
    });
  }
  const { GroupId = "" } = await client.send(
    new CreateGroupCommand({ IdentityStoreId: identityStoreId, DisplayName: "Security" }),
  );
  const members = users.slice(0, 3).map(({ userId }) => userId);
  for (const UserId of members)
    await client.send(
      new CreateGroupMembershipCommand({ IdentityStoreId: identityStoreId, GroupId, MemberId: { UserId } }),
    );
  return { account: ACCOUNT, identityStoreId, users, groups: [{ groupId: GroupId, name: "Security", members }] };
}
