import { describe, expect, it } from "vitest";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  inSession,
  issuedKey,
  madeIdentity,
  oktaUser,
  openedSession,
  role,
  seenKey,
  seenUser,
  sessionOf,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { explain } from "./explain.ts";
import type { Chain } from "./model.ts";

const KEY = accessKey();
const FIRST = sessionOf("ASIA1EXAMPLE").id;
const SECOND = sessionOf("ASIA2EXAMPLE").id;

async function explained(id: string, ...signals: Parameters<typeof ingest>[1]) {
  const world = memoryWorld();
  world.pass(100);
  await ingest(world, signals, { live: false, recordedAt: world.now });
  return explain(world, id);
}
const idsOf = ({ links }: Chain) => links.map(({ id }) => id);
const saysOf = ({ hops }: Chain) => hops.map(({ says, at, eventId, forgeableBy }) => [says, at, eventId, forgeableBy]);

const chain = [
  issuedKey(inSession("ASIA2EXAMPLE"), hours(3)),
  openedSession("ASIA2EXAMPLE", inSession("ASIA1EXAMPLE"), {}, hours(2)),
  openedSession("ASIA1EXAMPLE", byUser("ada"), { how: "sso" }, hours(1)),
  seenUser("ada"),
];

describe("a chain", () => {
  it("goes from the credential through its sessions to the person, each hop with its event", async () => {
    const { subject, chains } = await explained(KEY, ...chain);
    expect(subject).toMatchObject({ id: KEY, kind: "credential", says: ["access key", "on"] });
    expect(chains).toHaveLength(1);
    const [only] = chains as [Chain];
    expect(idsOf(only)).toEqual([KEY, SECOND, FIRST, oktaUser("ada")]);
    expect(only.links.map(({ kind }) => kind)).toEqual(["credential", "session", "session", "person"]);
    expect(only.links.at(-2)?.says[0]).toBe("SSO session");
    expect(only.links.at(-1)).toMatchObject({
      name: "ada",
      says: expect.arrayContaining(["active", `okta ${oktaUser("ada")}`]),
    });
    expect(saysOf(only).slice(0, 2)).toEqual([
      ["was made in", hours(3), `issued/undefined/${hours(3)}`, "nobody"],
      ["was opened in", hours(2), `opened/ASIA2EXAMPLE/${hours(2)}`, "nobody"],
    ]);
    expect(saysOf(only)[2]?.slice(1)).toEqual([hours(1), `opened/ASIA1EXAMPLE/${hours(1)}`, "nobody"]);
    expect(only).toMatchObject({ to: { account: oktaUser("ada") }, end: undefined });
  });

  it("goes through the identity where that is what somebody made", async () => {
    const { chains } = await explained(KEY, issuedKey(), madeIdentity("deploy", byUser("grace"), hours(1)));
    expect(chains.map(idsOf)[0]).toEqual([KEY, role("deploy"), oktaUser("grace")]);
    expect(saysOf(chains[0]!)[0]).toEqual(["is held by", hours(0), `issued/undefined/${hours(0)}`, "nobody"]);
  });

  it("says which hop its holder could have made up", async () => {
    const { chains } = await explained(KEY, seenKey({ owner: oktaUser("sam") }));
    expect(chains).toMatchObject([
      { hops: [{ forgeableBy: "holder", at: hours(0) }], to: { account: oktaUser("sam") } },
    ]);
  });

  it("is one for each candidate, the likeliest first, and of one way with every piece of evidence", async () => {
    const tagged = seenKey({ owner: oktaUser("sam") }, hours(5));
    const again = seenKey({ owner: oktaUser("ada") }, hours(6));
    const { chains } = await explained(KEY, issuedKey(byUser("ada"), hours(1)), tagged, again);
    expect(chains.map(({ to, hops }) => [to?.account, hops.length])).toEqual([
      [oktaUser("ada"), 2],
      [oktaUser("sam"), 1],
    ]);
  });

  it("of an account is whose it is", async () => {
    const { chains } = await explained("ada@example.com", ...chain);
    expect(chains).toMatchObject([
      { to: { account: oktaUser("ada"), word: "certain" }, links: [{ kind: "account" }, { kind: "person" }] },
    ]);
  });
});

describe("a chain that breaks off", () => {
  it("ends at the session that was never seen being opened", async () => {
    const { chains } = await explained(KEY, issuedKey(inSession("ASIA2EXAMPLE"), hours(3)));
    expect(chains).toMatchObject([
      { to: undefined, links: [{ id: KEY }, { id: SECOND }], end: expect.stringContaining("never seen being opened") },
    ]);
  });

  it("ends at the repository whose run nobody saw", async () => {
    const workload = { realm: "aws", name: "repo:example/search", via: "workload" } as const;
    const oidc = {
      how: "web-identity",
      provider: "token.actions.githubusercontent.com",
      subject: "repo:example/search:ref:refs/heads/main",
    };
    const { chains } = await explained(
      KEY,
      issuedKey(inSession("ASIA2EXAMPLE")),
      openedSession("ASIA2EXAMPLE", workload, oidc),
    );
    expect(chains).toMatchObject([
      {
        to: undefined,
        links: [{ id: KEY }, { id: SECOND }],
        end: expect.stringMatching(/repository example\/search: the person is not visible/),
      },
    ]);
  });

  it("stands beside the candidates that other evidence names", async () => {
    const { chains } = await explained(
      KEY,
      issuedKey(inSession("ASIA2EXAMPLE"), hours(3)),
      seenKey({ owner: oktaUser("sam") }),
    );
    expect(chains.map(({ to, end }) => [to?.account, end === undefined])).toEqual([
      [oktaUser("sam"), true],
      [undefined, false],
    ]);
  });

  it("is none where nothing was said of how it was made", async () => {
    expect((await explained(KEY, seenKey())).chains).toEqual([]);
  });
});
