import { generateKeyPairSync } from "node:crypto";
import { type GroupSize, groupSizes } from "@leasehold/app/groups";
import { badInput, denied, type Fault, unavailable } from "@leasehold/core/kernel";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Call } from "../../command/index.ts";
import { estate } from "../../trial/index.ts";
import { configCheck } from "./config-check.ts";
import { readings } from "./groups.ts";

const GROUP = { connector: "okta", group: "00g1" } as const;
const size = (read: GroupSize["read"], where = "security.0"): GroupSize => ({ ...GROUP, where, read });
const wrong = (message: string, facts: Fault["facts"] = {}) => ({ not: badInput(message, facts) });

it("asks each group of its own directory, by its place in the file", async () => {
  const asked: string[] = [];
  const members = async (group: string) => {
    asked.push(group);
    if (group === "00g2") throw badInput("Okta knows no group of this id");
    return ["acc_a", "acc_b"] as const;
  };
  const provider = (id: string) =>
    id === "okta" ? { person: undefined, groups: { members, has: async () => true } } : undefined;
  const config = {
    security: ["sam@example.com", GROUP],
    operators: [
      { ...GROUP, group: "00g2" },
      { ...GROUP, connector: "slack" },
    ],
  };
  const sizes = await groupSizes({ estate: { provider } }, config);
  expect(sizes).toMatchObject([
    { where: "security.1", read: { people: 2 } },
    { where: "operators.0", read: { not: { message: "Okta knows no group of this id" } } },
    { where: "operators.1", read: { not: { message: "no groups are read of this connector" } } },
  ]);
  expect(asked).toEqual(["00g1", "00g2"]);
});

it.each<[string, readonly GroupSize[], object]>([
  ["nobody is in it", [size({ people: 0 })], { name: "BadInput", facts: { where: "security.0" } }],
  [
    "it is not there",
    [size(wrong("Okta knows no group of this id"), "operators.2")],
    { facts: { where: "operators.2" } },
  ],
  [
    "a right is missing",
    [size({ not: denied("okta", "okta.groups.read") })],
    { message: expect.stringContaining("grant okta.groups.read") },
  ],
  [
    "of several each is named",
    [size({ people: 0 }), size({ people: 0 }, "operators.0")],
    { facts: { where: "security.0, operators.0" } },
  ],
  [
    "the directory does not answer",
    [size({ not: unavailable("okta") })],
    { name: "Unavailable", facts: expect.objectContaining({ where: "security.0" }) },
  ],
])("is an error where %s", (_title, sizes, error) => {
  expect(() => readings(sizes)).toThrow(expect.objectContaining(error));
});

it.each<[string, GroupSize["read"], object]>([
  ["it was read", { people: 3 }, { people: 3 }],
  [
    "this machine has no secret for it",
    wrong("a secret", { variable: "LEASEHOLD_SECRET_X" }),
    { unread: "the variable LEASEHOLD_SECRET_X" },
  ],
  [
    "this machine has no profile for it",
    wrong("no", { profile: "prod" }),
    { unread: "credentials for the AWS profile prod" },
  ],
])("is none where %s", (_title, read, said) => {
  expect(readings([size(read)])).toEqual([{ ...GROUP, where: "security.0", ...said }]);
});

describe("config check", () => {
  afterEach(() => void vi.unstubAllGlobals());

  const CONFIG = {
    fallback: { email: "fay@example.com" },
    connectors: {
      okta: {
        settings: { org: "https://example.okta.com", clientId: "0oa1example", keyName: "okta.key", keyId: "k1" },
      },
    },
    security: GROUP,
  };
  const key = () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return String(privateKey.export({ type: "pkcs8", format: "pem" }));
  };
  async function check(members: number | undefined, env: NodeJS.ProcessEnv) {
    const place = estate();
    const config = place.write("given.mjs", `export default ${JSON.stringify(CONFIG)};\n`);
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string | URL) => {
      asked.push(new URL(url).pathname);
      if (String(url).includes("/token"))
        return Response.json({ access_token: "t", expires_in: 3600, token_type: "Bearer", scope: "okta.groups.read" });
      if (members === undefined) return Response.json({ errorCode: "E0000007" }, { status: 404 });
      return Response.json(Array.from({ length: members }, (_, n) => ({ id: `00u${n}` })));
    });
    const call = { args: [config], flags: {}, io: { cwd: place.home, env } } as unknown as Call;
    const report = await configCheck.run(call).catch((error: unknown) => error as Fault);
    place.close();
    return { report, asked };
  }

  it.each([
    [0, { name: "BadInput", facts: { where: "security.0" }, message: expect.stringContaining("nobody is in it") }],
    [undefined, { name: "BadInput", message: expect.stringContaining("Okta knows no group of this id") }],
    [2, { text: ["It is valid, with 1 connector.", "security.0: group 00g1 of okta: 2 people in it, read just now"] }],
    [1, { text: expect.arrayContaining([expect.stringContaining("fewer than two people")]) }],
  ])("with %s in the group, read of Okta", async (members, said) => {
    const { report, asked } = await check(members, { LEASEHOLD_SECRET_OKTA_KEY: key() });
    expect(report).toMatchObject(said);
    expect(asked).toContain("/api/v1/groups/00g1/users");
  });

  it("asks nothing where the secret is not given, and says so", async () => {
    const { report, asked } = await check(2, {});
    expect(asked).toEqual([]);
    expect(report).toMatchObject({
      text: [expect.any(String), expect.stringContaining("the variable LEASEHOLD_SECRET_OKTA_KEY")],
    });
  });
});
