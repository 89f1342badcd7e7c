import type { Page } from "@leasehold/core/connector";
import { type Instant, throttled } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { type Asked, type Cursor, nextOf, sideBySide } from "./side-by-side.ts";

const page = (next?: string, ...beside: readonly string[]): Page => ({
  ...{ signals: [], whole: true, next },
  ...(beside.length > 0 && { beside }),
});
/** Answers only when it is told to. */
function provider() {
  const open = new Map<Cursor, (answer: Awaited<Asked["page"]>) => void>();
  const broken = new Map<Cursor, (error: Error) => void>();
  const asked: Cursor[] = [];
  const ask = (cursor: Cursor): Asked => {
    asked.push(cursor);
    const answer: Asked["page"] = new Promise((done, fail) => {
      open.set(cursor, done);
      broken.set(cursor, fail);
    });
    return { now: MONDAY as Instant, page: answer };
  };
  return { ask, asked, answer: (cursor: Cursor, what: Page | Error) => void open.get(cursor)?.(what as Page), broken };
}
const AT_ONCE = 24;
const many = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

it("asks of so many lists at once, and of no more", async () => {
  const { ask, asked, answer } = provider();
  const pages = sideBySide(many(40), ask);
  const first = pages.next();
  expect(asked).toEqual(many(AT_ONCE));
  answer("3", page());
  expect((await first).value).toMatchObject({ cursor: "3" });
  const second = pages.next();
  expect(asked).toEqual([...many(AT_ONCE), `${AT_ONCE}`]);
  answer("0", page());
  await second;
});

it("goes on with a list once its page was done with, and before one that was not begun", async () => {
  const { ask, asked, answer } = provider();
  const pages = sideBySide(many(AT_ONCE + 1), ask);
  answer("5", page());
  const first = pages.next();
  answer("5", page("5b", "5c"));
  await first;
  await new Promise((done) => setTimeout(done, 0));
  expect(asked).toEqual(many(AT_ONCE)); // whoever took it is not done with it
  void pages.next();
  expect(asked).toEqual([...many(AT_ONCE), "5b"]);
});

it("does not wait for a list that is slow, nor go on with one that was refused", async () => {
  const { ask, asked, answer } = provider();
  const pages = sideBySide(["slow", "refused", "quick"], ask);
  const came: Cursor[] = [];
  const next = (one: string) => (one.endsWith("3") ? page() : page(`quick ${Number(one.at(-1)) + 1}`));
  const end = (async () => {
    for await (const { cursor, page } of pages) {
      came.push(cursor);
      if (!(page instanceof Error)) for (const one of nextOf(page)) setTimeout(() => answer(one, next(one)), 0);
      if (came.at(-1) === "quick 3") answer("slow", next("slow 3"));
    }
  })();
  answer("refused", throttled("aws"));
  answer("quick", page("quick 1"));
  await end;
  expect(came).toEqual(["refused", "quick", "quick 1", "quick 2", "quick 3", "slow"]);
  expect(asked.filter((one) => one === "refused")).toHaveLength(1);
});

it("begins none when it may not any more, and takes what was begun", async () => {
  const { ask, asked, answer } = provider();
  const pages = sideBySide(many(20), (cursor) => (asked.length < 3 ? ask(cursor) : undefined));
  const came: Cursor[] = [];
  const end = (async () => {
    for await (const { cursor } of pages) came.push(cursor);
  })();
  for (const one of ["2", "0", "1"]) answer(one, page(`${one} b`));
  await end;
  expect(asked).toEqual(many(3));
  expect(came.toSorted()).toEqual(many(3));
});

it("lets nothing go on behind an error: what was begun has ended before it is thrown", async () => {
  const { ask, answer, broken } = provider();
  const said: string[] = [];
  const end = (async () => {
    for await (const _ of sideBySide(["a", "b"], ask)) said.push("came");
  })().catch((error: Error) => said.push(error.message));
  broken.get("a")?.(new Error("broken"));
  await new Promise((done) => setTimeout(done, 0));
  expect(said).toEqual([]);
  answer("b", page());
  await end;
  expect(said).toEqual(["broken"]);
});
