import { keySession } from "@leasehold/connectors/kit";
import { fold } from "@leasehold/core/attribution";
import { instantOf } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import { understanding } from "@leasehold/local/history";
import { describe, expect, it } from "vitest";
import { connectors } from "./prepared.ts";
import { alternatives, chainsOf, type Entry, entries, recordOf, recordsOf } from "./truth.ts";
import { agrees, cameTo, changesState, isCounted, isShown, saysWho } from "./words.ts";

/** People, grants and client secrets of Okta, people and grants of Google, what acts on GitHub; and all that AWS writes. */
const RIGHT = [
  ...["okta lifecycle", "okta consent", "okta token"],
  ...["github", "github lifecycle"],
  ...["google lifecycle", "google token", "google delegation"],
];

/** Of AWS's entries, those of which we do not say all that there is to say, and why. None is wrong: we say nothing. */
const NOT_SAID: Readonly<Record<string, string>> = {
  s044: "root's password: no credential of root's is kept",
  s055: "a sign-in of the command line: the record has no id of what it gives",
  s063: "keys that Identity Center gives: the record hides their ids, and what they do names the user",
};
const understand = understanding(connectors);
const all = entries();
const isAws = ({ file }: Entry) => file.startsWith("aws_");
const isOurs = (entry: Entry) => (isAws(entry) ? !(entry.id in NOT_SAID) : RIGHT.includes(entry.category));
const title = (entry: Entry) => [`${entry.id} ${entry.category}: ${entry.eventName}`, entry] as const;

/** What we make of it, and that it is no fault. */
function said(entry: Entry) {
  const understood = understand(recordOf(entry));
  expect(understood.filter((one) => "refused" in one)).toEqual([]);
  return understood.flatMap((one) => ("signals" in one ? one.signals : [])).filter((one) => !isShown(one));
}

it("knows the entries that must be right, and all the others", () => {
  expect(all).toHaveLength(90);
  expect(all.filter(isOurs)).toHaveLength(76);
});

/** What is missing is named above. More may be right, never fewer. */
it("of AWS's entries says all that there is to say of 95 in a hundred", () => {
  const aws = all.filter(isAws);
  expect(aws).toHaveLength(68);
  expect(aws.filter(({ id }) => id in NOT_SAID).map(({ id }) => id)).toEqual(Object.keys(NOT_SAID));
  expect(aws.filter(isRight).length / aws.length).toBeGreaterThanOrEqual(0.95);
  expect(aws.filter((entry) => !isRight(entry)).map(({ id }) => id)).toEqual(Object.keys(NOT_SAID));
});

/** Every signal is one that is expected, and every one that is expected is there; a use is no signal, a refused one says who was refused what. */
function isRight(entry: Entry): boolean {
  const ours = said(entry);
  return alternatives(entry).some(({ signals, optional }) => {
    const left = [...signals];
    const matched = ours.every((signal) => {
      if (signals.some(({ actor }) => saysWho(signal, actor))) return true; // beside what happened
      const found = left.findIndex((one) => agrees(signal, one));
      if (found !== -1) return left.splice(found, 1).length > 0;
      return optional.some((one) => agrees(signal, one));
    });
    return matched && left.every((one) => isCounted(recordOf(entry), one));
  });
}

describe("what must be right", () => {
  it.each(all.filter(isOurs).map(title))("%s", (_title, entry) => {
    expect(isRight(entry), JSON.stringify(said(entry))).toBe(true);
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
