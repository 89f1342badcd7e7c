import { expect, it } from "vitest";
import { LEAVER } from "./example.ts";
import type { Rung, Standing } from "./model.ts";
import { silenceLimit } from "./silence-limit.ts";

it.each<[title: string, over: Partial<Standing>, limit: Rung]>([
  ["a certain leaver's idle credential", {}, "disabled"],
  ["one at the threshold", { confidence: 0.95 }, "disabled"],
  ["one just below it", { confidence: 0.9499 }, "quarantined"],
  ["one that is likely", { confidence: 0.8 }, "quarantined"],
  ["one that is only possible", { confidence: 0.7999 }, "flagged"],
  ["what has no confidence", { confidence: Number.NaN }, "flagged"],
  ["an active owner's", { departed: false }, "flagged"],
  ["nobody's", { owner: undefined }, "flagged"],
  ["one that is in use", { inUse: true }, "flagged"],
  ["one of which nobody knows the use", { inUse: undefined }, "flagged"],
  ["a shared one", { shared: true }, "flagged"],
  ["a contested one", { contested: true }, "flagged"],
  ["one whose evidence its holder could have set", { unforgeable: false }, "flagged"],
  ["one of a connector that asks", { mode: "ask" }, "flagged"],
  ["one of a connector that observes", { mode: "observe" }, "flagged"],
])("silence takes %s no further than it may", (_title, over, limit) => {
  expect(silenceLimit({ ...LEAVER, ...over })).toBe(limit);
});
