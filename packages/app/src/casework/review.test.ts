import { later } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { hours, oktaUser, person, seenUser } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { openCase, reinstate } from "./index.ts";

/** Ada goes from Grace to Bob: the event is heard, and the list since knows it. */
async function moved(change: (one: Story) => void = () => {}): Promise<Story> {
  const one = await story();
  change(one);
  const at = later(one.world.now, -0.1);
  await one.hear(person("moved", "ada", at), seenUser("ada", { manager: oktaUser("bob") }, at));
  const trigger = {
    kind: "moved",
    subject: oktaUser("ada"),
    occurredAt: at,
    recordedAt: one.world.now,
  } as const;
  await openCase(one.world, { ...trigger, eventId: "moved/ada" });
  await one.live(27);
  return one;
}
const toldIn = async (one: Story) => (await one.decisions()).filter(({ items }) => items.length === 0);

it("whoever was the manager before is told once, however often the case is looked at", async () => {
  const one = await moved();
  await one.live(24);
  expect(await toldIn(one)).toMatchObject([{ custodian: oktaUser("grace"), closed: true }]);
  expect((await one.windDown()).windDown.question).toMatchObject({ custodian: oktaUser("bob"), ifSilent: "nothing" });
});

it("desks that are down once the question is there take the notice later, and one message it stays", async () => {
  const one = await moved(({ estate, world }) => {
    const asked = () => (estate.messages.get("jira") ?? []).length > 0;
    estate.moods.desk = () => (asked() && world.now < hours(30) ? down() : undefined);
  });
  expect((await toldIn(one)).map(({ asked, closed }) => ({ asked, closed }))).toEqual([
    { asked: undefined, closed: false },
  ]);
  await one.live(48);
  expect(await toldIn(one)).toMatchObject([{ custodian: oktaUser("grace"), closed: true }]);
});

it("a return from somewhere takes nothing back: a mover never left", async () => {
  const one = await moved();
  expect(await reinstate(one.world, oktaUser("ada"))).toBe("no open case");
  expect((await one.windDown()).windDown.answer).toBeUndefined();
});

it("the directory says meanwhile that she has left: the case is a departure's", async () => {
  const one = await moved();
  one.estate.people.set("ada", "departed");
  await one.live(25);
  const [id = "cas_none"] = (await one.world.cases.list("open")).items;
  expect((await one.world.cases.get(id))?.case.gate).toBe("departed");
});
