import { openCase } from "@leasehold/app/casework";
import { ingest as join } from "@leasehold/app/ingest";
import { connectors } from "@leasehold/connectors";
import type { PersonState } from "@leasehold/core/connector";
import { derivedId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { kindsOf, story } from "../../../../test/support/story.ts";

/** An HR system of one's own knows Ada by her address, and says that she has left. */
async function saidToHaveLeft(inTruth: PersonState) {
  const one = await story();
  const { listens } = await connectors.ingest();
  const say = async (signal: object, live: boolean) => {
    const event = { source: "leasehold.ingest", detail: { from: "hr", signal } };
    const signals = listens!.normalise(listens!.event.parse(event) as never);
    await join(one.world, signals, { live, recordedAt: one.world.now });
  };
  const account = "1001";
  const seen = {
    kind: "account.seen",
    eventId: "1",
    occurredAt: hours(-700),
    standing: "active",
    email: "ada@example.com",
  };
  await say({ ...seen, account }, false);
  await say({ kind: "person.left", eventId: "2", occurredAt: one.world.now, account }, true);
  one.estate.people.set("ada", inTruth);
  const subject = derivedId("acc", "ingest", "hr", account);
  const trigger = { kind: "left", subject, occurredAt: one.world.now, recordedAt: one.world.now } as const;
  const id = await openCase(one.world, { ...trigger, eventId: "hr/2" });
  await one.live(24 * 30);
  return { ...one, id };
}

describe("what a source of one's own says about a departure", () => {
  it("does nothing to somebody whom the directory says is active", async () => {
    const { estate, world, id, ...one } = await saidToHaveLeft("active");
    expect((await world.cases.get(id))?.case.gate).toBe("false leaver");
    expect(await kindsOf({ estate, world, id, ...one } as never)).toContain("false leaver");
    expect(estate.diary).toEqual([]);
  });

  it.each(["unknown", "suspended"] as const)(
    "asks, and never acts on silence, where the directory says %s",
    async (state) => {
      const { estate, world, id } = await saidToHaveLeft(state);
      expect((await world.cases.get(id))?.case.gate).toBe("unconfirmed");
      expect(estate.diary).toEqual([]);
    },
  );

  it("opens a case in which people are asked, where the directory says so too", async () => {
    const { estate, world, id } = await saidToHaveLeft("departed");
    expect((await world.cases.get(id))?.case.gate).toBe("departed");
    expect(estate.asks.length).toBeGreaterThan(0);
  });
});
