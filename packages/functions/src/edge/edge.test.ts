import { REFUSALS } from "@leasehold/core/connector";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { counting } from "./edge.ts";

let lines: string[];
beforeEach(() => {
  lines = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => vi.restoreAllMocks());

const measured = () =>
  lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter((line) => line.RequestsRefused !== undefined) as readonly {
    readonly _aws: { readonly CloudWatchMetrics: readonly { readonly Dimensions: readonly (readonly string[])[] }[] };
  }[];

it.each(REFUSALS)("a request refused for %s is a number of its own, by connector and why", (why) => {
  counting(() => {})("warn", "request refused", { connector: "slack", why });
  expect(measured()).toMatchObject([{ RequestsRefused: 1, connector: "slack", why }]);
  // `leasehold doctor --stage` asks for it by these
  expect(measured()[0]?._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([["service", "connector", "why"]]);
});

it("our own proof that a way in refuses is none", () => {
  counting(() => {})("info", "request refused", { connector: "slack", why: "probe" });
  expect(measured()).toEqual([]);
});
