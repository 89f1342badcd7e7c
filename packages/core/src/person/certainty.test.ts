import { expect, it } from "vitest";
import { hours, oktaUser } from "../../../../test/support/signals.ts";
import { type Answered, areIndependent, type Certainty, certaintyOf, isSure, type Word } from "./index.ts";

const provisions = {
  okta: ["aws-identity-center", "google-workspace", "github"],
  "google-workspace": ["aws-identity-center"],
};
const word = (connector: string, says: Word["says"]): Word => ({
  ...{ connector, account: connector === "okta" ? oktaUser("ada") : `acc_${connector}`, says, since: hours(0) },
});
const read = (state: Answered["state"], asked = true): Answered => ({ state, account: oktaUser("ada"), asked });
const nobody: Answered = { state: "unknown", account: undefined, asked: false };

it.each<[title: string, said: readonly Word[], live: Answered, level: Certainty["level"]]>([
  ["said to have left, and read so", [word("okta", "deleted")], read("departed"), "C2"],
  ["never said to have left, and read so", [word("okta", "active")], read("departed"), "C2"],
  ["said to have left by two, and read active", [word("okta", "deleted"), word("people-file", "departed")], read("active"), "C0"],
  ["said to have left, and read suspended", [word("okta", "deleted")], read("suspended"), "C1"],
  ["said to have left, and read on leave", [word("okta", "deleted")], read("on-leave"), "C1"],
  ["said to have left by two, while the directory is between two states", [word("google-workspace", "deleted"), word("people-file", "departed")], read("unknown"), "C1"],
  ["purged, and still read departed", [word("okta", "purged")], read("departed"), "C3"],
  ["purged, and not found", [word("okta", "purged")], read("gone"), "C3"],
  ["deleted by an event, and not found", [word("okta", "deleted")], read("gone"), "C2"],
  ["not found, though the list alone says departed", [word("okta", "departed")], read("gone"), "C1"],
  ["not found, and said to be active", [word("okta", "active")], read("gone"), "C1"],
  ["not on the list any more, and not found", [word("okta", "vanished")], read("gone"), "C1"],
  ["said by one, and nobody can be asked", [word("people-file", "departed")], nobody, "C1"],
  ["said by two, and nobody can be asked", [word("people-file", "departed"), word("google-workspace", "deleted")], nobody, "C2"],
  ["said twice by one source", [word("people-file", "departed"), word("people-file", "departed")], nobody, "C1"],
  ["said by one and by what it writes", [word("okta", "deleted"), word("aws-identity-center", "deleted")], nobody, "C1"],
  ["said by two that a third one writes", [word("aws-identity-center", "deleted"), word("google-workspace", "deleted")], nobody, "C1"],
  ["said by two, while a third says active", [word("people-file", "departed"), word("okta", "deleted"), word("ingest", "active")], nobody, "C1"],
  ["said by two, while another account of one is active", [word("people-file", "departed"), word("okta", "deleted"), word("okta", "active")], nobody, "C1"],
  ["said by nobody", [], nobody, "C1"],
])("%s: %#", (_title, said, live, level) => {
  const certainty = certaintyOf(said, live, provisions);
  expect(certainty).toMatchObject({ level, said, read: live });
  expect(certainty.because.length).toBeGreaterThan(5);
  expect(isSure(certainty)).toBe(level === "C2" || level === "C3");
}); // biome-ignore format: rows

it.each<[one: string, other: string, independent: boolean]>([
  ["okta", "okta", false],
  ["okta", "aws-identity-center", false],
  ["aws-identity-center", "okta", false],
  ["aws-identity-center", "google-workspace", false],
  ["people-file", "okta", true],
  ["people-file", "aws-identity-center", true],
])("%s and %s are two sources: %s", (one, other, independent) => {
  expect(areIndependent(one, other, provisions)).toBe(independent);
});

it("are none where the personnel system writes the directory, however many stand between", () => {
  expect(areIndependent("people-file", "github", { "people-file": ["okta"], okta: ["github"] })).toBe(false);
});
