import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { emailAccount } from "@leasehold/connectors/kit";
import { type AccountId, derivedId, Instant, later } from "@leasehold/core/kernel";
import { type Actor, Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { memoryWorld } from "../../support/memory-world.ts";
import { inSession, issuedKey, oktaUser, openedSession, person, seenKey, seenUser } from "../../support/signals.ts";

const AT = Instant.parse("2026-10-05T08:12:00Z");
const minutes = (n: number): Instant => later(AT, n / 60);
const KEY = "AKIAIOSFODNN7EXAMPLE";
const OPENED = "ASIA11I44QH8DEXAMPLE";
const IVY = derivedId("acc", "github", "5550101");
const MALLORY = derivedId("acc", "github", "5550102");
const GITHUB = "token.actions.githubusercontent.com";

async function told(signals: readonly Signal[], id = KEY, now = later(AT, 900)): Promise<Who> {
  const world = memoryWorld();
  world.now = now;
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, id);
}

const ran = (account: AccountId, id: string, from: Instant, to: Instant): Signal =>
  Signal.parse({
    ...{ kind: "pipeline.ran", source: { connector: "github", eventId: `${id}/1/completed`, occurredAt: to } },
    ...{ tenant: "example", by: { realm: "github", name: id, via: "idp-user", account } },
    run: { repository: "example/search", ref: "main", event: "push", id, attempt: 1, startedAt: from, endedAt: to },
  });
const opened = (provider: string): Signal => {
  const subject = "repo:example/search:ref:refs/heads/main";
  const by: Actor = { realm: "aws", name: subject, via: "workload" };
  return openedSession(OPENED, by, { how: "web-identity", provider, subject }, AT);
};
const key = issuedKey(inSession(OPENED), minutes(1), KEY);
const tagged = (email: string) => seenKey({ owner: emailAccount(email) }, minutes(2), KEY);
const linked = seenUser("ivy", { sameAs: [{ account: IVY, how: "external-id" }] }, minutes(-600));

describe("whose run it was", () => {
  it.each([
    `arn:aws:iam::111122223333:oidc-provider/evil.example/${GITHUB}`,
    `arn:aws:iam::111122223333:oidc-provider/evil.example/x/${GITHUB}/y`,
    `https://evil.example/${GITHUB}`,
  ])("is not told by another provider that has GitHub's name in its path: %s", async (provider) => {
    const answer = await told([ran(IVY, "1", minutes(-1), minutes(2)), opened(provider), key]);
    expect(answer.candidates).toEqual([]);
  });

  it.each([
    `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`,
    `arn:aws-us-gov:iam::111122223333:oidc-provider/${GITHUB}/example`,
    `https://${GITHUB}`,
    GITHUB,
  ])("is told by GitHub's: %s", async (provider) => {
    const answer = await told([ran(IVY, "1", minutes(-1), minutes(2)), opened(provider), key]);
    expect(answer.owner?.account).toBe(IVY);
  });

  it("is never certain by where and when, and a tag that the maker wrote", async () => {
    const his = ran(IVY, "1", minutes(-1), minutes(2));
    const chain = [his, opened(`arn:aws:iam::111122223333:oidc-provider/${GITHUB}`), key, linked];
    expect((await told(chain)).wouldRaise).not.toContainEqual(expect.stringContaining("in a tag"));
    const answer = await told([...chain, tagged("ivy@example.com")]);
    expect(answer.owner).toMatchObject({ account: oktaUser("ivy"), word: "likely" });
  });

  const days = (n: number) => n * 24 * 60;
  it.each<[string, from: number, to: number]>([
    ["eight hours", -5, 480],
    ["from the day before into the next", -1_000, 2_000],
    ["a week, of which this was the last day but one", -days(5), days(2)],
    ["a month, of which this was the first hour", -30, days(33)],
  ])("may have been another's that lasted %s: nobody is likely then", async (_title, from, to) => {
    const his = ran(IVY, "1", minutes(-1), minutes(2));
    const hers = ran(MALLORY, "2", minutes(from), minutes(to));
    const chain = [his, opened(GITHUB), key, linked, tagged("ivy@example.com")];
    const answer = await told([...chain, hers], KEY, later(AT, 24 * 40));
    expect(answer.owner).toMatchObject({ account: oktaUser("ivy"), word: "possible" });
    expect((await told([...chain, hers].reverse(), KEY, later(AT, 24 * 40))).owner).toEqual(answer.owner);
    const asWell = "A run of repository example/search that lasted longer than six hours may have opened the session.";
    expect(answer.notVisible).toContain(asWell);
    const alone = await told([hers, opened(GITHUB), key], KEY, later(AT, 24 * 40)); // most of so long a run was waiting
    expect(alone).toMatchObject({ owner: undefined, notVisible: expect.arrayContaining([asWell]) });
  });

  it.each<[string, by: AccountId, from: number, to: number]>([
    ["their own, which lasted as long", IVY, -5, 480],
    ["another's that had ended an hour before", MALLORY, -900, -80],
    ["another's that began an hour after", MALLORY, 60, 900],
  ])("is as likely beside %s", async (_title, by, from, to) => {
    const his = ran(IVY, "1", minutes(-1), minutes(2));
    const answer = await told([his, ran(by, "2", minutes(from), minutes(to)), opened(GITHUB), key]);
    expect(answer.owner).toMatchObject({ account: IVY, word: "likely" });
    expect(answer.notVisible).not.toContainEqual(expect.stringContaining("longer than six hours"));
  });
});

describe("whoever had left", () => {
  const SSO: Actor = {
    ...{ realm: "aws", name: "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0/ivy@example.com" },
    ...{ via: "sso-session", account: emailAccount("ivy@example.com") },
  };

  it("and made it in a session that outlived them is still who made it", async () => {
    const answer = await told([
      seenUser("ivy", {}, minutes(-60 * 24 * 30)),
      openedSession(OPENED, SSO, {}, minutes(-60)),
      person("left", "ivy", minutes(-30)),
      issuedKey(inSession(OPENED), AT, KEY),
      seenKey({ createdAt: AT }, AT, KEY),
    ]);
    expect(answer.owner).toMatchObject({ account: oktaUser("ivy"), word: "likely" });
  });
});
