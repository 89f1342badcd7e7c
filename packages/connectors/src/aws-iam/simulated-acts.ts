import { type Handle, leftOn, type State } from "@leasehold/core/connector";
import { type CredentialId, Instant } from "@leasehold/core/kernel";
import { accessKey, iamUserArn, type Simulated, type Simulator, sayAws, verbOf } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { type Ended, endedWith, LIVE, OTHERS, PASSWORD, writtenIn } from "./ended.ts";
import {
  ACCESS_KEY,
  ENDED_POLICY,
  LOGIN_PROFILE,
  loginProfile,
  ROLE,
  ROLE_SESSIONS,
  roleSessionsOf,
  SERVICE_SPECIFIC,
  SIGNING_CERTIFICATE,
  SSH_KEY,
  serviceHandle,
  USER_SESSIONS,
  userSessionsOf,
} from "./handles.ts";
import { roleSessions } from "./role-sessions.ts";
import {
  aKey,
  CERTIFICATE,
  empty,
  KEY,
  MADE,
  QUARANTINE,
  ROLE_ID,
  SERVICE,
  SSH,
  type User,
  type World,
} from "./simulated-account.ts";
import { make, newRole, newUser } from "./simulated-beliefs.ts";
import { answer, userIdOf } from "./simulated-calls.ts";
import { userSessions } from "./user-sessions.ts";

const USER = "agent-7";
const of = (more: Handle = {}): Handle => ({ account: empty.account, userName: USER, ...more });

/** One credential in an account, for the laws: what it is called, how it is put into a state, and how it stands. */
interface One {
  readonly credential: CredentialId;
  readonly handle: Handle;
  readonly states: readonly State[];
  put(world: World, state: NonNullable<State>): void;
  gone?(world: World): void; // where it is gone with its holder only
  state(world: World): State;
}

type Switch = { status: "Active" | "Inactive" | "Expired" };

/** What has a status of its own. */
const switched = (type: string, id: string, handle: Handle, read: (owner: User) => Switch | undefined): One => ({
  ...{ credential: accessKey(id), handle },
  states: [{ status: "Active" }, { status: "Inactive" }, { status: "Expired" }, undefined],
  put: (world, state) => {
    const owner = newUser(world, USER, MADE);
    make(owner, type, handle, MADE);
    Object.assign(read(owner) ?? {}, { status: state["status"] });
  },
  state: ({ users }) => {
    const one = users[0] && read(users[0]);
    return one && { status: one.status };
  },
});

const fenced = (of: { attached: string[] } | undefined) =>
  of?.attached.includes(QUARANTINE) ? "Quarantined" : "Active";
const attached = (state: NonNullable<State>) => (state["status"] === "Quarantined" ? [QUARANTINE] : []);

const password: One = {
  ...{ credential: loginProfile(iamUserArn(empty.account, USER)), handle: of() },
  states: [{ status: "Active", since: MADE }, { status: "Quarantined", since: MADE }, undefined],
  put: (world, state) => {
    const owner = newUser(world, USER, MADE);
    Object.assign(owner, { attached: attached(state), password: { createdAt: state["since"], lastUsed: null } });
  },
  state: ({ users: [owner] }) => owner?.password && { status: fenced(owner), since: owner.password.createdAt },
};

const roleOf: One = {
  ...{ credential: accessKey(ROLE_ID), handle: { account: empty.account, roleName: "agent-runtime", roleId: ROLE_ID } },
  states: [{ status: "Active" }, { status: "Quarantined" }, undefined],
  put: (world, state) => {
    newRole(world, roleOf.handle, MADE);
    Object.assign(world.roles?.[0] ?? {}, { attached: attached(state) });
  },
  state: ({ roles: [role] = [] }) => role && { status: fenced(role) },
};

/** Later than whatever is made for the laws, wherever they run: nothing was opened since. */
export const ENDED_AT = Instant.parse("2099-01-05T08:00:00.000Z");

/** As we write it, or as somebody else does. */
const inlineOf = (of: Ended, handle: Handle, state: NonNullable<State>, name: string): User["inline"] => {
  if (state["sessions"] === "Live") return {};
  const ours = of.policy(
    { credential: "crd_simulated", handle },
    ENDED_AT,
    leftOn(state) === undefined ? undefined : PASSWORD,
  );
  return { [name]: state["sessions"] === "Ended" ? ours : { ...ours, Id: "another" } };
};
function sessionsIn(of: Ended, handle: Handle, inline: object | undefined): State {
  if (inline === undefined) return LIVE;
  const written = writtenIn(of, { credential: "crd_simulated", handle }, JSON.stringify(inline));
  return written ? endedWith(written.left) : OTHERS;
}
const SESSIONS: readonly State[] = [...[LIVE, endedWith(undefined), OTHERS, undefined]];

const USER_HANDLE = of({ userId: userIdOf(USER) });
const opened: One = {
  ...{ credential: userSessionsOf(userIdOf(USER)), handle: USER_HANDLE },
  states: [...SESSIONS, endedWith(PASSWORD)],
  put: (world, state) =>
    void Object.assign(newUser(world, USER, MADE), {
      keys: [aKey(KEY, { status: "Inactive" })],
      inline: inlineOf(userSessions, USER_HANDLE, state, ENDED_POLICY),
      ...(leftOn(state) !== undefined && { password: { createdAt: MADE, lastUsed: null } }),
    }),
  gone: (world) => void Object.assign(world, { users: [] }),
  state: ({ users: [owner] }) => owner && sessionsIn(userSessions, USER_HANDLE, owner.inline[ENDED_POLICY]),
};

const WHO = "ada@example.com";
const ROLE_HANDLE = { ...roleOf.handle, sourceIdentity: WHO };
const onRole: One = {
  ...{ credential: roleSessionsOf(ROLE_ID, WHO), handle: ROLE_HANDLE, states: SESSIONS },
  put: (world, state) => {
    newRole(world, roleOf.handle, MADE);
    Object.assign(world.roles?.[0] ?? {}, {
      inline: inlineOf(roleSessions, ROLE_HANDLE, state, `${ENDED_POLICY}-of-${WHO}`),
    });
  },
  state: ({ roles: [role] = [] }) =>
    role && sessionsIn(roleSessions, ROLE_HANDLE, role.inline[`${ENDED_POLICY}-of-${WHO}`]),
};

function start(one: One, from: State): Simulated<Api> {
  const world = withOne(one, from);
  const self: Simulated<Api> = {
    api: {
      send: send as Api["send"],
      account: world.account,
      quarantine: QUARANTINE,
      contain: { now: () => ENDED_AT },
    },
    ...{ target: { credential: one.credential, handle: one.handle }, calls: [], mood: "willing" },
    state: () => one.state(world),
    put: (state) => void Object.assign(world, withOne(one, state)),
  };
  async function send(command: unknown) {
    self.calls.push(`iam:${verbOf(command)}`);
    sayAws(self.mood);
    return answer(world, command).said;
  }
  return self;
}

function withOne(one: One, state: State): World {
  const world: World = { ...structuredClone(empty), roles: [] };
  newUser(world, USER, MADE);
  if (state) one.put(world, state);
  else one.gone?.(world);
  return world;
}

const SERVICE_HANDLE = serviceHandle(empty.account, USER, SERVICE, "bedrock.amazonaws.com");
const ALL: Readonly<Record<string, One>> = {
  [ACCESS_KEY]: switched(ACCESS_KEY, KEY, of({ accessKeyId: KEY }), ({ keys }) => keys[0]),
  [SERVICE_SPECIFIC]: switched(SERVICE_SPECIFIC, SERVICE, SERVICE_HANDLE, ({ services }) => services?.[0]),
  [SIGNING_CERTIFICATE]: switched(
    ...([SIGNING_CERTIFICATE, CERTIFICATE, of({ certificateId: CERTIFICATE })] as const),
    ({ certificates }) => certificates?.[0],
  ),
  [SSH_KEY]: switched(SSH_KEY, SSH, of({ sshPublicKeyId: SSH }), ({ sshKeys }) => sshKeys?.[0]),
  [LOGIN_PROFILE]: password,
  [ROLE]: roleOf,
  [USER_SESSIONS]: opened,
  [ROLE_SESSIONS]: onRole,
};

export const acts: NonNullable<Simulator<Api>["acts"]> = Object.fromEntries(
  Object.entries(ALL).map(([type, one]) => [type, { states: one.states, start: (from: State) => start(one, from) }]),
);
