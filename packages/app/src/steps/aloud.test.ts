import { found } from "@leasehold/core/finding";
import { describe, expect, it } from "vitest";
import { accessKey } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";

const KEYS = [accessKey(), accessKey("AKIAI44QH8DHBEXAMPLE")] as const;
const two = () => story(ofKey(), ofKey("AKIAI44QH8DHBEXAMPLE"));

/** Two wind-downs of one case that nobody has looked at, and nothing of them is said. */
async function opened() {
  const one = await two();
  const id = await one.leaves();
  await one.settle();
  const quiet = async () => {
    for (const subject of (await one.world.outbox.waiting()).items)
      await one.world.outbox.clear(
        subject,
        (await one.world.outbox.of(subject)).map(({ key }) => key),
      );
    one.world.calls.length = 0;
  };
  await quiet();
  const [mine, other] = [await one.windDown(KEYS[0]), await one.windDown(KEYS[1])];
  one.world.calls.length = 0;
  return { ...one, id, mine, other };
}
type Opened = Awaited<ReturnType<typeof opened>>;

const draft = { did: "wind-down.noted", by: "leasehold", facts: {} };
const said = ({ world }: Pick<Story, "world">) => [...world.said.values()];

const WRITES: readonly (readonly [string, (world: World, of: Opened) => Promise<unknown>, (of: Opened) => object])[] = [
  [
    "a change of a wind-down",
    (world, { mine }) => world.windDowns.change(mine, mine.windDown, draft),
    ({ mine, id }) => ({ type: "wind-down.changed", windDown: mine.windDown.id, case: id }),
  ],
  [
    "a change of a case",
    async (world, { id }) => {
      const stored = (await world.cases.get(id))!;
      await world.cases.change(stored, stored.case, draft);
    },
    ({ id }) => ({ type: "case.changed", case: id }),
  ],
  [
    "a finding that pages",
    (world, { mine }) => world.findings.put(found("still alive", mine.windDown.id, world.clock(), "look")),
    ({ mine }) => ({ type: "finding.raised", about: mine.windDown.id }),
  ],
  [
    "whose it is, with the end of its wind-down",
    async (world, { mine }) => {
      const node = (await world.graph.node(KEYS[0]))!;
      const pending = [{ kind: "owner.changed", version: node.version + 1 }] as const;
      const also = { node: { ...node, value: { ...node.value, pending } } };
      await world.windDowns.change(mine, mine.windDown, draft, also);
    },
    () => ({ type: "owner.changed", credential: KEYS[0] }),
  ],
  [
    "what a node has to say",
    async (world) => {
      const { value, version } = (await world.graph.node(KEYS[0]))!;
      await world.graph.put({ ...value, pending: [{ kind: "credential.changed", version: version + 1 }] }, version);
    },
    () => ({ type: "credential.changed", credential: KEYS[0] }),
  ],
];

describe("what a step wrote", () => {
  it.each(WRITES)("%s, is said with it", async (_, write, says) => {
    const of = await opened();
    of.world.said.clear();
    await aloud(of.world, (world) => write(world, of));
    expect(said(of)).toContainEqual(expect.objectContaining(says(of)));
    expect((await of.world.outbox.waiting()).items).toEqual([]);
    expect((await of.world.graph.pending()).items).toEqual([]);
  });

  it("is said without a look at what others left, which stays for the sweep", async () => {
    const of = await opened();
    of.world.said.clear();
    await of.world.windDowns.change(of.other, of.other.windDown, draft);
    of.world.calls.length = 0;
    await aloud(of.world, (world) => world.windDowns.change(of.mine, of.mine.windDown, draft));
    expect(said(of)).toEqual([{ type: "wind-down.changed", windDown: of.mine.windDown.id, case: of.id }]);
    expect(of.world.calls).toEqual(["windDowns.change", "outbox.of", "publish", "outbox.clear"]);
    expect((await of.world.outbox.waiting()).items).toEqual([of.other.windDown.id]);
  });

  it("is nothing where it only read, or could not write", async () => {
    const of = await opened();
    await aloud(of.world, (world) => world.windDowns.get(of.mine.windDown.id));
    const stale = { ...of.mine, version: of.mine.version - 1 };
    await aloud(of.world, (world) => world.windDowns.change(stale, stale.windDown, draft).catch(() => undefined));
    expect(of.world.calls).toEqual(["windDowns.get", "windDowns.change"]);
  });
});
