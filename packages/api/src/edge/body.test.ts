import { expect, it } from "vitest";
import { bodyOf } from "./body.ts";

const sent = (
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Readonly<Record<string, string>> = {},
) => new Request("https://example.com", { method: "POST", body, headers, duplex: "half" } as RequestInit);
/** Pieces that say nothing of their length, and tell how many were taken. */
const inPieces = (count: number, taken: number[]) =>
  new ReadableStream({
    pull: (to) => (taken.push(1) > count ? to.close() : to.enqueue(new Uint8Array(10).fill(97))),
  });

it.each([
  ["as it is", "{ }\n", "{ }\n"],
  ["with its mark of byte order", "\ufeff{}", "\ufeff{}"],
  ["up to the byte", "é".repeat(50), "é".repeat(50)],
  ["not beyond", `${"é".repeat(50)}x`, undefined],
])("a body is read %s", async (_title, body, read) => {
  expect(await bodyOf(sent(body), 100)).toBe(read);
});

it("is none where it is no text", async () => {
  expect(await bodyOf(sent(new Uint8Array([0x7b, 0xff, 0x7d])))).toBeUndefined();
});

it("is not even begun where its header says that it is too large", async () => {
  const taken: number[] = [];
  expect(await bodyOf(sent(inPieces(3, taken), { "content-length": "101" }), 100)).toBeUndefined();
  expect(taken.length).toBeLessThan(2);
});

it("is left off where it goes on beyond what its header said", async () => {
  const taken: number[] = [];
  expect(await bodyOf(sent(inPieces(1_000, taken), { "content-length": "5" }), 100)).toBeUndefined();
  expect(taken.length).toBeLessThan(20);
});
