import { beforeEach, expect, it } from "vitest";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { hours, oktaUser, person, seenOnGithub, seenUser } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { newsIn, vanishedFrom } from "./index.ts";

let world: MemoryWorld;
beforeEach(async () => {
  world = memoryWorld([]);
  await ingest(
    world,
    [seenUser("ada", {}, hours(-48)), seenUser("bob", {}, hours(-48)), seenOnGithub("ada", {}, hours(-48))],
    { live: false, recordedAt: hours(0) },
  );
});
const list = (...seen: readonly string[]) =>
  vanishedFrom(world, { connector: "okta", began: hours(0), seen: new Set(seen.map(oktaUser)) });
const hear = (...signals: Parameters<typeof ingest>[1]) => ingest(world, signals, { live: true, recordedAt: hours(0) });

it("tells of whom the whole list has no longer, and of nobody of another directory", async () => {
  expect(await list("bob")).toMatchObject([{ kind: "person.vanished", account: oktaUser("ada"), tenant: "example" }]);
  expect(await list("ada", "bob")).toEqual([]);
});

it("says nothing where it lists nobody of that tenant", async () => {
  expect(await list()).toEqual([]);
});

it.each([
  ["who has left already", person("left", "ada", hours(-1))],
  ["who is held already", person("held", "ada", hours(-1))],
  ["whom somebody told of while it was made", person("reinstated", "ada", hours(-0.1))],
])("says nothing of one %s", async (_title, signal) => {
  await hear(signal);
  expect(await list("bob")).toEqual([]);
});

it("says it once, until they are listed again; then they are back, and may vanish again", async () => {
  await hear(...(await list("bob")));
  expect(await list("bob")).toEqual([]);
  const look = { now: hours(1), installed: hours(-24) };
  const { signals } = await newsIn(world, [seenUser("ada", {}, hours(-48))], look);
  expect(signals).toHaveLength(1);
  await ingest(world, signals, { live: true, recordedAt: hours(1) });
  const { pending } = (await world.graph.node(oktaUser("ada")))!.value;
  expect(pending.map(({ kind }) => kind)).toContain("person.reinstated");
  expect((await newsIn(world, [seenUser("ada", {}, hours(-48))], { ...look, now: hours(2) })).signals).toEqual([]);
  const again = { connector: "okta", began: hours(24), seen: new Set([oktaUser("bob")]) };
  expect(await vanishedFrom(world, again)).toHaveLength(1);
});

it("doubts itself where it lost many: it is a finding of the list, which a whole one ends", async () => {
  const many = Array.from({ length: 7 }, (_, n) => `p${n}`);
  await hear(...many.map((name) => seenUser(name, {}, hours(-48))));
  expect(await list("ada", "bob")).toEqual([]);
  expect((await world.findings.list()).items).toMatchObject([
    { kind: "not on the list any more", about: "okta", facts: { missing: 7, still: 2 } },
  ]);
  expect(await list("ada", "bob", ...many)).toEqual([]);
  expect((await world.findings.list()).items).toEqual([]);
});
