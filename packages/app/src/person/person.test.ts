import { canonical, Fault } from "@leasehold/core/kernel";
import { emailAccount, lineageOf, type Node } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byGithub,
  byUser,
  githubUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  person,
  seenOnGithub,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { owns, who } from "../question/index.ts";
import { orphans } from "../sweep/index.ts";
import { every } from "../world/index.ts";
import { personShown, type Speaking, say } from "./index.ts";

const ADA = oktaUser("ada");
const SAM = { account: oktaUser("sam"), security: true };
const OTHER = "AKIAI44QH8DHBEXAMPLE";

async function estate(...signals: readonly Signal[]): Promise<MemoryWorld> {
  const okta = { ...listed("okta", "Okta"), person: async () => "active" as const };
  const world = memoryWorld([okta]);
  world.pass(900);
  await hear(world, ...signals);
  return world;
}
const hear = (world: MemoryWorld, ...signals: readonly Signal[]) =>
  ingest(world, signals, { live: false, recordedAt: world.now });
const speak = (world: MemoryWorld, says: Speaking["says"], account: string, other: string, by = SAM) =>
  say(world, { says, account, other, because: "they told me", by });
const both = [
  seenUser("ada"),
  seenOnGithub("ada-dev"),
  issuedKey(byUser("ada"), hours(1)),
  madeIdentity("deploy", byUser("ada")),
];
const theirs = issuedKey(byGithub("ada-dev"), hours(2), OTHER, "search");

/** All that hangs on who is one person. */
async function followed(world: MemoryWorld) {
  const asked = await Promise.all(
    [ADA, githubUser("ada-dev")].map(async (one) => [await who(world, one), await owns(world, one)]),
  );
  return [asked, await who(world, accessKey()), await who(world, accessKey(OTHER)), await orphans(world)];
}

describe("a link by hand", () => {
  it("makes two accounts one person, with all that both own, and bears who said it and why", async () => {
    const world = await estate(...both, theirs);
    const told = await speak(world, "one", githubUser("ada-dev"), "ada@example.com");
    expect(told).toMatchObject({ outcome: "linked", woken: 0 });
    expect(told.account).toEqual(told.other);
    expect(told.account.accounts).toEqual([ADA, githubUser("ada-dev"), emailAccount("ada@example.com")].sort());
    const { credentials } = await owns(world, "ada@example.com");
    expect(credentials.map(({ credential }) => credential).sort()).toEqual([accessKey(), accessKey(OTHER)].sort());
    const { links } = await personShown(world, ADA);
    expect(links[0]).toMatchObject({
      ...{ on: "by hand", strength: 1, source: oktaUser("sam"), because: "they told me", follows: true },
      since: world.now,
    });
  });

  it("that is taken back restores all that followed from it, bit for bit", async () => {
    const world = await estate(...both, theirs);
    const before = canonical(await followed(world));
    await speak(world, "one", ADA, githubUser("ada-dev"));
    const linked = canonical(await followed(world));
    expect(linked).not.toBe(before);
    await speak(world, "two", ADA, githubUser("ada-dev"));
    expect(canonical(await followed(world))).toBe(before);
    await speak(world, "one", ADA, githubUser("ada-dev"));
    expect(canonical(await followed(world))).toBe(linked);
  });

  it("as an unlink does, of what a vendor says", async () => {
    const sameAs = [{ account: ADA, how: "external-id" }];
    const world = await estate(...both, theirs, seenOnGithub("ada-dev", { sameAs }, hours(3)));
    const before = canonical(await followed(world));
    await speak(world, "two", githubUser("ada-dev"), ADA);
    const apart = canonical(await followed(world));
    expect(apart).not.toBe(before);
    await hear(world, seenOnGithub("ada-dev", { sameAs }, hours(899))); // says it again
    expect(canonical(await followed(world))).toBe(apart);
    await speak(world, "one", githubUser("ada-dev"), ADA);
    expect(canonical(await followed(world))).toBe(before);
  });

  it("is in the archive: a rebuild in any order has it, with its reason", async () => {
    const world = await estate(...both, theirs);
    await speak(world, "one", ADA, githubUser("ada-dev"));
    await speak(world, "two", ADA, githubUser("ada-dev"));
    await speak(world, "one", githubUser("ada-dev"), ADA);
    const signals = (await every((cursor) => world.archive.read(cursor))).map(({ signal }) => signal);
    expect(signals.filter(({ kind }) => kind.endsWith("linked"))).toHaveLength(3);
    const live = (await Promise.all([ADA, githubUser("ada-dev")].map((one) => world.graph.node(one)))).map(
      (one) => one?.value.subject,
    );
    for (const again of [signals, signals.toReversed(), [...signals, ...signals]]) {
      const { subjects } = lineageOf(again);
      const rebuilt = [ADA, githubUser("ada-dev")].map((one) => subjects.find(({ id }) => id === one));
      expect(canonical(rebuilt)).toBe(canonical(live));
    }
  });

  it("that a crash left half said is said again, and is whole then", async () => {
    const world = await estate(...both);
    world.hook = (call, [node]) => {
      if (call === "graph.put" && (node as Node).subject.id === githubUser("ada-dev")) throw new Error("killed");
    };
    await expect(speak(world, "one", ADA, githubUser("ada-dev"))).rejects.toThrow("killed");
    expect((await personShown(world, ADA)).accounts).toHaveLength(2); // and the address
    world.hook = () => {};
    expect(await speak(world, "one", ADA, githubUser("ada-dev"))).toMatchObject({ outcome: "linked" });
    expect((await personShown(world, ADA)).accounts).toHaveLength(3);
  });

  it("counts by the order in which it was said, also within one tick", async () => {
    const world = await estate(...both);
    for (const says of ["one", "two", "one", "two"] as const) await speak(world, says, ADA, githubUser("ada-dev"));
    expect((await personShown(world, ADA)).accounts).toHaveLength(2); // and the address
    expect(await speak(world, "two", ADA, githubUser("ada-dev"))).toMatchObject({ outcome: "was said already" });
  });
});

describe("is refused, and nothing is changed", () => {
  const bea = seenUser("bea", { employeeNumber: "2" });
  const numbered = [
    seenUser("ada", { employeeNumber: "1" }),
    bea,
    seenOnGithub("ada-dev"),
    seenOnGithub("x", { email: "ada@example.com" }),
  ];
  type Row = [
    title: string,
    account: string,
    other: string,
    says: RegExp,
    where: string,
    before?: (world: MemoryWorld) => Promise<unknown>,
  ];
  it.each<Row>([
    ["two employee numbers", ADA, oktaUser("bea"), /different employee numbers/, "other"],
    [
      "two employee numbers through a third account",
      githubUser("ada-dev"),
      oktaUser("bea"),
      /different employee numbers/,
      "other",
      (world) => speak(world, "one", ADA, githubUser("ada-dev")),
    ],
    [
      "who was said to be two, through a third account",
      githubUser("x"),
      githubUser("ada-dev"),
      /said on .* that they are two people: they told me/,
      "other",
      (world) => speak(world, "two", githubUser("ada-dev"), ADA),
    ],
    ["one account", ADA, ADA, /same account/, "other"],
    ["an account and its own address alone", oktaUser("bea"), "bea@example.com", /same account/, "other"],
    ["what is no person", accessKey(), ADA, /not a person/, "account"],
    ["who is not known", ADA, "eve@example.com", /nothing is known by this name/, "id"],
  ])("%s", async (_title, account, other, says, where, before) => {
    const world = await estate(...numbered, issuedKey());
    await before?.(world);
    world.calls.length = 0;
    const fault = await speak(world, "one", account, other).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ name: "BadInput", message: expect.stringMatching(says), facts: { where } });
    expect(world.calls.filter((call) => /put|append|join/.test(call))).toEqual([]);
  });

  it("an address that several have, where one must be taken out", async () => {
    const world = await estate(...numbered);
    await expect(speak(world, "two", "ada@example.com", oktaUser("bea"))).rejects.toMatchObject({
      message: expect.stringMatching(/several accounts/),
      facts: { where: "account" },
    });
  });

  it("an address of which no directory says whose it is", async () => {
    const eve = { realm: "aws", name: "x/eve@example.com", via: "sso-session" } as const;
    const world = await estate(...numbered, issuedKey(eve));
    await expect(speak(world, "one", ADA, "eve@example.com")).rejects.toMatchObject({
      message: expect.stringMatching(/no directory says whose address/),
    });
  });

  it.each<["one" | "two", string, string, string, boolean, RegExp | undefined]>([
    ["one", "bob", "grace", "bob", true, /nobody says of their own accounts/],
    ["two", "grace", "bob", "bob", true, /nobody says of their own accounts/],
    ["one", "grace", "sam", "bob", false, /only security says/],
    ["two", "sam", "grace", "bob", false, /only security says/],
    ["one", "grace", "sam", "bob", true, undefined],
    ["one", "grace", "last", "bob", false, undefined],
  ])(
    "a word that would make its speaker somebody else: %s %s %s",
    async (says, account, other, by, security, refusal) => {
      const world = await estate(...["grace", "sam", "bob", "last"].map((name) => seenUser(name)));
      Object.assign(world, { config: { ...world.config, security: ["sam@example.com"] } });
      const speaking = speak(world, says, oktaUser(account), oktaUser(other), { account: oktaUser(by), security });
      if (refusal === undefined) return expect(speaking).resolves.toMatchObject({ outcome: "linked" });
      return expect(speaking).rejects.toMatchObject({ name: "BadInput", message: expect.stringMatching(refusal) });
    },
  );

  it("a crowd", async () => {
    const crowd = (hub: string) =>
      Array.from({ length: 20 }, (_, n) =>
        seenOnGithub(`${hub}-${n}`, { sameAs: [{ account: githubUser(hub), how: "sso" }] }),
      );
    const world = await estate(...["a", "b"].flatMap((hub) => [seenOnGithub(hub), ...crowd(hub)]));
    await expect(speak(world, "one", githubUser("a"), githubUser("b"))).rejects.toMatchObject({ facts: { most: 32 } });
  });
});

describe("a person is shown", () => {
  it("with aliases and agents, which are never the person", async () => {
    const world = await estate(
      seenUser("ada"),
      seenOnGithub("ada-deploys", { email: "ada+deploy@example.com" }),
      seenOnGithub("ada-private", { sameAs: [{ account: emailAccount("ada@example.com"), how: "alias" }] }),
      issuedKey(undefined, hours(1), undefined, "ada+bot@example.com"),
    );
    const shown = await personShown(world, "ada@example.com");
    expect(shown.accounts.map(({ account }) => account)).toEqual([ADA, emailAccount("ada@example.com")].sort());
    expect(shown.agents).toMatchObject([{ account: githubUser("ada-deploys"), email: "ada+deploy@example.com" }]);
    expect(shown.links.filter(({ follows }) => !follows)).toMatchObject([
      { from: githubUser("ada-private"), on: "alias", strength: 0.6, toCalled: "ada@example.com" },
    ]);
    expect((await personShown(world, githubUser("ada-deploys"))).links).toMatchObject([
      { on: "email" },
      { on: "plus-address", strength: 0.4, follows: false, toCalled: "ada@example.com" },
    ]);
    const { candidates } = await who(world, accessKey());
    expect(candidates).toMatchObject([{ account: ADA, word: "possible", evidence: [{ kind: "agent-of" }] }]);
  });

  it("with manager and team as they were, and when they changed", async () => {
    const world = await estate(
      ...["grace", "sam"].map((name) => seenUser(name)),
      seenUser("ada", { manager: oktaUser("grace"), team: "search" }, hours(1)),
      seenUser("ada", { manager: oktaUser("grace"), team: "search" }, hours(2)),
      seenUser("ada", { manager: oktaUser("sam"), team: "payments" }, hours(3)),
    );
    const { managers, teams } = await personShown(world, ADA);
    expect(managers.map(({ called, since, source }) => [called, since, source])).toEqual([
      ["okta grace", hours(1), "okta"],
      ["okta sam", hours(3), "okta"],
    ]);
    expect(teams.map(({ value, since }) => [value, since])).toEqual([
      ["search", hours(1)],
      ["payments", hours(3)],
    ]);
  });

  it("where directories contradict each other: the order of authority decides, and both words are there", async () => {
    const world = await estate(
      seenUser("ada"),
      person("left", "ada", hours(9)),
      seenOnGithub("ada", { email: "ada@example.com" }),
    );
    const { standing, accounts, remarks } = await personShown(world, "ada@example.com");
    expect(standing).toMatchObject({ value: "departed", source: "okta" });
    expect(accounts.filter(({ decides }) => decides).map(({ account }) => account)).toEqual([ADA]);
    expect(remarks).toEqual([
      "Directories contradict each other: okta says departed, and is believed; github says active. Correct the wrong one.",
    ]);
  });

  it("where managers run in a circle: it is said, and it ends", async () => {
    const world = await estate(
      seenUser("ada", { manager: oktaUser("grace") }),
      seenUser("grace", { manager: oktaUser("sam") }),
      seenUser("sam", { manager: oktaUser("grace") }),
    );
    expect((await personShown(world, ADA)).remarks).toEqual([
      "The managers run in a circle (grace → sam → grace): nobody is asked twice, and at last last@example.com is. Correct the directory.",
    ]);
    const own = await estate(seenUser("ada", { manager: ADA }));
    expect((await personShown(own, ADA)).remarks).toEqual([expect.stringMatching(/circle \(ada → ada\)/)]);
  });

  it("without anything that identifies them elsewhere: it is said, and what to do", async () => {
    const world = await estate(seenOnGithub("ghost"), issuedKey(byGithub("ghost"), hours(2)));
    const { accounts, links, remarks } = await personShown(world, githubUser("ghost"));
    expect([accounts.length, links]).toEqual([1, []]);
    expect(remarks).toContainEqual(expect.stringMatching(/^Nothing identifies this account elsewhere.*person link/));
    expect((await who(world, accessKey())).owner).toMatchObject({ account: githubUser("ghost") });
  });

  it("who is a contractor: known by what directory knows them, and no orphan because another does not", async () => {
    const pat = seenOnGithub("pat", { email: "pat@agency.example" });
    const world = await estate(pat, issuedKey(byGithub("pat"), hours(2)), madeIdentity("deploy", byGithub("pat")));
    const { standing, remarks } = await personShown(world, "pat@agency.example");
    expect(standing).toMatchObject({ value: "active", source: "github" });
    expect(remarks).toEqual([
      "okta does not know this person, as it may not know a contractor: the word of github counts.",
    ]);
    expect((await orphans(world)).items).toEqual([]);
    await hear(world, seenOnGithub("pat", { standing: "departed" }, hours(5)));
    expect((await orphans(world)).items).toMatchObject([{ because: "Its owner has left." }]);
  });

  it("is asked of people only", async () => {
    await expect(personShown(await estate(issuedKey()), accessKey())).rejects.toMatchObject({ name: "BadInput" });
  });
});

it("shows that nothing is issued for somebody, why, and what ends it; of whom all is well, nothing", async () => {
  const world = await estate(seenUser("ada"), seenUser("bob"), person("held", "ada", hours(1)));
  expect((await personShown(world, "ada@example.com")).held).toEqual({
    because: "their directory says suspended",
    until: "it says active again",
  });
  expect((await personShown(world, "bob@example.com")).held).toBeUndefined();
});
