import { keySession } from "@leasehold/connectors/kit";
import { fold } from "@leasehold/core/attribution";
import { instantOf } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import { understanding } from "@leasehold/local/history";
import { describe, expect, it } from "vitest";
import { connectors } from "./prepared.ts";
import { alternatives, chainsOf, type Entry, entries, recordOf, recordsOf } from "./truth.ts";
import { agrees, cameTo, changesState, isShown, saysWho } from "./words.ts";

/** Access keys and whose they are, people of Identity Center, people, grants and client secrets of Okta, people and grants of Google, what acts on GitHub. */
const RIGHT = [
  ...["access key", "access key refused", "user", "identity center"],
  ...["sts", "sts refused", "sts web identity", "service actor"],
  ...["okta lifecycle", "okta consent", "okta token"],
  ...["secret store", "secret store error", "secret read", "secret delete", "secret refused"],
  ...["github", "github lifecycle"],
  ...["google lifecycle", "google token", "google delegation"],
];
const understand = understanding(connectors);
const all = entries();
const isOurs = ({ category }: Entry) => RIGHT.includes(category);
const title = (entry: Entry) => [`${entry.id} ${entry.category}: ${entry.eventName}`, entry] as const;

/** What we make of it, and that it is no fault. */
function said(entry: Entry) {
  const understood = understand(recordOf(entry));
  expect(understood.filter((one) => "refused" in one)).toEqual([]);
  return understood.flatMap((one) => ("signals" in one ? one.signals : [])).filter((one) => !isShown(one));
}

it("knows the entries that must be right, and all the others", () => {
  expect(all).toHaveLength(90);
  expect(all.filter(isOurs)).toHaveLength(36);
});

describe("what must be right", () => {
  it.each(all.filter(isOurs).map(title))("%s", (_title, entry) => {
    const ours = said(entry);
    const right = alternatives(entry).some(({ signals }) => {
      const left = [...signals];
      const matched = ours.every((signal) => {
        if (signals.some(({ actor }) => saysWho(signal, actor))) return true; // beside what happened
        const found = left.findIndex((one) => agrees(signal, one));
        return found !== -1 && left.splice(found, 1).length > 0;
      });
      return matched && left.length === 0;
    });
    expect(right, JSON.stringify(ours)).toBe(true);
  });
});

describe("whom a chain of sessions comes to, in the whole file", () => {
  const chains = all.flatMap(chainsOf);

  it("is known of three", () => {
    expect(chains).toHaveLength(3);
  });

  it.each(chains)("$entry.id: the session $session is $actor.id's", ({ entry, session, actor }) => {
    const signals = recordsOf(entry).flatMap((one) =>
      understand(one).flatMap((it) => ("signals" in it ? it.signals : [])),
    );
    const subject = lineageOf(signals).subjects.find(({ id }) => id === keySession(session));
    const candidates = fold(subject?.evidence ?? [], [], instantOf(Date.parse("2026-11-21")));
    expect(subject?.facts["how"]?.value).toBe("assume-role");
    expect(
      cameTo(
        candidates.map(({ account }) => account),
        actor,
      ),
    ).toBe(actor.resolution === "person" ? "right" : "nobody");
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
