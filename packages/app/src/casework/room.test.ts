import type { CaseId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  seenKey,
} from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";

const idOf = (n: number) => `AKIAROOM${String(n).padStart(5, "0")}EXAMPLE`.slice(0, 20);

/** Ada has many keys, and a desk that shows no more than `room` of them in one message. */
async function many(n: number, room: number): Promise<Story> {
  const keys = Array.from({ length: n }, (_, index) => (index === 0 ? ofKey() : ofKey(idOf(index), `agent-${index}`)));
  const one = await story(...keys);
  const provider = (id: string) => {
    const found = one.estate.providers.find((it) => it.id === id);
    if (id === "jira" || found?.desk === undefined) return id === "jira" ? undefined : found;
    const { ask } = found.desk;
    const limited: typeof ask = async (message) => {
      const ticket = await ask(message);
      return message.items.length > room ? { ...ticket, shown: room } : ticket;
    };
    return { ...found, desk: { ...found.desk, ask: limited } };
  };
  Object.assign(one.world, { estate: { ...one.world.estate, provider } });
  return one;
}
const asked = async (one: Story) => (await one.decisions()).filter((decision) => decision.asked !== undefined);

it("a hundred and twenty are asked about in parts, a few a day; what no message showed has no question, and silence leaves it be", async () => {
  const one = await many(120, 20);
  await one.leaves();
  await one.live(0.5);
  const first = await asked(one);
  expect(first.map(({ items }) => items.length)).toEqual([20, 20, 20, 20, 20]);
  const shown = new Set(first.flatMap(({ items }) => items.map(({ windDown }) => windDown)));
  expect(shown.size).toBe(100); // each once
  const { items } = (await one.world.cases.get(first[0]!.case as CaseId))!.case;
  for (const { windDown } of items) {
    const { question } = (await one.world.windDowns.get(windDown!))!.windDown;
    expect(question !== undefined).toBe(shown.has(windDown!));
  }
  const rest = one.estate.messages.get("slack")!.map((message) => message.rest);
  expect(rest).toContain("Others are asked about in a later message; until then silence does nothing to them.");
  expect(await one.whole()).toEqual([]);
}, 120_000);

it("what had no room comes the next morning, with its whole notice", async () => {
  const one = await many(13, 2);
  await one.leaves();
  await one.live(22.9);
  expect((await asked(one)).flatMap(({ items }) => items)).toHaveLength(10);
  await one.live(1);
  expect((await asked(one)).flatMap(({ items }) => items)).toHaveLength(13);
  await one.live(72 - 24 + 0.5);
  expect(one.estate.diary).toHaveLength(10); // the others were asked 23 hours later
  await one.live(24);
  expect(one.estate.diary).toHaveLength(13);
  expect(new Set(one.estate.states.keys()).size).toBe(13);
  expect(one.estate.states.has(accessKey(idOf(12)))).toBe(true);
});

it("as soon as a part is answered the next one comes, on the same day", async () => {
  const one = await many(12, 2);
  await one.leaves();
  await one.live(0.5);
  const [part] = await asked(one);
  for (const { windDown } of part!.items)
    await one.press("keep", "grace", { decision: part!.id, item: windDown, id: windDown });
  await one.settle();
  await one.live(0.5);
  expect((await asked(one)).flatMap(({ items }) => items)).toHaveLength(12);
});

describe("with as many parts as a day has, there waits no", () => {
  /** Grace has five parts before her, and one more thing waits for the morning. */
  async function full(): Promise<Story> {
    const one = await many(11, 2);
    await one.leaves();
    await one.live(1);
    expect(await asked(one)).toHaveLength(5);
    return one;
  }
  const custodians = async (one: Story, key: CredentialId) => (await one.windDown(key)).windDown.question?.custodian;

  it("credential that reaches everything and is found only now", async () => {
    const one = await full();
    const [id, holder] = ["AKIAADMINQH8DHEXAMPLE".slice(0, 20), "root-agent"];
    await one.hear(
      issuedKey(byUser("ada"), hours(-700), id, holder),
      madeIdentity(holder, byUser("ada"), hours(-701)),
      seenKey({ lastUsed: null, owner: oktaUser("ada"), reach: "admin" }, one.world.now, id, holder),
    );
    await one.live(0.5);
    expect(await custodians(one, accessKey(id))).toBe(oktaUser("grace"));
    expect(await asked(one)).toHaveLength(6);
  });

  it("offer, which would be over the next morning", async () => {
    const one = await full();
    const [part] = await asked(one);
    const item = part!.items[0]!.windDown as WindDownId;
    const given = { decision: part!.id, item, to: "grace@example.com" };
    expect(await one.press("transfer", "sam", given)).toMatchObject({ outcome: "recorded" });
    await one.live(0.5);
    const { windDown } = (await one.world.windDowns.get(item))!;
    expect(windDown.answer).toMatchObject({ kind: "keep", accepted: false });
    expect(windDown.question?.decision).not.toBe(part!.id);
    expect((await one.world.decisions.get(windDown.question!.decision))?.value.why).toMatchObject({ as: "offered" });
  });
});
