import { type AccountId, derivedId, type IdentityId, type Instant } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { accessKey, byUser, hours, oktaUser, person, role } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { ingest } from "../ingest/index.ts";
import { reinstate } from "./index.ts";

const secret = (name: string) => derivedId("crd", "aws", name);
const said = (at: Instant, id: string) => ({
  ...{ tenant: "111122223333", source: { connector: "aws-iam", eventId: `${id}/${at}`, occurredAt: at } },
});
const made = (name: string, by: string, at = hours(-600)): Signal =>
  Signal.parse({
    ...{ kind: "credential.issued", ...said(at, `made/${name}`), by: byUser(by), credential: secret(name) },
    ...{ type: "secret", identity: { id: role(name), realm: "aws", name } },
    handle: { account: "111122223333", region: "eu-west-1", name },
  });
const seen = (name: string, more: object = {}, at = hours(-2)): Signal =>
  Signal.parse({
    ...{ kind: "credential.seen", ...said(at, `list/${name}`), credential: secret(name), type: "secret", state: "on" },
    ...{ identity: { id: role(name), realm: "aws", name }, reach: "unknown", ...more },
    handle: { account: "111122223333", region: "eu-west-1", name },
  });
const read = (name: string, by: string, at: Instant, reader?: IdentityId): Signal =>
  Signal.parse({
    ...{ kind: "secret.read", ...said(at, `read/${name}/${by}`), by: byUser(by), credential: secret(name) },
    ...(reader && { reader }),
  });
const stored = (name: string, at: Instant): Signal =>
  Signal.parse({ kind: "secret.stored", ...said(at, `put/${name}`), by: byUser("bob"), credential: secret(name) });

const owned = (name: string, by: string) => [made(name, by), seen(name, { owner: oktaUser(by) })];
const hear = async (one: Story, ...signals: readonly Signal[]) =>
  void (await ingest(one.world, signals, { live: true, recordedAt: one.world.now }));
const proposals = (one: Story, to: AccountId) =>
  (one.estate.messages.get("slack") ?? []).filter(
    (message) => message.to.account === to && /^Rotate/.test(message.title),
  );
const statement = async ({ world }: Story) =>
  (await world.cases.get((await world.cases.list("closed")).items[0]!))?.case.completeness;

/** Ada has read two secrets of Bob's, one of Grace's and one of her own; one more she could have read by her agent's identity. */
async function exposing(): Promise<Story> {
  const one = await story();
  await one.hear(
    ...["db", "mail", "old"].flatMap((name) => owned(name, "bob")),
    ...owned("search", "grace"),
    ...owned("hers", "ada"),
    ...owned("never", "bob"),
    ...made2("policy", [role("deploy")]),
    read("db", "ada", hours(-48)),
    read("db", "grace", hours(-40)),
    read("mail", "ada", hours(-48)),
    read("search", "ada", hours(-72)),
    read("hers", "ada", hours(-48)),
    read("old", "ada", hours(-500)),
    stored("old", hours(-100)), // another value since
    read("never", "grace", hours(-48)),
  );
  return one;
}
const made2 = (name: string, readers: readonly IdentityId[]) => [
  made(name, "bob"),
  seen(name, { owner: oktaUser("bob"), readers }),
];

it("proposes rotation to each owner, in one message with their items, and says who reads them", async () => {
  const one = await exposing();
  await one.leaves();
  await one.live(1);
  const [bobs, ...more] = proposals(one, oktaUser("bob"));
  expect(more).toEqual([]);
  expect(bobs?.items.map(({ title }) => title).sort()).toEqual(["secret db", "secret mail", "secret policy"]);
  expect(proposals(one, oktaUser("grace"))[0]?.items.map(({ title }) => title)).toEqual(["secret search"]);
  const db = bobs?.items.find(({ title }) => title === "secret db");
  expect(db?.lines.join(" ")).toMatch(/Who reads it: .*ada.*grace|Who reads it: .*grace.*ada/i);
  expect(bobs?.items.every(({ choices, state }) => choices.length === 0 && state === "to be rotated")).toBe(true);
});

it("asks for another password where they set it for its owner, unless it opens once, or the owner has changed it since", async () => {
  const set = (name: string, by: string, at: Instant, another: "perhaps" | "once"): Signal =>
    Signal.parse({ ...stored(name, at), ...said(at, `set/${name}/${by}`), by: byUser(by), another });
  const one = await story();
  await one.hear(
    ...["set", "once", "changed", "perhaps"].flatMap((name) => owned(name, "bob")),
    set("set", "ada", hours(-48), "perhaps"),
    set("once", "ada", hours(-48), "once"),
    set("changed", "ada", hours(-148), "perhaps"),
    stored("changed", hours(-100)),
    set("perhaps", "ada", hours(-148), "perhaps"),
    set("perhaps", "grace", hours(-100), "perhaps"), // it may still be the one before
  );
  await one.leaves();
  await one.live(1);
  const titles = proposals(one, oktaUser("bob")).flatMap(({ items }) => items.map(({ title }) => title));
  expect(titles.sort()).toEqual(["secret perhaps", "secret set"]);
  expect((await one.world.graph.node(secret("set")))?.value.windDown).toBeUndefined();
});

it("switches nothing of theirs off, and asks nothing of it", async () => {
  const one = await exposing();
  await one.leaves();
  await one.live(24 * 9);
  const touched = await Promise.all(
    ["db", "mail", "search", "policy"].map(async (name) => (await one.world.graph.node(secret(name)))?.value.windDown),
  );
  expect(touched).toEqual([undefined, undefined, undefined, undefined]);
  expect(one.estate.diary.filter((line) => /db|mail|search|policy/.test(line))).toEqual([]);
});

it("says of each when it has another value, and waits for that no longer than a week", async () => {
  const one = await exposing();
  await one.leaves();
  await one.live(1);
  await one.live(24);
  await hear(one, stored("db", one.world.now));
  await one.live(25);
  const states = () => proposals(one, oktaUser("bob"))[0]?.items.map(({ title, state }) => `${title} ${state}`);
  expect(states()?.sort()).toEqual(["secret db rotated", "secret mail to be rotated", "secret policy to be rotated"]);
  expect(one.estate.asks.filter((ask) => ask.endsWith(proposals(one, oktaUser("bob"))[0]!.key))).toHaveLength(2); // slack and jira, once
  await one.live(24 * 60);
  const inHand = (await statement(one))?.inHand ?? [];
  expect(inHand.map(({ location: id, rotated }) => [id, rotated !== undefined]).sort()).toEqual(
    [
      ["db", true],
      ["mail", false],
      ["policy", false],
      ["search", false],
    ]
      .map(([name, is]) => [secret(name as string), is])
      .sort(),
  );
});

it("holds the case open until all is rotated", async () => {
  const one = await exposing();
  await one.leaves();
  await one.live(1);
  await one.press("retire", "grace");
  await one.live(30);
  expect((await one.world.cases.list("open")).items).toHaveLength(1);
});

it("tells the fallback of what nobody in good standing owns", async () => {
  const one = await story();
  await one.hear(seen("lost"), read("lost", "ada", hours(-48)));
  await one.leaves();
  await one.live(1);
  const all = (one.estate.messages.get("slack") ?? []).filter(({ title }) => /^Rotate/.test(title));
  expect(all.map(({ to, why }) => [to.email, /nobody else answers for/.test(why)])).toEqual([
    ["last@example.com", true],
  ]);
});

it.each([
  ["on", "still taken"],
  ["off", "rejected"],
] as const)("says of what was in it, where its provider tells that it is %s: %s", async (state, old) => {
  const one = await story();
  const key = accessKey("AKIAI44QH8DHBEXAMPLE");
  const keyIs = Signal.parse({
    ...{ kind: "credential.seen", ...said(hours(-3), "key"), credential: key, type: "access key", state },
    ...{ identity: { id: role("app"), realm: "aws", name: "app" }, handle: {}, reach: "unknown" },
    ...{ createdAt: hours(-900), owner: oktaUser("bob") },
  });
  await one.hear(made("kept", "bob"), seen("kept", { owner: oktaUser("bob"), keeps: [key] }), keyIs);
  await one.hear(read("kept", "ada", hours(-48)));
  await one.leaves();
  await one.live(24 * 60);
  expect((await statement(one))?.inHand).toMatchObject([{ location: secret("kept"), old }]);
});

it("waits while no desk takes it, and sends it once when one does", async () => {
  const one = await exposing();
  one.estate.moods.desk = down;
  await one.leaves();
  await one.live(1);
  expect(proposals(one, oktaUser("bob"))).toEqual([]);
  one.estate.moods.desk = () => {};
  await one.live(25);
  expect(proposals(one, oktaUser("bob"))).toHaveLength(1);
});

it("says where they are back that nothing needs to be rotated", async () => {
  const one = await exposing();
  const id = await one.leaves();
  await one.live(1);
  await one.hear(person("reinstated", "ada", one.world.now));
  one.estate.people.set("ada", "active");
  await reinstate(one.world, oktaUser("ada"));
  await one.live(25);
  expect(id).toBeDefined();
  const titles = (one.estate.messages.get("slack") ?? [])
    .filter(({ to }) => to.account === oktaUser("bob"))
    .map(({ title, state }) => [title, state]);
  expect(titles).toEqual([[expect.stringMatching(/^No secret needs to be rotated/), "closed"]]);
});

it("tells nobody of a person who is only held", async () => {
  const one = await exposing();
  await one.leaves();
  one.estate.people.set("ada", "suspended");
  await one.live(1);
  expect((one.estate.messages.get("slack") ?? []).filter(({ title }) => /^Rotate/.test(title))).toEqual([]);
});

it("knows where a credential of theirs lies, asks with that, and states it", async () => {
  const one = await story();
  await one.hear(made("vault", "bob"), seen("vault", { owner: oktaUser("bob"), keeps: [one.key] }));
  await one.hear(made("before", "bob"), seen("before", { keeps: [one.key] }, hours(-9)), seen("before", { keeps: [] }));
  await one.leaves();
  await one.live(1);
  expect(JSON.stringify(one.estate.messages.get("slack"))).toContain("1 known place of it: secret vault.");
  await one.live(24 * 60);
  expect((await statement(one))?.kept).toEqual([{ credential: one.key, places: [secret("vault")] }]);
});
