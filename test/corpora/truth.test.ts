import { understanding } from "@leasehold/local/history";
import { describe, expect, it } from "vitest";
import { connectors } from "./prepared.ts";
import { alternatives, type Entry, entries, recordOf } from "./truth.ts";
import { agrees, changesState } from "./words.ts";

/** Access keys and whose they are, people of Identity Center, people, grants and client secrets of Okta. */
const RIGHT = [
  ...["access key", "access key refused", "user", "identity center"],
  ...["okta lifecycle", "okta consent", "okta token"],
];
const understand = understanding(connectors);
const all = entries();
const isOurs = ({ category }: Entry) => RIGHT.includes(category);
const title = (entry: Entry) => [`${entry.id} ${entry.category}: ${entry.eventName}`, entry] as const;

/** What we make of it, and that it is no fault. */
function said(entry: Entry) {
  const understood = understand(recordOf(entry));
  expect(understood.filter((one) => "refused" in one)).toEqual([]);
  return understood.flatMap((one) => ("signals" in one ? one.signals : []));
}

it("knows the entries that must be right, and all the others", () => {
  expect(all).toHaveLength(90);
  expect(all.filter(isOurs)).toHaveLength(13);
});

describe("what must be right", () => {
  it.each(all.filter(isOurs).map(title))("%s", (_title, entry) => {
    const ours = said(entry);
    const right = alternatives(entry).some(({ signals }) => {
      const left = [...signals];
      const matched = ours.every((signal) => {
        const found = left.findIndex((one) => agrees(signal, one));
        return found !== -1 && left.splice(found, 1).length > 0;
      });
      return matched && left.length === 0;
    });
    expect(right, JSON.stringify(ours)).toBe(true);
  });
});

describe("what is not ours to say yet: nothing, or the truth", () => {
  it.each(all.filter((entry) => !isOurs(entry)).map(title))("%s", (_title, entry) => {
    const ours = said(entry);
    const expected = alternatives(entry);
    const agreed = expected.some(({ signals, optional }) =>
      ours.every((signal) => [...signals, ...optional].some((one) => agrees(signal, one))),
    );
    expect(agreed, JSON.stringify(ours)).toBe(true);
    const still = expected.every(({ signals, optional }) =>
      [...signals, ...optional].every((one) => !one.changesState),
    );
    if (still) expect(ours.filter(changesState)).toEqual([]);
  });
});
