import { strengthAt } from "@leasehold/core/attribution";
import { Fault } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { describe, expect, it } from "vitest";
import { listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  keyIs,
  madeIdentity,
  oktaUser,
  person,
  role,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { owns } from "./owns.ts";
import { who } from "./who.ts";

const ADA = oktaUser("ada");
const MAIL = emailAccount("ada@example.com");
const KEY = accessKey();
const OTHER = "AKIAI44QH8DHBEXAMPLE";
const inSso = (name: string) => ({ realm: "aws", name: `x/${name}@example.com`, via: "sso-session" }) as const;

async function estate(...signals: Parameters<typeof ingest>[1]): Promise<MemoryWorld> {
  const world = memoryWorld([listed("okta", "Okta")]);
  world.pass(900);
  await ingest(world, signals, { live: false, recordedAt: world.now });
  return world;
}
const made = [issuedKey(byUser("ada"), hours(1)), madeIdentity("deploy", byUser("ada"), hours(2)), seenUser("ada")];

describe("who owns a credential", () => {
  it("is told with the evidence, who could have forged it, and who that is", async () => {
    const world = await estate(...made);
    const answer = await who(world, "AKIAIOSFODNN7EXAMPLE");
    expect(answer.subject).toMatchObject({ id: KEY, kind: "credential", facts: { state: "on", type: "access key" } });
    expect(answer.owner).toMatchObject({
      ...{ account: ADA, accounts: [ADA, MAIL].sort(), name: "ada", email: "ada@example.com", standing: "active" },
      ...{ word: "likely", unforgeable: true, stated: false },
    });
    expect(answer.candidates).toHaveLength(1);
    expect(answer.candidates[0]?.evidence).toEqual([
      {
        ...{ kind: "identity-made-by", forgeableBy: "nobody", source: "aws-iam", at: hours(2) },
        ...strengthAt({ kind: "identity-made-by", at: hours(2) }, world.now),
        eventId: `made/deploy/${hours(2)}`,
        reason: "created the identity that holds it, shown by an id that its holder cannot set",
      },
      {
        ...{ kind: "issued-by", forgeableBy: "nobody", source: "aws-iam", at: hours(1) },
        ...strengthAt({ kind: "issued-by", at: hours(1) }, world.now),
        eventId: `issued/undefined/${hours(1)}`,
        reason: "created the credential, shown by an id that its holder cannot set",
      },
    ]);
    expect(answer.wouldRaise).toEqual([
      "Name its owner in a tag: where that is whoever made it, the two together are certain.",
      "Ask the first candidate to accept it.",
    ]);
    expect(answer.notVisible).toEqual([
      "Okta was never listed.",
      "The provider has not said when it was last used.",
      "Nobody has said what it can reach.",
    ]);
  });

  it("is certain where whoever made it is also declared, and then nothing would raise it", async () => {
    const { owner, wouldRaise } = await who(await estate(...made, seenKey({ owner: ADA })), KEY);
    expect(owner).toMatchObject({ account: ADA, word: "certain", unforgeable: true });
    expect(wouldRaise).toEqual([]);
  });

  it("says what would make it surer", async () => {
    const { owner, wouldRaise } = await who(await estate(seenKey({ owner: ADA })), KEY);
    expect(owner?.word).toBe("possible");
    expect(wouldRaise).toEqual([
      "Import the event that issued it: it names whoever made it.",
      "Import the event that made the identity: it names whoever made it.",
      "All that speaks for the first candidate could have been written by whoever holds it.",
      "Ask the first candidate to accept it.",
    ]);
  });

  it("is nobody where nobody is a candidate: never the role", async () => {
    const { owner, candidates, wouldRaise } = await who(await estate(issuedKey()), KEY);
    expect([owner, candidates]).toEqual([undefined, []]);
    expect(wouldRaise).toContain("Ask whoever administers it to name its owner.");
  });

  it("adds up what points at two accounts of one person", async () => {
    const signals = [issuedKey(inSso("ada"), hours(2)), madeIdentity("deploy", byUser("ada"), hours(1))];
    expect((await who(await estate(...signals), KEY)).owner).toMatchObject({ word: "possible" });
    const { owner, candidates } = await who(await estate(...signals, seenUser("ada")), KEY);
    expect(candidates).toHaveLength(1);
    expect(owner).toMatchObject({ account: ADA, word: "likely" });
  });

  it("gives the deed of whoever had an address before to nobody who has it now", async () => {
    const signals = [
      issuedKey(inSso("ada"), hours(10)),
      ...[seenUser("ada", {}, hours(1)), person("left", "ada", hours(100))],
      ...[person("joined", "ada-2", hours(500)), seenUser("ada-2", { email: "ada@example.com" }, hours(501))],
    ];
    const world = await estate(...signals);
    expect((await who(world, KEY)).owner).toMatchObject({ account: ADA, standing: "departed" });
    expect((await owns(world, "ada@example.com")).credentials).toEqual([]);
    expect((await owns(world, ADA)).credentials).toMatchObject([{ credential: KEY, first: true }]);
  });

  it("counts a person's own word, until they leave", async () => {
    const world = await estate(issuedKey(byUser("bob"), hours(1)), seenUser("ada"));
    const found = (await world.graph.node(KEY))!;
    const statement = {
      speaker: MAIL,
      role: "self",
      candidate: ADA,
      says: "accept",
      at: hours(5),
      eventId: "e",
    } as const;
    const subject = { ...found.value.subject, statements: [statement] };
    await world.graph.put({ ...found.value, subject }, found.version);
    expect((await who(world, KEY)).owner).toMatchObject({ account: ADA, word: "certain", stated: true });
    await ingest(world, [person("left", "ada", hours(9))], { live: false, recordedAt: world.now });
    expect((await who(world, KEY)).owner).toMatchObject({ account: ADA, word: "likely", standing: "departed" });
  });
});

describe("what one may have in hand", () => {
  it.each([
    ["an access key id", "AKIAIOSFODNN7EXAMPLE", KEY],
    ["with spaces around it", "  AKIAIOSFODNN7EXAMPLE\n", KEY],
    ["an id of ours", KEY, KEY],
    ["an id of an identity", role("deploy"), role("deploy")],
    ["an id of an account", ADA, ADA],
    ["an e-mail address, however it is written", "Ada@Example.com", MAIL],
  ])("%s", async (_title, text, id) => {
    expect((await who(await estate(...made), text)).subject.id).toBe(id);
  });

  it("an address is the person who is reached by it", async () => {
    const { owner, candidates } = await who(await estate(...made), "ada@example.com");
    expect(owner).toMatchObject({ account: ADA, name: "ada", standing: "active" });
    expect(candidates).toEqual([]);
  });

  it("an address that only evidence knows is said to be nobody's yet", async () => {
    const answer = await who(await estate(issuedKey(inSso("eve"))), "eve@example.com");
    expect(answer.owner).toBeUndefined();
    expect(answer.notVisible).toContain("No directory has said whose address this is.");
  });

  it("a role is known by its whole ARN too, though records tell it without its path", async () => {
    const role = "arn:aws:iam::111122223333:role/r";
    const world = await estate(madeIdentity(role, byUser("ada")));
    expect((await who(world, "arn:aws:iam::111122223333:role/agents/eu/r")).subject.facts["name"]).toBe(role);
    await expect(who(world, "arn:aws:s3:::role/agents/r")).rejects.toThrow("nothing is known");
  });

  it.each([
    ["AKIAIEXAMPLENOTTHERE", "an access key id"],
    ["crd_none", "an id of ours"],
    ["nobody@example.com", "an e-mail address"],
    ["arn:aws:iam::111122223333:role/none", "an ARN of an identity, an ARN of a user"],
    ["", "nothing: it has the form of none of these"],
    ["the big one", "nothing: it has the form of none of these"],
    ["x".repeat(5_000), "nothing: it has the form of none of these"],
  ])("says what was tried where nothing is known by it: %#", async (text, tried) => {
    const fault = await who(await estate(...made), text).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ name: "BadInput", facts: { where: "id", tried } });
  });
});

describe("what a person owns", () => {
  it("is everything by any of their accounts, likeliest first", async () => {
    const world = await estate(
      ...[...made, seenKey({ owner: ADA })],
      issuedKey(inSso("ada"), hours(3), OTHER, "search"),
      seenKey({ lastUsed: hours(48), reach: "admin" }, hours(4), OTHER, "search"),
      keyIs("disabled", hours(6)),
    );
    const answer = await owns(world, "ada@example.com");
    expect(answer.person).toMatchObject({ account: ADA, accounts: [ADA, MAIL].sort() });
    expect(answer.credentials).toMatchObject([
      { credential: KEY, word: "certain", first: true, state: "off", lastUsed: "unknown", identity: "deploy" },
      {
        ...{
          credential: accessKey(OTHER),
          word: "likely",
          first: true,
          state: "on",
          reach: "admin",
          identity: "search",
        },
        ...{ lastUsed: "2026-11-04T00:00:00.000Z", type: "access key", connector: "aws-iam" },
      },
    ]);
    expect(answer.notVisible).toEqual(["Okta was never listed."]);
  });

  it("is by an address that they no longer have, too", async () => {
    const world = await estate(
      issuedKey(inSso("ada"), hours(10)),
      ...[seenUser("ada", {}, hours(1)), seenUser("ada", { email: "ada.king@example.com" }, hours(100))],
    );
    expect((await owns(world, "ada.king@example.com")).credentials).toMatchObject([{ credential: KEY }]);
  });

  it("names what somebody else likelier owns, and says so", async () => {
    const world = await estate(...made, issuedKey(byUser("bob"), hours(3), OTHER));
    const { credentials } = await owns(world, ADA);
    expect(credentials.find(({ credential }) => credential === accessKey(OTHER))).toMatchObject({ first: false });
  });

  it("is asked of people only", async () => {
    await expect(owns(await estate(...made), KEY)).rejects.toMatchObject({ name: "BadInput", facts: { where: "id" } });
  });
});
