import { readConfig } from "@leasehold/app/config";
import { ingest } from "@leasehold/app/ingest";
import { peopleOf, who } from "@leasehold/app/question";
import { orphans, sweepEstate } from "@leasehold/app/sweep";
import { bind } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live, Memory, Simulator } from "@leasehold/connectors/kit";
import { type Connector, onlyCounts } from "@leasehold/core/connector";
import { Instant, later } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import * as bedrock from "../../../connectors/src/aws-bedrock/simulator.ts";
import * as cloudtrail from "../../../connectors/src/aws-cloudtrail/simulator.ts";
import * as iam from "../../../connectors/src/aws-iam/simulator.ts";
import * as identityCenter from "../../../connectors/src/aws-identity-center/simulator.ts";
import * as secrets from "../../../connectors/src/aws-secrets/simulator.ts";
import * as jira from "../../../connectors/src/jira/simulator.ts";
import * as okta from "../../../connectors/src/okta/simulator.ts";
import * as slack from "../../../connectors/src/slack/simulator.ts";
import { matches } from "../pattern/index.ts";
import {
  accountsOf,
  answerFor,
  answers,
  demoConfig,
  demoEvents,
  demoHistory,
  demoWorlds,
  disabledInIdentityCenter,
  everybody,
  GRANTS,
  type GrantName,
  grantIds,
  KEYS,
  type KeyName,
  leaves,
  PEOPLE,
  PIPELINE_KEY,
  switches,
  type Who,
} from "./index.ts";

const NOW = Instant.parse("2026-11-02T09:00:00.250Z");
const SOON = Instant.parse("2026-11-02T09:05:00Z");
const LISTED = ["aws-iam", "aws-identity-center", "okta"] as const;

interface Worlds {
  readonly "aws-iam": iam.World;
  readonly "aws-identity-center": identityCenter.World;
  readonly okta: okta.World;
  readonly slack: slack.World;
  readonly jira: jira.World;
}
const worldsAt = (now: Instant): Worlds => demoWorlds(now); // the types of the simulators themselves

function run<Api, World>(simulator: Simulator<Api, World>, begin: World, clock: () => Instant) {
  let world = structuredClone(begin);
  const memory: Memory<World> = {
    get: () => world,
    set: (next) => {
      world = next;
    },
  };
  const live: Live<Api> = simulator.live(memory, clock, () => {});
  return { live, world: () => world };
}

/** Example Corp with its simulators running, and nothing of it in the graph yet. */
async function corp() {
  const worlds = worldsAt(NOW);
  const clock = () => world.now;
  const none = undefined as never; // nothing of theirs is in the demo's worlds
  const running = {
    "aws-bedrock": run(bedrock.simulator, none, clock),
    "aws-secrets": run(secrets.simulator, none, clock),
    "aws-cloudtrail": run(cloudtrail.simulator, cloudtrail.simulator.sample!.world, clock),
    "aws-iam": run(iam.simulator, worlds["aws-iam"], clock),
    "aws-identity-center": run(identityCenter.simulator, worlds["aws-identity-center"], clock),
    okta: run(okta.simulator, worlds.okta, clock),
    slack: run(slack.simulator, worlds.slack, clock),
    jira: run(jira.simulator, worlds.jira, clock),
  };
  const config = readConfig(demoConfig());
  const named = Object.keys(config.connectors) as (keyof typeof connectors)[];
  const loaded = await Promise.all(named.map((id) => connectors[id]()));
  const providers = loaded.map((connector) => {
    const id = connector.id as keyof typeof running;
    return bind(connector, config.connectors[id]?.mode ?? "observe", running[id]?.live.api);
  });
  const world: MemoryWorld = Object.assign(memoryWorld(providers), { config, now: NOW });
  const absorb = (event: unknown) => {
    for (const { live } of Object.values(running)) live.absorb(event);
  };
  return { world, running, loaded, absorb, provider: (id: string) => providers.find((one) => one.id === id) };
}

/** As the bus would: by the pattern, then through the schema. */
function heard(
  all: readonly Connector[],
  event: unknown,
): readonly { readonly by: string; readonly said: readonly Signal[] }[] {
  return all.flatMap(({ id, listens }) => {
    const patterns = Object.values(listens?.patterns ?? {}).flat();
    if (listens === undefined || onlyCounts(listens) || !patterns.some((pattern) => matches(pattern, event))) return [];
    return [{ by: id, said: listens.normalise(listens.event.parse(event)) }];
  });
}

/** Imported and swept: what Leasehold knows on its first day. */
async function known() {
  const one = await corp();
  const signals = demoHistory(NOW).flatMap((event) => heard(one.loaded, event).flatMap(({ said }) => said));
  await ingest(one.world, signals, { live: false, recordedAt: NOW });
  const swept = [];
  for (const id of LISTED) swept.push(await sweepEstate(one.world, id));
  return { ...one, swept };
}

describe("the demo organisation", () => {
  it("is listed whole by every connector, and nobody of it has left yet", async () => {
    const { swept, world } = await known();
    expect(swept.map(({ connector, whole, stopped }) => [connector, whole, stopped])).toEqual(
      LISTED.map((id) => [id, true, undefined]),
    );
    expect(swept.flatMap(({ unheard, reported, gone }) => [...unheard, ...reported, ...gone])).toEqual([]);
    expect((await who(world, PEOPLE.pat.email)).owner).toMatchObject({ name: "Pat Moss", standing: "active" });
  });

  it("has the same people everywhere: each is one person with an account at Okta and one at Identity Center", async () => {
    const { world } = await known();
    for (const name of Object.keys(PEOPLE) as Who[]) {
      const { owner } = await who(world, PEOPLE[name].email);
      const { okta: atOkta, identityCenter: atAws } = accountsOf(name);
      expect(owner?.accounts, name).toEqual(expect.arrayContaining([atOkta, atAws]));
      expect(owner, name).toMatchObject({ name: PEOPLE[name].name, email: PEOPLE[name].email, standing: "active" });
    }
    const worlds = demoWorlds(NOW);
    const emails = everybody.map(({ email }) => email);
    expect(worlds.slack.users.map(({ email }) => email)).toEqual(emails);
    expect(worlds.jira.users.map(({ email }) => email)).toEqual(emails);
    expect(worlds["aws-identity-center"].users.filter(({ externalIds }) => externalIds.length === 0)).toHaveLength(2);
  });

  it("is plain JSON, and nothing of it is dated after its present", () => {
    const worlds = demoWorlds(NOW);
    expect(JSON.parse(JSON.stringify(worlds))).toEqual(worlds);
    const instants = JSON.stringify([worlds, demoHistory(NOW)]).match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g) ?? [];
    expect(instants.length).toBeGreaterThan(80);
    expect(instants.filter((one) => one > NOW.slice(0, 19))).toEqual([]);
  });

  it("reaches what its policies let it reach", async () => {
    const { world } = await known();
    const reachOf = async (id: string) => (await who(world, id)).subject.facts["reach"] ?? "unknown";
    const of: Record<string, string> = {};
    for (const [name, { credential }] of Object.entries(KEYS)) of[name] = await reachOf(credential);
    for (const name of Object.keys(GRANTS) as GrantName[]) of[name] = await reachOf(grantIds(name).credential);
    expect(of).toEqual({
      ...{ support: "write", reportIdle: "read", reportUsed: "read", migration: "admin", triage: "unknown" },
      ...{ build: "write", breakGlass: "admin", legacy: "write", etl: "unknown" },
      ...{ patWrites: "write", patReads: "read", sue: "unknown" },
    });
  });

  it("used one of two keys of one user two hours ago; the other is idle", () => {
    const report = demoWorlds(NOW)["aws-iam"].users.find(({ userName }) => userName === "report-agent");
    expect(report?.keys.map(({ accessKeyId, lastUsed }) => [accessKeyId, lastUsed])).toEqual([
      [KEYS.reportIdle.accessKeyId, "2026-08-17T09:00:00.000Z"],
      [KEYS.reportUsed.accessKeyId, "2026-11-02T07:00:00.000Z"],
    ]);
  });
});

describe("its history", () => {
  it("is routed by exactly one connector's pattern, and every event says something", async () => {
    const { loaded } = await corp();
    for (const event of demoHistory(NOW)) {
      const by = heard(loaded, event);
      expect(by).toHaveLength(1);
      expect(by[0]?.said.length).toBeGreaterThan(0);
    }
  });

  it("is what the simulators begin with: none of it changes what they have", async () => {
    const { running, absorb } = await corp();
    for (const event of demoHistory(NOW)) absorb(event);
    expect(running["aws-iam"].world()).toEqual(worldsAt(NOW)["aws-iam"]);
    const byId = (grants: okta.World["grants"]) => grants.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(running.okta.world().grants)).toEqual(byId(worldsAt(NOW).okta.grants));
  });

  const owned: readonly (readonly [KeyName, Who])[] = [
    ["support", "sue"],
    ["reportIdle", "sue"],
    ["reportUsed", "sue"],
    ["migration", "sue"],
    ["triage", "nia"],
    ["build", "ben"],
    ["breakGlass", "sam"],
  ];
  it.each([0, 35])(
    "makes the owners of the agents' keys certain, by what nobody could forge, %i days on",
    async (days) => {
      const { world } = await known();
      world.pass(days * 24);
      for (const [key, name] of owned) {
        const { owner } = await who(world, KEYS[key].accessKeyId);
        expect(owner?.accounts, key).toContain(accountsOf(name).okta);
        expect(owner, key).toMatchObject({ name: PEOPLE[name].name, word: "certain", unforgeable: true });
        expect(owner?.confidence, key).toBeGreaterThanOrEqual(0.95);
      }
      for (const [grant, name] of [
        ["patWrites", "pat"],
        ["patReads", "pat"],
        ["sue", "sue"],
      ] as const) {
        const { owner } = await who(world, grantIds(grant).credential);
        expect(owner, grant).toMatchObject({ name: PEOPLE[name].name, word: "certain", unforgeable: true });
        expect(owner?.confidence, grant).toBeGreaterThanOrEqual(0.95);
      }
    },
  );

  it.each([
    ["sue", ["grace", "mia", "fay"]],
    ["nia", ["grace", "mia", "fay"]],
    ["pat", ["leo", "mia", "fay"]],
    ["sam", ["mia", "fay"]],
  ] as const)("when %s has left, theirs stays theirs to the end of a grace, and %j are asked", async (name, asked) => {
    const { world, loaded, absorb } = await known();
    const event = leaves(name, SOON);
    absorb(event);
    world.now = SOON;
    const said = heard(loaded, event).flatMap((one) => one.said);
    await ingest(world, said, { live: true, recordedAt: SOON });
    world.pass(35 * 24);
    for (const id of LISTED) await sweepEstate(world, id);
    const people = peopleOf(world, world.now);
    const { accounts } = await people.cluster(accountsOf(name).okta);
    const of = { leaver: accounts, departure: SOON, now: world.now, tried: [], fallback: PEOPLE.fay.email };
    const { custodians } = await people.chain(of);
    const names = await Promise.all(custodians.map(async (one) => (await who(world, one)).owner?.name));
    expect(names).toEqual(asked.map((one) => PEOPLE[one].name));
    for (const [key, owner] of owned) {
      if (owner !== name) continue;
      const found = (await who(world, KEYS[key].accessKeyId)).owner;
      expect(found, key).toMatchObject({
        name: PEOPLE[name].name,
        standing: "departed",
        word: "certain",
        unforgeable: true,
      });
    }
  });

  it("leaves one key nobody's, and one that a tag alone declares no more than possible", async () => {
    const { world } = await known();
    expect(await who(world, KEYS.legacy.accessKeyId)).toMatchObject({ owner: undefined, candidates: [] });
    const { owner } = await who(world, KEYS.etl.accessKeyId);
    expect(owner).toMatchObject({ name: "Ben Ito", word: "possible", unforgeable: false });
    const found = (await orphans(world)).items.map(({ credential }) => credential);
    expect(found).toEqual([KEYS.legacy.credential]);
  });

  it("without it nobody's key is certain", async () => {
    const { world } = await corp();
    for (const id of LISTED) await sweepEstate(world, id);
    const { owner } = await who(world, KEYS.support.accessKeyId);
    expect(owner).toMatchObject({ name: PEOPLE.sue.name, word: "possible", unforgeable: false }); // her tag says so
    expect((await who(world, KEYS.legacy.accessKeyId)).owner).toBeUndefined();
  });
});

describe("its live events", () => {
  const oktaSays = async ({ provider }: Awaited<ReturnType<typeof corp>>, name: Who) =>
    provider("okta")?.person?.({ org: "example", userId: PEOPLE[name].okta });

  it.each([
    ["sueLeaves", "sue"],
    ["niaLeaves", "nia"],
    ["patLeaves", "pat"],
  ] as const)("%s is a departure, and Okta agrees when asked", async (event, name) => {
    const one = await known();
    const happened = demoEvents[event](SOON);
    expect(heard(one.loaded, happened)).toMatchObject([
      { by: "okta", said: [{ kind: "person.left", account: accountsOf(name).okta, source: { occurredAt: SOON } }] },
    ]);
    one.absorb(happened);
    expect(await oktaSays(one, name)).toBe("departed");
    expect(await oktaSays(one, "ben")).toBe("active");
  });

  it("Nia returns: Okta agrees, and the graph has her active again", async () => {
    const one = await known();
    const events = [demoEvents.niaLeaves(SOON), demoEvents.niaReturns(later(SOON, 30))];
    for (const event of events) one.absorb(event);
    expect(await oktaSays(one, "nia")).toBe("active");
    one.world.now = later(SOON, 31);
    const said = events.flatMap((event) => heard(one.loaded, event)).flatMap(({ said }) => said);
    await ingest(one.world, said, { live: true, recordedAt: one.world.now });
    expect((await who(one.world, PEOPLE.nia.email)).owner?.standing).toBe("active");
  });

  it("at another instant is another event, and the same one again is the same", () => {
    const idOf = (event: unknown) => (event as { readonly id: string }).id;
    expect(idOf(demoEvents.sueLeaves(SOON))).toBe(idOf(demoEvents.sueLeaves(SOON)));
    expect(idOf(demoEvents.sueLeaves(SOON))).not.toBe(idOf(demoEvents.sueLeaves(later(SOON, 1))));
    expect(idOf(demoEvents.sueLeaves(SOON))).not.toBe(idOf(demoEvents.niaLeaves(SOON)));
    const ids = demoHistory(NOW).map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("somebody disabled in Identity Center is read as suspended there", async () => {
    const one = await corp();
    one.absorb(disabledInIdentityCenter("sue", SOON));
    const handle = { account: "111122223333", identityStoreId: "d-1234567890", userId: PEOPLE.sue.identityCenter };
    expect(await one.provider("aws-identity-center")?.person?.(handle)).toBe("suspended");
  });

  it("somebody's hand on a key shows in IAM", async () => {
    const { running, absorb, provider, loaded } = await corp();
    const disable = provider("aws-iam")?.hands.find(({ verb }) => verb === "disable");
    const { credential, userName, accessKeyId } = KEYS.support;
    const target = { credential, handle: { account: "111122223333", userName, accessKeyId } };
    absorb(demoEvents.keySwitchedOff(SOON, "support"));
    expect(await disable?.see(target)).toEqual({ status: "Inactive" });
    const on = demoEvents.keySwitchedOn(later(SOON, 1), "support");
    expect(heard(loaded, on)).toMatchObject([{ by: "aws-iam", said: [{ kind: "credential.restored", credential }] }]);
    absorb(on);
    expect(await disable?.see(target)).toEqual({ status: "Active" });
    absorb(switches("ada", "reportIdle", "Inactive", SOON));
    expect(running["aws-iam"].world().users[1]?.keys.map(({ status }) => status)).toEqual(["Inactive", "Active"]);
  });

  it("a use changes no state, and shows in the last use that IAM tells of that key only", async () => {
    const { loaded } = await corp();
    const used = demoEvents.keyUsed(SOON, "support");
    expect(heard(loaded, used)).toMatchObject([
      { by: "aws-iam", said: [{ kind: "access.refused", by: { credential: KEYS.support.credential } }] },
    ]);
    const { live, world } = run(iam.simulator, worldsAt(NOW)["aws-iam"], () => SOON);
    live.absorb(used);
    const after = structuredClone(world());
    const changed = after.users.flatMap(({ keys }) => keys).filter(({ lastUsed }) => lastUsed === SOON);
    expect(changed.map(({ accessKeyId }) => accessKeyId)).toEqual([KEYS.support.accessKeyId]);
    live.absorb(demoEvents.keyUsed(NOW, "support")); // an older use is no news
    live.absorb(demoEvents.sueLeaves(SOON)); // and what is no use leaves the world alone
    expect(world()).toEqual(after);
    const { lastUsed } = bind(await connectors["aws-iam"](), "act", live.api).hands[0]!;
    const { credential, userName, accessKeyId } = KEYS.support;
    expect(await lastUsed?.({ credential, handle: { account: after.account, userName, accessKeyId } })).toBe(SOON);
  });

  it("a key that a pipeline made is nobody's, least of all the role's", async () => {
    const { world, loaded, absorb } = await known();
    const made = demoEvents.keyMadeByPipeline(SOON);
    absorb(made);
    world.now = SOON;
    const said = heard(loaded, made).flatMap((one) => one.said);
    await ingest(world, said, { live: true, recordedAt: SOON });
    await sweepEstate(world, "aws-iam");
    const answer = await who(world, PIPELINE_KEY.accessKeyId);
    expect(answer).toMatchObject({ subject: { facts: { state: "on" } }, owner: undefined, candidates: [] });
  });
});

describe("its people's answers", () => {
  it("has Leo answer about Pat's assistant, by the names that the graph has; and nobody about Sue's or Nia's agents", async () => {
    const { world } = await known();
    const itemOf = async (credential: string) => {
      const { facts } = (await who(world, credential)).subject;
      const identity = (await world.graph.node(facts["identity"] as never))?.value.subject.facts["name"]?.value;
      return { identity: identity ?? "", credential: facts["type"] ?? "" };
    };
    const pats = await itemOf(grantIds("patWrites").credential);
    expect(pats).toEqual({ identity: "Meeting Notes AI", credential: "oauth grant" });
    expect(answerFor(PEOPLE.leo.email, pats)).toMatchObject({ simulated: true, choice: "retire", afterHours: 2 });
    expect(answerFor(PEOPLE.grace.email, pats)).toBeUndefined();
    expect(answerFor(PEOPLE.leo.email, await itemOf(grantIds("sue").credential))).toBeUndefined();
    for (const key of ["support", "reportUsed", "triage"] as const)
      for (const { email } of everybody)
        expect(answerFor(email, await itemOf(KEYS[key].credential)), key).toBeUndefined();
    expect(everybody.map(({ email }) => email)).toEqual(expect.arrayContaining(answers.map((one) => one.custodian)));
  });
});
