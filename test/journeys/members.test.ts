import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calls } from "@leasehold/app/calls";
import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import { bind, type Estate, together } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live, Mood } from "@leasehold/connectors/kit";
import { simulatorOf } from "@leasehold/connectors/simulators";
import { derivedId, type Instant, later } from "@leasehold/core/kernel";
import { demoEvents, demoWorlds } from "@leasehold/local/demo";
import { understanding } from "@leasehold/local/history";
import { type Laptop, openLaptop } from "@leasehold/local/laptop";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makesKey, makesUser } from "../../packages/local/src/demo/events.ts";
import { MONDAY } from "../support/clock.ts";

const [HUB, MEMBER, KEY] = ["111122223333", "444455556666", "AKIAIOSFODNN7BEXAMPLE"];
const CREDENTIAL = derivedId("crd", "aws", KEY);
let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-members-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A second account with one user and one idle key, which Sue made; its simulator lives as long as the test. */
async function secondAccount() {
  const simulator = await simulatorOf("aws-iam");
  const [model] = demoWorlds(MONDAY)["aws-iam"].users;
  const keys = [{ accessKeyId: KEY, status: "Active", createdAt: later(MONDAY, -5_000), lastUsed: null }];
  let world: unknown = { account: MEMBER, users: [{ ...model, userName: "agent-b", keys }], groups: {}, events: 0 };
  const memory = {
    get: () => world,
    set: (to: unknown) => {
      world = to;
    },
  };
  const live = simulator.live(
    memory,
    () => MONDAY,
    () => {},
  ) as Live<unknown>;
  const status = () => (world as { users: { keys: { status: string }[] }[] }).users[0]?.keys[0]?.status;
  return { live, status };
}
type Second = Awaited<ReturnType<typeof secondAccount>>;

const connector = await connectors["aws-iam"]();

/** The laptop's estate, where AWS IAM is of the hub and of the accounts that are configured. */
async function open(second: Second | undefined): Promise<Laptop> {
  const estate = (laid: Estate): Estate => {
    const hub = laid.provider("aws-iam");
    if (hub === undefined) throw new Error("the demo has no AWS IAM");
    const member = second && { id: MEMBER, name: "payments", provider: bind(connector, hub.mode, second.live.api) };
    const both = together("account", [{ id: HUB, provider: hub }, ...(member ? [member] : [])]);
    const providers = laid.providers().map((one) => (one.id === "aws-iam" ? both : one));
    return { providers: () => providers, provider: (id) => providers.find((one) => one.id === id) };
  };
  const worlds = demoWorlds(MONDAY);
  return openLaptop({
    ...{ path: join(home, "members.db"), start: MONDAY, host: { estate }, log: () => {}, simulatedPeople: false },
    worlds: { "aws-iam": { ...worlds["aws-iam"], users: [] }, okta: { ...worlds.okta, grants: [] } },
  });
}

/** Sue's key of the second account is known, everything is listed, and she has left. */
async function begin(laptop: Laptop): Promise<void> {
  const { world } = laptop;
  await world.ledger.installed(world.clock());
  const past: Instant = later(MONDAY, -24 * 7 * 30);
  const there = (event: unknown) => JSON.parse(JSON.stringify(event).replaceAll(HUB, MEMBER)) as unknown;
  const events = [makesUser("sue", "agent-b", past), makesKey("sue", "agent-b", KEY, past)].map(there);
  const hears = understanding(world.estate.providers());
  const signals = events.flatMap(hears).flatMap((one) => ("signals" in one ? one.signals : []));
  await ingest(world, signals, { live: false, recordedAt: world.clock() });
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
  await laptop.deliver([demoEvents.sueLeaves(world.clock())]);
}

async function windDownOf({ world }: Laptop) {
  const id = (await world.graph.node(CREDENTIAL))?.value.windDown;
  return id && (await world.windDowns.get(id))?.windDown;
}
const calledHub = ({ simulations }: Laptop) =>
  simulations.find(({ id }) => id === "aws-iam")?.live.calls?.filter((call) => call === "iam:UpdateAccessKey") ?? [];
const END = later(MONDAY, 80);

it("takes a key down in the account that it is of, and in no other", async () => {
  const second = await secondAccount();
  const laptop = await open(second);
  await begin(laptop);
  await laptop.liveUntil(END);
  expect(second.status()).toBe("Inactive");
  expect(await windDownOf(laptop)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  expect(calledHub(laptop)).toEqual([]);
  laptop.close();
});

it("leaves a key alone whose account was taken out of the configuration, down or on the way back, until it is named again", async () => {
  const second = await secondAccount();
  const before = await open(second);
  await begin(before);
  await before.liveUntil(later(MONDAY, 2));
  expect(await windDownOf(before)).toMatchObject({ rung: "flagged" });
  before.close();

  const laptop = await open(undefined);
  await laptop.liveUntil(END);
  expect(second.status()).toBe("Active");
  expect(calledHub(laptop)).toEqual([]);
  const windDown = await windDownOf(laptop);
  expect(windDown).toMatchObject({ rung: "flagged", acts: [] });
  expect(windDown?.closed).toBeUndefined();
  const findings = (await laptop.world.findings.list()).items;
  expect(findings.filter(({ about }) => about === windDown?.id)).toMatchObject([
    { kind: "permission missing", facts: { fault: "BadInput" }, remedy: expect.stringContaining("name the account") },
  ]);
  laptop.close();

  const again = await open(second); // it is named again: what was stuck goes on
  await again.liveUntil(later(END, 96));
  expect(second.status()).toBe("Inactive");
  again.close();

  const without = await open(undefined); // and taken out once more: what we did there stays ours to take back
  const { undoing } = await calls["case-undo"].run(without.world, { id: windDown?.case ?? "" }, { as: "terminal" });
  expect(undoing).toMatchObject([
    { as: "on its way", because: expect.stringMatching(/aws\.accounts.* By hand: bring /) },
  ]);
  await without.liveUntil(later(END, 120));
  expect(second.status()).toBe("Inactive");
  expect((await windDownOf(without))?.closed).toBeUndefined();
  without.close();

  const back = await open(second);
  await back.liveUntil(later(END, 192));
  expect(second.status()).toBe("Active");
  expect((await back.world.windDowns.get(windDown?.id ?? "wdc_"))?.windDown.closed).toMatchObject({ as: "undone" });
  back.close();
});

it.each<[Mood, RegExp]>([
  ["refusing", /lacks iam:GetAccountAuthorizationDetails/],
  ["unreachable", /could not answer/],
])(
  "an account that is %s is missing from the list, which is said, and nothing of it is taken for gone",
  async (mood, why) => {
    const second = await secondAccount();
    const laptop = await open(second);
    const { world } = laptop;
    await begin(laptop);
    second.live.mood = mood;
    const swept = await sweepEstate(world, "aws-iam");
    expect(swept).toMatchObject({ whole: false, gone: [], stopped: undefined });
    const { connectors: all } = await calls.doctor.run(world, {}, { as: "terminal" });
    const iam = all.find(({ id }) => id === "aws-iam");
    expect(iam?.coverage).toMatchObject({
      gaps: [expect.stringMatching(why)],
      places: [
        { id: HUB, whole: true },
        { id: MEMBER, name: "payments", whole: false },
      ],
    });
    const missing = (await world.findings.list()).items.filter(({ about }) => about === "aws-iam");
    expect(missing).toMatchObject([{ kind: "permission missing", facts: { accounts: MEMBER } }]);

    second.live.mood = "willing";
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: true });
    expect((await world.findings.list()).items.filter(({ about }) => about === "aws-iam")).toEqual([]);
    laptop.close();
  },
);
