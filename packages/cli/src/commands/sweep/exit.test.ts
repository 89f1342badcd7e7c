import { expect, it } from "vitest";
import { exitOf } from "./exit.ts";

const whole = { whole: true, stopped: undefined };

it.each([
  ["is fine where every list was whole", [whole, whole], 0],
  ["is fine where there was nothing to list", [], 0],
  ["is no where one was cut short", [whole, { whole: false, stopped: undefined }], 1],
  ["is no where a permission is missing", [whole, { whole: false, stopped: "PermissionMissing" }], 1],
  ["is to be tried again where a provider could not answer", [{ whole: false, stopped: "Unavailable" }, whole], 3],
  [
    "is to be tried again where that helps one of them",
    [
      { whole: false, stopped: "PermissionMissing" },
      { whole: false, stopped: "Throttled" },
    ],
    3,
  ],
] as const)("a sweep %s", (_, swept, exit) => {
  expect(exitOf(swept)).toBe(exit);
});
