import { derivedId, type Instant, later } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { byUser, issuedKey, NOBODY } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { guardAll } from "../guardrail/index.ts";
import { ingest } from "../ingest/index.ts";
import { tellNaked } from "./index.ts";

const arnOf = (name: string) => `arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/${name}`;
const idOf = (name: string) => derivedId("idn", "aws", arnOf(name));
const said = (kind: string, name: string, at: Instant, more: object) =>
  Signal.parse({
    ...{ kind, source: { connector: "aws-agentcore", eventId: `${kind}/${name}/${at}`, occurredAt: at } },
    ...{ tenant: "111122223333", identity: { id: idOf(name), realm: "aws", name: arnOf(name) }, ...more },
  });
const made = (name: string, { world }: Story, by = byUser("ada")) =>
  said("identity.created", name, world.now, { by, authorizer: "NONE", type: "gateway" });
const asks = (name: string, { world }: Story, authorizer = "CUSTOM_JWT") =>
  said("identity.changed", name, world.now, { by: byUser("ada"), authorizer });
const listed = (name: string, { world }: Story, more: object = {}) =>
  said("identity.seen", name, world.now, { type: "gateway", authorizer: "NONE", ...more });

const hear = ({ world }: Story, ...signals: readonly Signal[]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const messages = ({ estate }: Story) => estate.messages.get("slack") ?? [];
const tellAfter = ({ world }: Story, hours: number) => {
  world.pass(hours);
  return tellNaked(world);
};
const [SOON, NONE, ONE] = [0.25, { told: 0, untold: 0 }, { told: 1, untold: 0 }];

describe("a server that asks nobody who calls it", () => {
  it("is told to whoever answers for it: which one, since when, and what to do; nothing is asked or opened", async () => {
    const one = await story();
    await hear(one, made("search", one));
    expect(await tellAfter(one, SOON)).toEqual(ONE);
    expect(messages(one)).toMatchObject([
      {
        to: { email: "ada@example.com" },
        title: "Critical: an MCP server asks nobody who calls",
        ...{ items: [], state: "closed", deadline: undefined },
      },
    ]);
    const { why } = messages(one)[0] as { why: string };
    for (const part of [arnOf("search"), "CUSTOM_JWT or AWS_IAM", "because you answer for it", idOf("search")])
      expect(why).toContain(part);
    expect(why).toMatch(/Nothing was switched off, and nothing is asked of you[.]$/);
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect(one.estate.diary).toEqual([]);
  });

  it("is told once for as long as it is so, whatever is found again", async () => {
    const one = await story();
    await hear(one, made("search", one));
    await tellAfter(one, SOON);
    for (let day = 0; day < 5; day += 1) {
      expect(await tellAfter(one, 24)).toEqual(NONE);
      await hear(one, listed("search", one));
      await guardAll(one.world);
    }
    expect(messages(one)).toHaveLength(1);
  });

  it("is told anew once it was mended and asks nobody again", async () => {
    const one = await story();
    await hear(one, made("search", one));
    await tellAfter(one, SOON);
    one.world.pass(48);
    await hear(one, asks("search", one));
    expect(await tellAfter(one, SOON)).toEqual(NONE);
    await hear(one, asks("search", one, "NONE"));
    expect(await tellAfter(one, SOON)).toEqual(ONE);
    expect(messages(one)).toHaveLength(2);
  });

  it("is told to nobody where it was mended before, nor one that asks", async () => {
    const one = await story();
    await hear(
      one,
      made("search", one),
      said("identity.created", "asking", one.world.now, {
        ...{ by: byUser("ada"), authorizer: "CUSTOM_JWT", type: "gateway" },
      }),
    );
    one.world.pass(0.1);
    await hear(one, asks("search", one));
    expect(await tellAfter(one, SOON)).toEqual(NONE);
    expect(messages(one)).toEqual([]);
  });

  it("and others of the same hands are one message, once no more of them come", async () => {
    const one = await story();
    await hear(one, made("first", one));
    one.world.pass(0.15);
    await hear(one, made("second", one));
    expect(await tellAfter(one, 0.1)).toEqual({ told: 0, untold: 2 });
    expect(await tellAfter(one, 0.1)).toEqual(ONE);
    expect(messages(one)).toMatchObject([{ title: "Critical: 2 MCP servers ask nobody who calls" }]);
    for (const name of ["first", "second"]) expect(messages(one)[0]?.why).toContain(arnOf(name));
  });

  it("of a person who was told that day waits for their morning, with the others of that day", async () => {
    const one = await story();
    await hear(one, made("first", one));
    await tellAfter(one, SOON);
    for (const name of ["second", "third"]) {
      await hear(one, made(name, one));
      expect(await tellAfter(one, 1)).toMatchObject({ told: 0 });
    }
    expect(await tellAfter(one, 24)).toEqual(ONE);
    expect(messages(one)).toMatchObject([{}, { title: "Critical: 2 MCP servers ask nobody who calls" }]);
  });

  it("is told at once each time, where the playbook keeps nothing back", async () => {
    const one = await story();
    one.configure({ playbook: { ...one.world.config.playbook, digest: 0 } });
    for (const name of ["first", "second"]) {
      await hear(one, made(name, one));
      expect(await tellAfter(one, SOON)).toEqual(ONE);
    }
  });

  it.each<[string, (one: Story) => Promise<unknown>, string, RegExp]>([
    [
      "of one who has left is told to their manager",
      async (one) => {
        await hear(one, made("search", one));
        await one.leaves();
      },
      "grace@example.com",
      /ada answers for it and cannot be told now.*in the owner's place/,
    ],
    [
      "of nobody is told to the fallback",
      (one) => hear(one, made("search", one, NOBODY)),
      "last@example.com",
      /nobody is known to answer for it.*in the owner's place/,
    ],
    [
      "that only a tag gives to somebody is told to the fallback",
      (one) => hear(one, listed("search", one, { owner: byUser("ada").account })),
      "last@example.com",
      /it may be ada's, which is not sure.*in the owner's place/,
    ],
  ])("%s", async (_of, before, email, why) => {
    const one = await story();
    await before(one);
    expect(await tellAfter(one, SOON)).toEqual(ONE);
    expect(messages(one).filter(({ title }) => title.startsWith("Critical"))).toMatchObject([
      { to: { email }, why: expect.stringMatching(why) },
    ]);
  });

  it("is told later where no desk takes it, however much later that is", async () => {
    const one = await story();
    await hear(one, made("search", one));
    one.estate.moods.desk = down;
    for (let day = 0; day < 4; day += 1) expect(await tellAfter(one, 24)).toEqual({ told: 0, untold: 1 });
    one.estate.moods.desk = () => undefined;
    expect(await tellAfter(one, SOON)).toEqual(ONE);
  });

  it("is told where nobody looked for days", async () => {
    const one = await story();
    await tellNaked(one.world);
    one.world.pass(1);
    await hear(one, made("search", one));
    expect(await tellAfter(one, 5 * 24)).toEqual(ONE);
  });

  it("is one message though we die before we wrote that it was sent", async () => {
    const one = await story();
    await hear(one, made("search", one));
    one.world.hook = (name) => {
      if (name === "marks.put") throw new Error("killed");
    };
    await expect(tellAfter(one, SOON)).rejects.toThrow("killed");
    one.world.hook = () => {};
    expect(await tellAfter(one, SOON)).toEqual(ONE);
    expect(new Set(messages(one).map(({ key }) => key)).size).toBe(1);
  });

  it.each<[string, (one: Story, installed: Instant) => object, object]>([
    ["stood open before the installation", (_one, installed) => ({ createdAt: later(installed, -1) }), NONE],
    ["was made since", (_one, installed) => ({ createdAt: later(installed, 1) }), ONE],
  ])("that a first sweep finds and that %s is told accordingly", async (_of, more, expected) => {
    const one = await story();
    const installed = await one.world.ledger.installed(one.world.now);
    one.world.now = later(installed, 2);
    await hear(one, listed("search", one, more(one, installed)));
    expect(await tellAfter(one, SOON)).toEqual(expected);
    one.world.pass(48);
    await hear(one, listed("search", one, more(one, installed)));
    expect(await tellAfter(one, SOON)).toEqual(NONE);
  });

  it("that was there before is told where it is found first long after the installation", async () => {
    const one = await story(); // installed two months ago
    const installed = await one.world.ledger.installed(one.world.now);
    await hear(one, listed("search", one, { createdAt: later(installed, -1) }));
    expect(await tellAfter(one, SOON)).toEqual(ONE);
  });

  it("is told to nobody where history has it mended, before a sweep has looked", async () => {
    const one = await story();
    await hear(one, made("search", one));
    one.world.pass(0.1);
    await ingest(one.world, [asks("search", one)], { live: false, recordedAt: one.world.now });
    expect(await one.world.findings.of(idOf("search"))).toHaveLength(1);
    expect(await tellAfter(one, SOON)).toEqual(NONE);
  });

  it("is told where its finding came late, behind others that were gone through", async () => {
    const one = await story();
    const late = made("search", one);
    const recordedAt = one.world.now;
    one.world.pass(2);
    await tellNaked(one.world);
    await ingest(one.world, [late], { live: true, recordedAt });
    expect(await tellAfter(one, SOON)).toEqual(ONE);
  });

  it("that nobody was seen making is theirs who made what it holds", async () => {
    const one = await story();
    const identity = { id: idOf("search"), realm: "aws", name: arnOf("search") };
    await hear(
      one,
      listed("search", one),
      Signal.parse({ ...issuedKey(byUser("ada"), one.world.now, "AKIAHELD"), identity }),
    );
    expect(await tellAfter(one, SOON)).toEqual(ONE);
    expect(messages(one)).toMatchObject([{ to: { email: "ada@example.com" } }]);
  });
});
