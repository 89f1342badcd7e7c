import type { Handle } from "@leasehold/core/connector";
import { denied, Fault, type Instant, throttled } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld, writesOf } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  keyIs,
  oktaUser,
  person,
  role,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { gapsOf } from "../question/index.ts";
import { sweepEstate } from "./sweep-estate.ts";

const OTHER = "AKIAI44QH8DHBEXAMPLE";
const ADA = oktaUser("ada");
const KEY = accessKey();

/** Installed a day before Monday; the first look is on Wednesday. */
async function estate(): Promise<{ world: MemoryWorld; aws: Listed; okta: Listed }> {
  const [aws, okta] = [listed("aws-iam", "AWS IAM"), listed("okta", "Okta")];
  const world = memoryWorld([aws, okta]);
  await world.ledger.installed(hours(-24));
  world.pass(48);
  return { world, aws, okta };
}
const stateOf = async (world: MemoryWorld, id = KEY) =>
  (await world.graph.node(id))?.value.subject.facts["state"]?.value;
const live = (world: MemoryWorld, ...signals: Parameters<typeof ingest>[1]) =>
  ingest(world, signals, { live: true, recordedAt: world.now });
const standing = (value: string, at = hours(0)) => seenUser("ada", { standing: value }, at);

describe("a list", () => {
  it("comes into the graph, and says how much of it there was", async () => {
    const { world, aws, okta } = await estate();
    aws.pages = [[seenKey()], [seenKey({}, hours(0), OTHER)]];
    okta.pages = [[seenUser("ada"), seenUser("bob", { standing: "suspended" })]];
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: true, seen: 2, news: 2, goOn: undefined });
    await sweepEstate(world, "okta");
    expect(await world.ledger.coverage()).toEqual([
      { connector: "aws-iam", whole: true, at: world.now, ended: world.now, seen: 2, active: 0 },
      {
        ...{ connector: "okta", whole: true, at: world.now, ended: world.now, seen: 2, active: 1 },
        lists: [{ ended: world.now, active: 1 }],
      },
    ]);
  });

  it("that says nothing new writes nothing but that it was looked at", async () => {
    const { world, aws, okta } = await estate();
    aws.pages = [[seenKey({ owner: ADA, lastUsed: hours(1) })]];
    okta.pages = [[seenUser("ada", { manager: oktaUser("grace"), team: "search" })]];
    for (const connector of ["aws-iam", "okta"]) await sweepEstate(world, connector);
    writesOf(world);
    world.pass(24);
    okta.pages = [[seenUser("ada", { manager: oktaUser("grace"), team: "search" }, world.now)]]; // dated by the look
    for (const connector of ["aws-iam", "okta"])
      expect(await sweepEstate(world, connector)).toMatchObject({ news: 0, toAnnounce: [] });
    expect(writesOf(world)).toEqual(["ledger.cover", "ledger.cover"]);
    expect(world.calls).not.toContain("archive.append");
  });

  it.each([
    ["its state", { state: "off" }],
    ["its reach", { reach: "admin" }],
    ["its declared owner", { owner: ADA }],
    ["its last use", { lastUsed: hours(30) }],
  ])("is heard where it says something new of a credential: %s", async (_title, more) => {
    const { world, aws } = await estate();
    aws.pages = [[seenKey()]];
    await sweepEstate(world, "aws-iam");
    aws.pages = [[seenKey(more, hours(1))]];
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ news: 1 });
    aws.pages = [[seenKey(more, hours(2))]];
    await world.graph.clear(KEY, (await world.graph.node(KEY))!.value.pending);
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ news: 0, toAnnounce: [] });
  });

  it("is the truth where an event was missed, however it dates what it says", async () => {
    const { world, aws } = await estate();
    await live(world, issuedKey(byUser("ada")), keyIs("disabled", hours(3)));
    aws.pages = [[seenKey({ state: "on" }, hours(0))]]; // dated by its creation: AWS keeps no time of the change
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ news: 1, toAnnounce: [KEY] });
    expect(await stateOf(world)).toBe("on");
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ news: 0 });
  });

  it("is not believed before a change of minutes ago: the provider may not agree with itself yet", async () => {
    const { world, aws } = await estate();
    await live(world, issuedKey(byUser("ada")), keyIs("disabled", world.now));
    aws.pages = [[seenKey({ state: "on" }, hours(0))]];
    await sweepEstate(world, "aws-iam");
    expect(await stateOf(world)).toBe("off");
  });
});

describe("what a list does not have any more", () => {
  const twoKeys = [seenKey(), seenKey({}, hours(0), OTHER)];

  it("is gone, if every page was whole", async () => {
    const { world, aws } = await estate();
    aws.pages = [twoKeys];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    aws.pages = [[seenKey()]];
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({
      gone: [accessKey(OTHER)],
      toAnnounce: [accessKey(OTHER)],
    });
    expect(await stateOf(world, accessKey(OTHER))).toBe("deleted");
    expect(await stateOf(world)).toBe("on");
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ gone: [] });
    expect((await world.archive.read()).items.at(-1)?.signal).toMatchObject({ kind: "credential.deleted" });
  });

  it.each<[string, (aws: Listed) => void]>([
    ["a page was cut short", (aws) => void Object.assign(aws, { pages: [[seenKey()]], cut: true })],
    [
      "a page was refused",
      (aws) => void Object.assign(aws, { pages: [[seenKey()], denied("aws", "iam:ListAccessKeys")] }),
    ],
    ["the list was empty: that is more often the wrong place", (aws) => void Object.assign(aws, { pages: [[]] })],
    [
      "it is of a type that this list does not show",
      (aws) => void Object.assign(aws, { pages: [[seenKey({ type: "login profile" })]] }),
    ],
    [
      "it is in a tenant that this list does not show",
      (aws) => void Object.assign(aws, { pages: [[seenKey({ tenant: "444455556666" })]] }),
    ],
  ])("is not gone where %s", async (_title, change) => {
    const { world, aws } = await estate();
    aws.pages = [twoKeys];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    change(aws);
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ gone: [] });
    expect(await stateOf(world, accessKey(OTHER))).toBe("on");
  });

  const byRegion = (region: string) => ({ region, name: "prod" });
  const byArn = (region: string) => ({
    arn: `arn:aws:bedrock-agentcore:${region}:111122223333:runtime/prod-0123456789`,
  });

  it.each<[string, readonly object[], boolean, (region: string) => Handle]>([
    ["a Region that is not looked in any more", [{ region: "us-east-1" }], false, byRegion],
    ["one that its ARN names and that is not looked in", [{ region: "us-east-1" }], false, byArn],
    ["a Region that was looked in", [{ region: "eu-west-1" }, { region: "us-east-1" }], true, byRegion],
    ["one that its ARN names and that was looked in", [{ region: "eu-west-1" }, { region: "us-east-1" }], true, byArn],
    ["wherever, for the list knows of no Regions", [{}], true, byRegion],
  ])("is gone only where it was looked for: in %s", async (_title, looked, gone, named) => {
    const { world, aws } = await estate();
    const inRegion = (region: string) => ({ handle: { account: "111122223333", ...named(region) } });
    aws.pages = [[seenKey(inRegion("us-east-1")), seenKey(inRegion("eu-west-1"), hours(0), OTHER)]];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    const page = aws.page!;
    const within = async (cursor: string | undefined, now: Instant) => ({
      ...(await page(cursor, now)),
      ...looked[Number(cursor ?? 0)],
    });
    Object.assign(aws, {
      pages: looked.map((_, n) => (n === looked.length - 1 ? [seenKey(inRegion("us-east-1"))] : [])),
      page: within,
    });
    const { goOn, ...swept } = await sweepEstate(world, "aws-iam", { maxPages: 1 });
    const ended = goOn ? await sweepEstate(world, "aws-iam", { from: JSON.parse(JSON.stringify(goOn)) }) : swept;
    expect(ended).toMatchObject({ whole: true, gone: gone ? [accessKey(OTHER)] : [] });
  });

  it("is an identity of a Region only where that was looked in, too", async () => {
    const { world, aws } = await estate();
    const agent = (region: string): Signal => {
      const name = `arn:aws:bedrock:${region}:111122223333:agent/AGENT12345`;
      const source = { connector: "aws-iam", eventId: `seen/${name}`, occurredAt: hours(0) };
      const identity = { id: role(name), realm: "aws", name };
      return Signal.parse({ kind: "identity.seen", source, tenant: "111122223333", identity, type: "agent" });
    };
    const deleted = async () =>
      (await world.graph.node(role(`arn:aws:bedrock:eu-west-1:111122223333:agent/AGENT12345`)))?.value.subject.facts[
        "deleted"
      ]?.value;
    aws.pages = [[agent("us-east-1"), agent("eu-west-1")]];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    aws.pages = [[agent("us-east-1")]];
    const page = aws.page!;
    const inOne = async (cursor: string | undefined, now: Instant) => ({
      ...(await page(cursor, now)),
      region: "us-east-1",
    });
    Object.assign(aws, { page: inOne });
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: true });
    expect(await deleted()).toBe("no");
    Object.assign(aws, { page });
    await sweepEstate(world, "aws-iam");
    expect(await deleted()).toBe("yes");
  });

  it.each<[string, object, object, boolean]>([
    ["of what we hold off, where none is listed while it is off", { listed: "while on" }, { windDown: "wdc_1" }, false],
    ["of what stands switched off after us", { listed: "while on" }, { left: "wdc_1" }, false],
    ["of what nobody holds", { listed: "while on" }, {}, true],
    ["of what is listed though it is off", {}, { windDown: "wdc_1" }, true],
  ])("tells %s nothing but what is so", async (_title, over, held, gone) => {
    const { world, aws } = await estate();
    aws.pages = [[seenKey(), seenKey(over, hours(0), OTHER)]];
    await sweepEstate(world, "aws-iam");
    const node = (await world.graph.node(accessKey(OTHER)))!;
    await world.graph.put({ ...node.value, ...held }, node.version);
    world.pass(24);
    aws.pages = [[seenKey()]];
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ gone: gone ? [accessKey(OTHER)] : [] });
  });

  it("is not gone where it is another connector's, or younger than the list", async () => {
    const { world, aws, okta } = await estate();
    aws.pages = [[seenKey()]];
    const theirs = seenKey({}, hours(0), "AKIAIEXAMPLE3EXAMPLE");
    okta.pages = [[{ ...theirs, source: { ...theirs.source, connector: "okta" } }]];
    await sweepEstate(world, "aws-iam");
    await live(world, issuedKey(byUser("ada"), world.now, OTHER));
    expect(await sweepEstate(world, "okta")).toMatchObject({ gone: [] });
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ gone: [] });
    world.pass(1);
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ gone: [accessKey(OTHER)] });
  });
});

describe("a sweep that does not come to its end", () => {
  it("goes on where it was, and still knows what it has seen", async () => {
    const { world, aws } = await estate();
    const third = "AKIAIEXAMPLE3EXAMPLE";
    aws.pages = [[seenKey()], [seenKey({}, hours(0), OTHER)], [seenKey({}, hours(0), third)]];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    aws.looks.length = 0;
    const first = await sweepEstate(world, "aws-iam", { maxPages: 2 });
    expect(first).toMatchObject({ whole: false, seen: 2, goOn: { cursor: "2", whole: true } });
    const plain = JSON.parse(JSON.stringify(first.goOn)) as NonNullable<typeof first.goOn>;
    expect(await sweepEstate(world, "aws-iam", { from: plain })).toMatchObject({ whole: true, seen: 3, gone: [] });
    expect(aws.looks).toEqual([undefined, "1", "2"]);
  });

  it("claims no coverage before its end", async () => {
    const { world, aws } = await estate();
    aws.pages = [[seenKey()], []];
    await sweepEstate(world, "aws-iam", { maxPages: 1 });
    expect(await world.ledger.coverage()).toEqual([]);
  });

  it.each([
    [denied("aws", "iam:ListUsers"), "permission missing"],
    [throttled("aws"), "provider unavailable"],
  ])("because the provider would not answer says so, and keeps what was seen", async (fault, kind) => {
    const { world, aws } = await estate();
    aws.pages = [[seenKey()], fault];
    const swept = await sweepEstate(world, "aws-iam");
    expect(swept).toMatchObject({ whole: false, stopped: fault.name, seen: 1, goOn: { cursor: "1" } });
    expect(await world.ledger.coverage()).toMatchObject([{ whole: false, seen: 1 }]);
    expect(await world.findings.of("aws-iam")).toMatchObject([{ kind }]);
    aws.pages = [[seenKey()], []];
    expect(await sweepEstate(world, "aws-iam", { from: swept.goOn! })).toMatchObject({ whole: true });
    expect(await world.findings.of("aws-iam")).toEqual([]);
  });

  it("for a reason that is ours is thrown", async () => {
    const { world, aws } = await estate();
    aws.pages = [new Fault("StoreFull", "the store could not be written")];
    await expect(sweepEstate(world, "aws-iam")).rejects.toMatchObject({ name: "StoreFull" });
  });

  it.each(["github", "nobody"])("is not begun where the connector %s is not there to list", async (connector) => {
    const { world } = await estate();
    await expect(sweepEstate(world, connector)).rejects.toMatchObject({ name: "BadInput", facts: { connector } });
  });
});

describe("people whom a list finds departed", () => {
  it("are announced where no event said so, and that is said", async () => {
    const { world, okta } = await estate();
    okta.pages = [[standing("active")]];
    await sweepEstate(world, "okta");
    okta.pages = [[standing("departed", hours(40))]];
    const swept = await sweepEstate(world, "okta");
    expect(swept).toMatchObject({ unheard: [ADA], toAnnounce: [ADA], reported: [] });
    expect(world.lines).toEqual(["warn departed on the list, and no event was seen"]);
    await world.graph.clear(ADA, (await world.graph.node(ADA))!.value.pending);
    expect(await sweepEstate(world, "okta")).toMatchObject({ unheard: [], toAnnounce: [], news: 0 });
  });

  it("are announced where only an import said so, though the list says nothing new", async () => {
    const { world, okta } = await estate();
    const signals = [person("left", "ada", hours(5)), standing("departed", hours(5))];
    await ingest(world, signals, { live: false, recordedAt: world.now });
    okta.pages = [[standing("departed", hours(5))]];
    expect(await sweepEstate(world, "okta")).toMatchObject({ unheard: [], toAnnounce: [ADA] });
    await world.graph.clear(ADA, (await world.graph.node(ADA))!.value.pending);
    expect(await sweepEstate(world, "okta")).toMatchObject({ toAnnounce: [] });
  });

  it("before the installation are reported, at each sweep, and nobody is told", async () => {
    const { world, okta } = await estate();
    okta.pages = [[standing("departed", hours(-800))]];
    for (let n = 0; n < 2; n += 1)
      expect(await sweepEstate(world, "okta")).toMatchObject({ reported: [ADA], unheard: [], toAnnounce: [] });
  });

  it("at an unknown time are reported: the first sweep is a report, and so is the next", async () => {
    const { world, okta } = await estate();
    for (let n = 0; n < 3; n += 1) {
      okta.pages = [[standing("departed", world.now)]];
      expect(await sweepEstate(world, "okta")).toMatchObject({ reported: [ADA], toAnnounce: [] });
      world.pass(24);
    }
  });

  it("and who are back are reinstated, though no event said that either", async () => {
    const { world, okta } = await estate();
    await live(world, person("left", "ada", hours(3)));
    await world.graph.clear(ADA, (await world.graph.node(ADA))!.value.pending);
    okta.pages = [[standing("active", hours(0))]];
    expect(await sweepEstate(world, "okta")).toMatchObject({ toAnnounce: [ADA] });
    expect((await world.graph.node(ADA))?.value.pending).toMatchObject([{ kind: "person.reinstated" }]);
  });
});

describe("what the provider itself does not record", () => {
  const gap = { what: "In eu-west-1 no trail records data events." };
  const stopped = { what: "In eu-west-1 the trail audit is stopped.", stopped: true } as const;
  const kinds = async (world: MemoryWorld) => (await world.findings.list()).items;

  it("is said wherever somebody asks what was not visible, until it is recorded", async () => {
    const { world, aws } = await estate();
    aws.pages = [[], []];
    aws.gaps = [gap, gap]; // two pages may say the same
    await sweepEstate(world, "aws-iam");
    expect(await gapsOf(world)).toContain(gap.what);
    expect(await world.ledger.coverage()).toMatchObject([{ whole: true, gaps: [gap.what] }]);
    expect(await kinds(world)).toEqual([]);
    aws.gaps = [];
    world.pass(24);
    await sweepEstate(world, "aws-iam");
    expect(await gapsOf(world)).not.toContain(gap.what);
  });

  it("and somebody stopped is a finding, which only a whole look at what goes on ends", async () => {
    const { world, aws } = await estate();
    aws.pages = [[]];
    aws.gaps = [gap, stopped];
    await sweepEstate(world, "aws-iam");
    const finding = { kind: "the log stopped", severity: "high", about: "aws-iam", facts: { logs: stopped.what } };
    expect(await kinds(world)).toMatchObject([finding]);
    Object.assign(aws, { gaps: [], cut: true });
    await sweepEstate(world, "aws-iam");
    expect(await kinds(world)).toMatchObject([finding]);
    aws.cut = false;
    await sweepEstate(world, "aws-iam");
    expect(await kinds(world)).toEqual([]);
  });

  it("is kept from the first page on, also by another run", async () => {
    const { world, aws } = await estate();
    aws.pages = [[], []];
    const page = aws.page;
    Object.assign(aws, {
      page: async (...asked: Parameters<NonNullable<typeof page>>) => ({
        ...(await page?.(...asked)),
        gaps: [{ what: `page ${asked[0] ?? 0}` }],
      }),
    });
    const { goOn } = await sweepEstate(world, "aws-iam", { maxPages: 1 });
    await sweepEstate(world, "aws-iam", { from: JSON.parse(JSON.stringify(goOn)) });
    expect(await world.ledger.coverage()).toMatchObject([{ gaps: ["page 0", "page 1"] }]);
  });
});
