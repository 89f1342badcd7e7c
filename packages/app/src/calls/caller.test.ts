import { Fault } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { hours, oktaUser, seenUser } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import { readConfig } from "../config/index.ts";
import { callerOf, mayCall } from "./caller.ts";

const OURS = "111122223333";
const THEIRS = "444455556666";
const SET = "AWSReservedSSO_Operators_0123456789abcdef";
const session = (name: string, role = SET, account = OURS) => `arn:aws:sts::${account}:assumed-role/${role}/${name}`;
const user = (name: string, account = OURS) => `arn:aws:iam::${account}:user/${name}`;
const role = (name: string, account = OURS) => `arn:aws:iam::${account}:role/${name}`;

async function stage(callers: Readonly<Record<string, string>> = {}, region = "eu-central-1") {
  const one = await story();
  const { config } = one.world;
  const aws = { account: OURS, region, callers };
  const read = readConfig({ fallback: config.fallback, aws });
  one.configure({ aws: read.aws, security: ["sam@example.com"], operators: ["grace@example.com"] });
  return one;
}
const whoIs = async (identity: string | undefined, callers: Readonly<Record<string, string>> = {}, region?: string) => {
  const known = await callerOf((await stage(callers, region)).world, identity);
  return "caller" in known ? known.caller.account : known.refused;
};

describe("the session of a permission set is its user", () => {
  it.each(["grace@example.com", "Grace@Example.COM"])("%s", async (name) => {
    expect(await whoIs(session(name))).toBe(oktaUser("grace"));
  });

  it("carries who it is, by every account of theirs, and the ARN that signed", async () => {
    const { world } = await stage();
    const identity = session("sam@example.com");
    expect(await callerOf(world, identity)).toEqual({
      caller: {
        ...{
          as: "person",
          identity,
          email: "sam@example.com",
          account: oktaUser("sam"),
          security: true,
          operator: false,
        },
        person: expect.stringMatching(/^per_/),
      },
    });
  });

  it.each([
    ["nobody whom a directory knows", session("mallory@example.com")],
    ["an address with a suffix, which is another one", session("grace+x@example.com")],
    ["a name that is no address", session("grace")],
    ["an address that may have been cut", session(`${"g".repeat(52)}@example.com`)],
    ["a trailing part", `${session("grace@example.com")}/x`],
    ["a part before", `x${session("grace@example.com")}`],
    ["a second line", `${session("grace@example.com")}\n${session("sam@example.com")}`],
    ["another account", session("grace@example.com", SET, THEIRS)],
    ["another cloud", session("grace@example.com").replace("arn:aws:", "arn:aws-cn:")],
    ["another kind of session", `arn:aws:sts::${OURS}:federated-user/grace@example.com`],
    ["root", `arn:aws:iam::${OURS}:root`],
    ["the account itself", OURS],
    ["nothing", ""],
    ["no identity", undefined],
  ])("and never %s", async (_title, identity) => {
    expect(await whoIs(identity)).toBe("nobody");
  });

  it.each([
    ["no suffix", "AWSReservedSSO_evil"],
    ["a short suffix", "AWSReservedSSO_evil_0123456789abcde"],
    ["a long suffix", "AWSReservedSSO_evil_0123456789abcdef0"],
    ["a suffix in upper case", "AWSReservedSSO_evil_0123456789ABCDEF"],
    ["no name", "AWSReservedSSO_0123456789abcdef"],
    ["another case", "awsreservedsso_Operators_0123456789abcdef"],
    ["something before", "xAWSReservedSSO_Operators_0123456789abcdef"],
    ["another word", "AWSReservedSSO-Operators_0123456789abcdef"],
    ["none of it", "deploy"],
  ])("but not that of a role that has %s", async (_title, name) => {
    expect(await whoIs(session("grace@example.com", name))).toBe("nobody");
  });

  it("is nobody where the name may have been cut, though what is left of it is somebody's address", async () => {
    const one = await stage();
    const [long, short] = ["g".repeat(52), "g".repeat(51)].map((name) => `${name}@example.com`);
    await one.hear(seenUser("cut", { email: long }, hours(-9)), seenUser("whole", { email: short }, hours(-9)));
    expect(await callerOf(one.world, session(long!))).toEqual({ refused: "nobody" });
    expect(await callerOf(one.world, session(short!))).toMatchObject({ caller: { account: oktaUser("whole") } });
  });

  it("in a cloud of its own, by that cloud's ARN", async () => {
    const china = session("grace@example.com").replace("arn:aws:", "arn:aws-cn:");
    expect(await whoIs(china, {}, "cn-north-1")).toBe(oktaUser("grace"));
    expect(await whoIs(session("grace@example.com"), {}, "cn-north-1")).toBe("nobody");
    expect(await whoIs(session("grace@example.com"), {}, "us-gov-west-1")).toBe("nobody");
  });
});

describe("what the configuration says of an identity", () => {
  it.each<[title: string, identity: string, callers: Readonly<Record<string, string>>, is: string]>([
    ["a user, by its very ARN", user("people/grace"), { [user("people/grace")]: "grace@example.com" }, "grace"],
    ["not a user of another path", user("grace"), { [user("people/grace")]: "grace@example.com" }, "nobody"],
    ["not a user whose name goes on", user("grace2"), { [user("grace")]: "grace@example.com" }, "nobody"],
    ["not a user who is not named, though called so", user("grace@example.com"), {}, "nobody"],
    [
      "not a user of another account",
      user("grace", THEIRS),
      { [user("grace", THEIRS)]: "grace@example.com" },
      "nobody",
    ],
    ["a role as a whole, whoever assumed it", session("x1", "ops"), { [role("ops")]: "grace@example.com" }, "grace"],
    ["a role with a path", session("x1", "ops"), { [role("team/ops")]: "grace@example.com" }, "grace"],
    ["not a role whose name goes on", session("x1", "ops2"), { [role("ops")]: "grace@example.com" }, "nobody"],
    ["not a role in another case", session("x1", "Ops"), { [role("ops")]: "grace@example.com" }, "nobody"],
    ["not a role of another account", session("x1", "ops"), { [role("ops", THEIRS)]: "grace@example.com" }, "nobody"],
    [
      "not a role that is said to be two people",
      session("x1", "ops"),
      { [role("ops")]: "grace@example.com", [role("team/ops")]: "sam@example.com" },
      "nobody",
    ],
    [
      "not a session of a role, whose name was chosen",
      session("grace", "ops"),
      { [session("grace", "ops")]: "grace@example.com" },
      "nobody",
    ],
    [
      "a session of a permission set, which AWS named",
      session("gracehill"),
      { [session("gracehill")]: "grace@example.com" },
      "grace",
    ],
    ["not a permission set as a whole", session("x1"), { [role(SET)]: "grace@example.com" }, "nobody"],
    [
      "not root, even where it is named",
      `arn:aws:iam::${OURS}:root`,
      { [`arn:aws:iam::${OURS}:root`]: "grace@example.com" },
      "nobody",
    ],
    ["not by the name of what every object has", user("constructor"), {}, "nobody"],
  ])("%s", async (_title, identity, callers, is) => {
    expect(await whoIs(identity, callers)).toBe(is === "nobody" ? is : oktaUser(is));
  });

  it("is nothing where there is no stage", async () => {
    const { world } = await story();
    expect(await callerOf(world, session("grace@example.com"))).toEqual({ refused: "nobody" });
  });
});

describe("how they stand, read now", () => {
  it.each(["suspended", "departed", "on-leave", "unknown"] as const)("%s is not active", async (state) => {
    const one = await stage();
    one.estate.people.set("sam", state);
    expect(await callerOf(one.world, session("sam@example.com"))).toEqual({ refused: "not active" });
  });

  it("an address that went to somebody else is theirs", async () => {
    const one = await stage();
    await one.hear(
      seenUser("sam", { email: "sam.old@example.com" }, hours(-10)),
      seenUser("newsam", { email: "sam@example.com" }, hours(-9)),
    );
    const known = await callerOf(one.world, session("sam@example.com"));
    expect(known).toMatchObject({ caller: { account: oktaUser("newsam"), security: true } }); // the list names the address
  });

  it.each([
    new Fault("Unavailable", "down"),
    new Fault("Throttled", "slow"),
    new Fault("PermissionMissing", "no"),
    new Fault("BadInput", "odd"),
  ])("a directory that says $name is asked again later, and says no yes", async (fault) => {
    const one = await stage();
    one.estate.moods.person = () => {
      throw fault;
    };
    await expect(callerOf(one.world, session("sam@example.com"))).rejects.toMatchObject({ name: "Unavailable" });
  });

  it("what is wrong with ourselves is not called the directory's fault", async () => {
    const one = await stage();
    one.estate.moods.person = () => {
      throw new TypeError("x is not a function");
    };
    await expect(callerOf(one.world, session("sam@example.com"))).rejects.toBeInstanceOf(TypeError);
  });
});

describe("what they may", () => {
  it.each([
    ["bob", { security: false, operator: false }],
    ["grace", { security: false, operator: true }],
    ["sam", { security: true, operator: false }],
  ])("%s", async (name, may) => {
    expect(await callerOf((await stage()).world, session(`${name}@example.com`))).toMatchObject({ caller: may });
  });

  it("follows every account of theirs: the list may name another address", async () => {
    const one = await stage();
    one.configure({ aws: one.world.config.aws, security: ["bob.second@example.com"] });
    const second = { email: "bob.second@example.com", sameAs: [{ account: oktaUser("bob"), how: "external-id" }] };
    await one.hear(seenUser("bob2", second, hours(-700)));
    const known = await callerOf(one.world, session("bob@example.com"));
    expect(known).toMatchObject({ caller: { security: true, operator: false } });
  });
});

it.each([
  ["anybody", false, false, true],
  ["operators", false, false, false],
  ["operators", false, true, true],
  ["operators", true, false, true],
  ["security", false, false, false],
  ["security", false, true, false],
  ["security", true, false, true],
] as const)("what is for %s, in security: %s, operating: %s, may be asked: %s", (may, security, operator, yes) => {
  expect(mayCall(may, { security, operator })).toBe(yes);
});
