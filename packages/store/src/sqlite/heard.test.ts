import type { Heard } from "@leasehold/app/world";
import { Fault } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { issuedKey, seenKey } from "../../../../test/support/signals.ts";
import { openFile } from "../file/index.ts";
import { put } from "../table/index.ts";
import { hearing } from "./heard.ts";
import { sqliteTable } from "./sqlite.ts";
import { type Over, together } from "./together.ts";

const [issued, seen] = [issuedKey(), seenKey({ lastUsed: "2026-03-02T09:00:00Z" })];
const later = seenKey({ lastUsed: "2026-03-02T17:00:00Z" });

function here() {
  const file = openFile(":memory:");
  const direct = sqliteTable(file);
  const run = together<Over>(file, { table: direct, archive: undefined as never }, (parts) => parts);
  const hear = (then: (heard: Heard) => void = () => {}) =>
    run(async ({ heard }) => {
      const news = heard?.news([issued, seen]).length;
      if (heard) then(heard);
      return news;
    });
  return { direct, hear };
}
const keeping = (heard: Heard) => heard.keep([seen]);

it("knows what was said, from when it is durable", async () => {
  const { hear } = here();
  const failing = hear((heard) => {
    keeping(heard);
    throw new Fault("Unavailable", "on the way");
  });
  await expect(failing).rejects.toMatchObject({ name: "Unavailable" });
  expect([await hear(), await hear(keeping), await hear(), await hear()]).toEqual([2, 2, 1, 1]);
});

it("forgets all of it when somebody else has written", async () => {
  const { direct, hear } = here();
  await hear(keeping);
  await direct.write([put({ pk: "p", sk: "s", v: 1, data: {} })]);
  expect(await hear()).toBe(2);
});

it("takes what is said twice at once as one, and what only differs in the hour of a use as the same", () => {
  const heard = hearing();
  expect(heard.news([seen, issued, later, issued])).toHaveLength(2);
  heard.keep([later]);
  heard.settle();
  expect(heard.news([seen, issued])).toEqual([issued]);
});

it("holds so many and no more", () => {
  const heard = hearing(1);
  heard.keep([seen, issued]);
  heard.settle();
  expect(heard.news([seen, issued])).toEqual([seen]);
});
