import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { listed } from "../../../../test/support/listed.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, hours, seenKey } from "../../../../test/support/signals.ts";
import { sweepEstate } from "./sweep-estate.ts";

const OTHER = "AKIAI44QH8DHBEXAMPLE";

/** Installed a day before Monday; the first look is on Wednesday. */
async function estate() {
  const aws = listed("aws-iam", "AWS IAM");
  const world = memoryWorld([aws]);
  await world.ledger.installed(hours(-24));
  world.pass(48);
  return { world, aws };
}

describe("of several accounts, what one does not have any more", () => {
  const [HOME, OTHERS] = ["111122223333", "444455556666"] as const;
  const [FIRST, THIRD] = ["AKIAIOSFODNN7EXAMPLE", "AKIAI55QH8DHBEXAMPLE"];
  const of = (tenant: string, id: string) => seenKey({ tenant, handle: { account: tenant, name: id } }, hours(0), id);
  const FOURTH = "AKIAI66QH8DHBEXAMPLE";
  const before = [of(HOME, FIRST), of(HOME, OTHER), of(OTHERS, THIRD), of(OTHERS, FOURTH)];

  it.each<[string, readonly Partial<Page>[], readonly string[]]>([
    ["each was seen", [{ place: { id: HOME } }, { place: { id: OTHERS } }], [OTHER, FOURTH]],
    ["it was seen, and another was not", [{ place: { id: HOME } }, { place: { id: OTHERS }, whole: false }], [OTHER]],
    ["it was not, and another was", [{ place: { id: HOME }, whole: false }, { place: { id: OTHERS } }], [FOURTH]],
    [
      "of one of them a page was whole and the next was not",
      [{ place: { id: HOME } }, { place: { id: OTHERS } }, { place: { id: HOME }, whole: false }],
      [FOURTH],
    ],
    [
      "both were, and something else was cut short",
      [{ place: { id: HOME } }, { place: { id: OTHERS } }, { whole: false }],
      [],
    ],
    [
      "none was seen whole",
      [
        { place: { id: HOME }, whole: false },
        { place: { id: OTHERS }, whole: false },
      ],
      [],
    ],
    ["nobody says which page is of which", [{}, { whole: false }], []],
  ])("is gone from one where %s", async (_title, looks, gone) => {
    const { world, aws } = await estate();
    aws.pages = [before];
    await sweepEstate(world, "aws-iam");
    world.pass(24);
    const page = aws.page!;
    Object.assign(aws, {
      pages: looks.map((_, n) => [[of(HOME, FIRST)], [of(OTHERS, THIRD)]][n] ?? []),
      page: async (cursor: string | undefined, now: Instant) => ({
        ...(await page(cursor, now)),
        ...looks[Number(cursor ?? 0)],
      }),
    });
    const swept = await sweepEstate(world, "aws-iam");
    expect(swept.whole).toBe(looks.every(({ whole }) => whole !== false));
    expect(swept.gone.toSorted()).toEqual(gone.map((id) => accessKey(id)).toSorted());
  });
});
