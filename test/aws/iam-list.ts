import { connectors } from "@leasehold/connectors";
import { accessKey } from "@leasehold/connectors/kit";
import type { Lister } from "@leasehold/core/connector";
import { beforeAll, describe, expect, it } from "vitest";
import { sample, type World } from "../../packages/connectors/src/aws-iam/simulated-account.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { apart, plain, signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { type Account, make } from "./iam-account.ts";
import { everything, nothingForUnanswered } from "./listed.ts";
import { connected, reset } from "./moto.ts";
import { type Call, recording } from "./recorder.ts";

interface Api {
  readonly account: string;
  send(command: never): Promise<unknown>;
}

/** The simulator's own sample, but for what nobody can make at will: a last use, a service-specific credential. */
const world: World = {
  ...sample,
  users: sample.users.map(({ services: _, password, ...user }) => ({
    ...user,
    ...(password && { password: { ...password, lastUsed: null } }),
    keys: user.keys.map((key) => ({ ...key, lastUsed: null })),
  })),
  roles: (sample.roles ?? []).map((role) => ({ ...role, lastUsed: null })),
};
const ids = [
  ...world.users.flatMap((user) => [
    ...user.keys.map((key) => key.accessKeyId),
    ...[...(user.certificates ?? []), ...(user.sshKeys ?? [])].map(({ id }) => id),
  ]),
  ...(world.roles ?? []).map(({ roleId }) => roleId),
];

const account: Account = {
  policies: [...Object.entries(world.policies ?? {}).map(([arn, document]) => ({ arn, document })), ...boundaries()],
  groups: Object.entries(world.groups).map(([name, group]) => ({ name, ...group })),
  users: world.users.map(({ userName, keys, password, ...user }) => ({
    ...user,
    ...{
      name: userName,
      keys: keys.map(({ accessKeyId: id, status }) => ({ id, status })),
      password: password !== undefined,
    },
  })),
  roles: (world.roles ?? []).map(({ roleName, roleId, ...role }) => ({ ...role, name: roleName, id: roleId })),
};

/** A boundary has to be there before it can be set. */
function boundaries() {
  const all = [...world.users, ...(world.roles ?? [])].flatMap(({ boundary }) =>
    boundary === undefined ? [] : [boundary],
  );
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  return all.map((arn) => ({ arn, document }));
}

const names = new Map<string, string>();
/** moto answers in one page, the simulator in many, and a report is a file; the signals above are what both of them come to. */
const PAGED = new Set(["GetAccountAuthorizationDetails", "ListServiceSpecificCredentials", "GetCredentialReport"]);

export function iamList(): void {
  describe("the list of IAM", () => {
    beforeAll(async () => {
      await reset();
      const became = await make(account);
      for (const [at, id] of ids.entries())
        for (const one of [id, became.get(id) ?? "?"]) {
          names.set(one, `<id ${at}>`);
          names.set(accessKey(one), `<credential ${at}>`);
        }
    });

    it("says of moto's account what it says of the simulator's, field by field", async () => {
      const lister = (await connectors["aws-iam"]()).lists as Lister<Api>;
      const calls = { here: [] as Call[], there: [] as Call[] };
      const { live } = startedFrom(await simulatorOf("aws-iam"), world);
      const { account: id, send: simulated } = live.api as Api;
      const here = await everything(lister, { account: id, send: recording(simulated, calls.here) });
      const actual = await connected<Api>("aws-iam", {});
      const send = nothingForUnanswered("iam", recording(actual.send, calls.there, "iam"));
      const there = await everything(lister, { ...actual, send });

      expect(there.every(({ whole }) => whole)).toBe(true);
      unknown(signalsApart(here, there, names));
      const [first, second] = [calls.here, calls.there].map(answers) as [Answers, Answers];
      unknown(Object.entries(first).flatMap(([asked, call]) => apart(asked, call, second[asked])));
    });
  });
}

type Answers = Readonly<Record<string, unknown>>;

function answers(calls: readonly Call[]): Answers {
  const told = calls.filter(({ verb }) => !PAGED.has(verb)).map((call) => plain(call, names) as Call);
  return Object.fromEntries(told.map((call) => [`${call.verb} ${JSON.stringify(call.input)}`, call]));
}
