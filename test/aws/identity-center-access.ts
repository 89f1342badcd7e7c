import {
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { connectors } from "@leasehold/connectors";
import type { Action, Lister, Target } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import type { Api } from "../../packages/connectors/src/aws-identity-center/api.ts";
import {
  assignmentHandle,
  assignmentId,
  sessionsHandle,
  sessionsId,
} from "../../packages/connectors/src/aws-identity-center/handles.ts";
import { isChange } from "../../packages/connectors/src/aws-identity-center/removal.ts";
import { changesSet } from "../../packages/connectors/src/aws-identity-center/sessions/index.ts";
import type { World } from "../../packages/connectors/src/aws-identity-center/simulator.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { apart, plain, signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { identityStoreId, made } from "./identity-center.ts";
import { ladder } from "./ladder.ts";
import { everything, nothingForUnanswered } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { asked, recording } from "./recorder.ts";

const region = "eu-west-1";
const admin = new SSOAdminClient({ ...own, region });
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Who is let into which account: the list, and a user's own assignment taken off and put back. */
export function identityCenterAccess(): void {
  describe("Identity Center's assignments", () => {
    it("are listed on moto as they are on the simulator", async () => {
      const { simulated, actual, names } = await both();
      const { lists } = (await connectors["aws-identity-center"]()) as unknown as { readonly lists: Lister<Api> };
      const pages = await everything(lists, actual);
      unknown(signalsApart(await everything(lists, simulated), pages, names));
      const kinds = pages.flatMap(({ signals }) => signals.map(({ kind }) => kind));
      expect(kinds.filter((kind) => kind === "credential.seen")).toHaveLength(1); // the group's is nobody's
      expect(kinds.filter((kind) => kind === "identity.seen")).toHaveLength(1);
    });

    it("are taken off and put back, step by step, as on the simulator", async () => {
      const { simulated, actual, names, target, forget, set, instance } = await both();
      const { acts } = (await connectors["aws-identity-center"]()) as unknown as {
        readonly acts: readonly [Action<Api>];
      };
      const here = await ladder(acts[0], { api: simulated, target, put: forget });
      const gone = { InstanceArn: instance, PermissionSetArn: set };
      const there = await ladder(acts[0], {
        ...{ api: actual, target },
        put: async () => void (await admin.send(new DeletePermissionSetCommand(gone))),
      });
      unknown(apart("assignment", plain(here, names), plain(there, names)));
      expect(here).toHaveLength(14);
      for (const done of ["Creation", "Deletion"])
        expect(asked()).toContain(`sso:DescribeAccountAssignment${done}Status`);
    });

    it("and what was opened with them is ended and let live again, step by step, as on the simulator", async () => {
      const { simulated, actual, names, target, forget, set, instance } = await both({ contain: true });
      const { acts } = (await connectors["aws-identity-center"]()) as unknown as {
        readonly acts: readonly [Action<Api>, Action<Api>];
      };
      const here = await ladder(acts[1], { api: simulated, target, put: forget });
      const gone = { InstanceArn: instance, PermissionSetArn: set };
      const there = await ladder(acts[1], {
        ...{ api: actual, target },
        put: async () => void (await admin.send(new DeletePermissionSetCommand(gone))),
      });
      unknown(apart("sessions", plain(here, names), plain(there, names)));
      expect(here).toHaveLength(14);
    });
  });
}

/** One user and a group that they are not in, let into one account: on moto, and the same on the simulator. */
async function both({ contain }: { readonly contain?: true } = {}) {
  await reset();
  const { Instances = [] } = await admin.send(new ListInstancesCommand({}));
  const instance = Instances[0]?.InstanceArn ?? "";
  const world = await made();
  const user = world.users[3]?.userId ?? "";
  const group = world.groups?.[0]?.groupId ?? "";
  const { PermissionSet } = await admin.send(
    new CreatePermissionSetCommand({ InstanceArn: instance, Name: "AgentOperators", SessionDuration: "PT8H" }),
  );
  const set = PermissionSet?.PermissionSetArn ?? "";
  const of = { InstanceArn: instance, PermissionSetArn: set };
  await admin.send(new AttachManagedPolicyToPermissionSetCommand({ ...of, ManagedPolicyArn: ADMINISTRATOR }));
  for (const [PrincipalType, PrincipalId] of [["USER", user] as const, ["GROUP", group] as const])
    await admin.send(
      new CreateAccountAssignmentCommand({
        ...{ ...of, TargetId: ACCOUNT, TargetType: "AWS_ACCOUNT" },
        ...{ PrincipalType, PrincipalId },
      }),
    );
  await admin.send(new ProvisionPermissionSetCommand({ ...of, TargetType: "AWS_ACCOUNT", TargetId: ACCOUNT })); // AWS does so itself
  const createdAt = "2026-01-05T08:00:00.000Z";
  const known: World = {
    ...{ ...world, instance, ...(contain && { contain }) },
    sets: [{ arn: set, name: "AgentOperators", policies: ["AdministratorAccess"], tags: {}, createdAt }],
    assignments: [
      { set, target: ACCOUNT, type: "USER", principal: user },
      { set, target: ACCOUNT, type: "GROUP", principal: group },
    ],
  };
  const started = startedFrom(await simulatorOf("aws-identity-center"), known);
  const one = { permissionSet: set, target: ACCOUNT, userId: user };
  const target: Target = contain
    ? { credential: sessionsId(one), handle: sessionsHandle(ACCOUNT, identityStoreId, one) }
    : { credential: assignmentId(one), handle: assignmentHandle(ACCOUNT, identityStoreId, one) };
  return {
    ...{ simulated: started.live.api as Api, actual: await onMoto(instance, contain), target, set, instance },
    names: new Map([[set, "<permission set>"]]),
    forget: () => void Object.assign(started.world() as World, { sets: [], assignments: [] }),
  };
}

async function onMoto(instance: string, contain: true | undefined): Promise<Api> {
  const real = await connected<Api>("aws-identity-center", { identityStoreId, region, instance, contain });
  const recorded = nothingForUnanswered("sso", recording(real.access?.send as never, [], "sso"));
  const answered = behindUntilProvisioned(beforeItIsDone(recorded));
  return {
    ...real,
    send: recording(real.send as never, [], "identitystore") as Api["send"],
    access: { instance, send: answered as NonNullable<Api["access"]>["send"] },
  };
}

/** AWS answers that the request is under way, and moto that it is done: so the connector asks moto what came of it. */
function beforeItIsDone(send: (command: never) => Promise<unknown>) {
  return async (command: never): Promise<unknown> => {
    const said = (await send(command)) as Readonly<Record<string, unknown>>;
    if (!isChange(command)) return said;
    const under = (value: unknown) => (isStatus(value) ? { ...value, Status: "IN_PROGRESS" } : value);
    return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, under(value)]));
  };
}

/** AWS tells in which accounts a permission set is as it was before its last change; moto lists all of them, whatever is asked. */
function behindUntilProvisioned(send: (command: never) => Promise<unknown>) {
  let isBehind = false;
  return async (command: never): Promise<unknown> => {
    const said = (await send(command)) as object;
    const one: unknown = command;
    if (changesSet(one)) isBehind = !(one instanceof ProvisionPermissionSetCommand);
    const asksStatus =
      one instanceof ListAccountsForProvisionedPermissionSetCommand && one.input.ProvisioningStatus !== undefined;
    return asksStatus && !isBehind ? { ...said, AccountIds: [] } : said;
  };
}

const isStatus = (value: unknown): value is object => typeof value === "object" && value !== null && "Status" in value;
