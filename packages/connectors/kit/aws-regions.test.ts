import type { Page } from "@leasehold/core/connector";
import { type Instant, unavailable } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { pageOfRegions } from "./aws-regions.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const off = unavailable("aws", Object.assign(new Error("not enabled"), { name: "UnrecognizedClientException" }));

async function walked(regions: readonly string[], isOff: (region: string) => boolean): Promise<readonly Page[]> {
  const list = {
    name: "things",
    page: async (_api: unknown, region: string, token: string | undefined): Promise<Page> => {
      if (isOff(region)) throw off;
      return { signals: [], next: token === undefined ? "2" : undefined, whole: true };
    },
  };
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOfRegions([list], { regions }, cursor, NOW);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

it("says of each page which Region it lists, and of none that was not seen", async () => {
  const pages = await walked(["eu-west-1", "ap-east-1", "us-east-1"], (region) => region === "ap-east-1");
  expect(pages.map(({ region, whole }) => [region, whole])).toEqual([
    ["eu-west-1", true],
    ["eu-west-1", true],
    [undefined, false],
    ["us-east-1", true],
    ["us-east-1", true],
  ]);
});
