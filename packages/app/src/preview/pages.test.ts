import { describe, expect, it } from "vitest";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { onlyReading } from "../world/index.ts";
import { preview } from "./index.ts";

const ADA = "ada@example.com";

describe("of more than a page", () => {
  const MANY = 120;
  const many = async (): Promise<Story> => {
    const idOf = (n: number) => `AKIAPLAN${String(n).padStart(5, "0")}EXAMPLE`.slice(0, 20);
    return story(...Array.from({ length: MANY }, (_, n) => ofKey(n === 0 ? undefined : idOf(n), `robot-${n}`)));
  };

  it("each is on one page, in one order, and every page has the totals of all", async () => {
    const one = await many();
    const world = onlyReading(one.world);
    const pages = [await preview(world, { id: ADA })];
    for (let next = pages[0]!.next; next !== undefined; next = pages.at(-1)!.next)
      pages.push(await preview(world, { id: ADA, after: next }));
    expect(pages.map(({ items }) => items.length)).toEqual([50, 50, 20]);
    const shown = pages.flatMap(({ items }) => items.map(({ credential }) => credential));
    expect(new Set(shown).size).toBe(MANY);
    for (const { totals, notVisible } of pages) {
      expect(totals).toEqual({ credentials: MANY, reach: { write: MANY }, underWay: 0 });
      expect(notVisible.join()).not.toContain("more may be theirs");
    }
    expect(pages[2]!.items[0]?.silence).toMatchObject(pages[0]!.items[0]!.silence);
  }, 120_000);

  it("names what it follows, and nothing else", async () => {
    const one = await story();
    await expect(preview(onlyReading(one.world), { id: ADA, after: "crd_none" })).rejects.toMatchObject({
      ...{ name: "BadInput", facts: { where: "after" } },
    });
    expect((await preview(onlyReading(one.world), { id: ADA })).next).toBeUndefined();
  });
});
