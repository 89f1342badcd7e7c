import { Signal } from "@leasehold/core/signal";
import type { Descent } from "@leasehold/core/winddown";
import { describe, expect, it } from "vitest";
import { handOf, OFF } from "../../../../test/support/estate.ts";
import { accessKey, byUser, hours, keyIs, oktaUser, role, seenKey } from "../../../../test/support/signals.ts";
import { ofKey, story } from "../../../../test/support/story.ts";
import { withEntangled } from "./entangled.ts";
import { look } from "./look.ts";

const OTHER = "AKIAI44QH8DHBEXAMPLE";
const QUARANTINE: Descent = { to: "quarantined", reversibility: "R1", blast: "identity" };
const used = seenKey({ lastUsed: hours(-2), owner: undefined }, hours(-1), OTHER);

const AGENT = role("agent");
const said = (at: number) => ({ connector: "aws-bedrock", eventId: `agent/${at}`, occurredAt: hours(at) });
const agent = { identity: { id: AGENT, realm: "aws", name: "agent" }, tenant: "111122223333" };
const acting = (by: string, at = -2): Signal =>
  Signal.parse({ kind: "identity.seen", source: said(at), ...agent, type: "agent", role: by, owner: oktaUser("bob") });
const read = (at: number): Signal =>
  Signal.parse({
    ...{ kind: "secret.read", source: { ...said(at), connector: "aws-secrets" }, tenant: "111122223333" },
    ...{ by: byUser("bob"), credential: accessKey(), reader: role("app") },
  });
const goneAgent = (at: number): Signal =>
  Signal.parse({ kind: "identity.deleted", source: said(at), ...agent, by: byUser("bob") });

/** Ada has left, and one identity holds her key and another one. */
async function planned(others: readonly Signal[], descent = QUARANTINE) {
  const one = await story(ofKey(), others);
  await one.leaves();
  await one.settle();
  const hand = handOf(one.estate, "quarantine", OFF);
  const node = (await one.world.graph.node(one.key))!.value;
  const bare = await hand.plan({ credential: one.key, handle: {} });
  const plan = await withEntangled(one.world, bare, descent, node);
  return { bare, plan };
}

describe("what falls on the whole identity", () => {
  it.each([
    ["nobody is asked about", ofKey(OTHER, "deploy", "bob"), /nobody is asked about/],
    ["is in use", [...ofKey(OTHER), used], /may be in use/],
  ])("is refused where another credential of it %s", async (_title, others, why) => {
    const { plan, bare } = await planned(others);
    expect(plan.refusals).toEqual([expect.stringMatching(why)]);
    expect(plan.alsoAffects).toEqual([accessKey(OTHER)]);
    expect(plan.token).not.toBe(bare.token); // a yes to the one is none to the other
  });

  it("is agreed to with what goes down by it, where that is asked about too and rests", async () => {
    const { plan } = await planned(ofKey(OTHER));
    expect(plan).toMatchObject({ refusals: [], alsoAffects: [accessKey(OTHER)] });
  });

  it.each<[string, readonly Signal[], readonly string[]]>([
    ["acts by it", [acting("deploy")], [AGENT]],
    ["has read it of late", [read(-24)], [oktaUser("bob"), role("app")]],
    ["read it long ago", [read(-24 * 95)], []],
    ["acted by it before, and by another now", [acting("deploy", -3), acting("search", -2)], []],
    ["acted by it, and is gone", [acting("deploy", -3), goneAgent(-2)], []],
  ])(
    "is agreed to with whoever or whatever %s, whosesoever that is: a new one is no part of an old yes",
    async (_title, more, also) => {
      const { plan, bare } = await planned(more);
      expect(plan).toMatchObject({ refusals: [], alsoAffects: also });
      expect(plan.token !== bare.token).toBe(also.length > 0);
    },
  );

  it.each([
    ["is switched off", [...ofKey(OTHER, "deploy", "bob"), keyIs("disabled", hours(0), OTHER)]],
    ["is another identity's", ofKey(OTHER, "search", "bob")],
  ])("minds nothing that %s", async (_title, others) => {
    const { plan } = await planned(others);
    expect(plan).toMatchObject({ refusals: [], alsoAffects: [] });
  });
});

it("what was opened with the others is shown as going down with them, and need not go down first", async () => {
  const one = await story(ofKey(), ofKey(OTHER, "deploy", "bob"));
  await one.leaves();
  await one.settle();
  const node = (await one.world.graph.node(one.key))!.value;
  const [hands, bare] = [
    one.estate.hands,
    await handOf(one.estate, "quarantine", OFF).plan({ credential: one.key, handle: {} }),
  ];
  const planNow = () => withEntangled(one.world, bare, QUARANTINE, node);
  one.estate.hands = [handOf(one.estate, "end-sessions", OFF)];
  expect(await planNow()).toMatchObject({ refusals: [], alsoAffects: [accessKey(OTHER)] });
  one.estate.hands = [...one.estate.hands, ...hands]; // it can be more than ended: then it is a credential like any other
  expect((await planNow()).refusals).toHaveLength(1);
});

it("what falls on one credential alone is as the provider drew it", async () => {
  const { plan, bare } = await planned(ofKey(OTHER, "deploy", "bob"), { ...QUARANTINE, blast: "credential" });
  expect(plan).toBe(bare);
});

it("is what a look finds, so that no yes goes past it", async () => {
  const one = await story(ofKey(), ofKey(OTHER, "deploy", "bob"));
  one.estate.hands = [handOf(one.estate, "quarantine", OFF, { blast: "identity" })];
  await one.leaves();
  await one.settle();
  const { view } = await look(one.world, (await one.windDown()).windDown);
  expect(view.plan?.refusals).toEqual([expect.stringMatching(/nobody is asked about/)]);
});
