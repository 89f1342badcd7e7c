import { emailAccount } from "@leasehold/core/lineage";
import { describe, expect, it } from "vitest";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  person,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { who } from "./who.ts";

type Signals = Parameters<typeof ingest>[1];
const [ADA, BOB] = [oktaUser("ada"), oktaUser("bob")];
const MAIL = emailAccount("bob@example.com");

async function candidates(...signals: Signals) {
  const world = memoryWorld();
  world.pass(900);
  await ingest(world, signals, { live: false, recordedAt: world.now });
  const answer = await who(world, accessKey());
  return Object.fromEntries(answer.candidates.map(({ account, confidence }) => [account, confidence]));
}
const made: Signals = [issuedKey(byUser("ada"), hours(100)), seenUser("ada"), seenUser("bob")];

describe("where people are is read before it is said whose it is", () => {
  it.each<[string, Signals]>([
    ["left", [person("left", "ada", hours(200))]],
    ["moved to another team", [person("moved", "ada", hours(200))]],
  ])("whoever has %s since may have handed it on", async (_title, since) => {
    const sure = (await candidates(...made))[ADA] ?? 0;
    const less = (await candidates(...made, ...since))[ADA] ?? 0;
    expect(less).toBeLessThan(sure);
    expect(less).toBeGreaterThan(0.9);
  });

  it("who moved before they made it made it where they are", async () => {
    expect(await candidates(...made, person("moved", "ada", hours(50)))).toEqual(await candidates(...made));
  });

  it("a list that says it again does not make a departure later", async () => {
    const left = [person("left", "ada", hours(200)), seenKey({ owner: ADA }, hours(800))];
    const again = seenUser("ada", { standing: "departed" }, hours(800));
    expect(await candidates(...made, ...left, again)).toEqual(await candidates(...made, ...left));
  });

  it("who had left before the credential began is nobody's rival for it", async () => {
    const identity = madeIdentity("deploy", byUser("bob"), hours(10));
    const gone = person("left", "bob", hours(50));
    expect((await candidates(...made, identity))[ADA]).toBeLessThan(0.6);
    expect(await candidates(...made, identity, gone)).toMatchObject({ ...(await candidates(...made)), [BOB]: 0 });
  });

  it("an account of which no directory tells an address may be that of whom the tag names", async () => {
    const faceless = [issuedKey(byUser("ada"), hours(100)), seenUser("bob")];
    const tag = seenKey({ owner: MAIL }, hours(200));
    const alone = (await candidates(...faceless))[ADA] ?? 0;
    expect((await candidates(...faceless, tag))[ADA]).toBe(alone);
    expect((await candidates(...faceless, tag, seenUser("ada")))[ADA]).toBeLessThan(alone - 0.1);
  });
});
