import type { PersonState } from "@leasehold/core/connector";
import { expect, it } from "vitest";
import { listed } from "../../../../test/support/listed.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { githubUser, hours, oktaUser, person, seenOnGithub, seenUser } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { say } from "../person/index.ts";
import { peopleOf } from "../question/index.ts";
import { certaintyNow } from "./index.ts";

const SAM = { account: oktaUser("sam"), security: true };
const held = person("held", "ada", hours(2));
const left = person("left", "ada", hours(2));

/** Ada has an account in Okta, which is believed first, and one at GitHub. */
async function certainty(okta: PersonState, github: PersonState, said?: ReturnType<typeof person>) {
  const world = memoryWorld([
    { ...listed("okta", "Okta"), person: async () => okta },
    { ...listed("github", "GitHub"), person: async () => github },
  ]);
  world.pass(900);
  const config = { ...world.config, authority: ["okta", "github"] };
  const signals = [seenUser("ada"), seenUser("sam"), seenOnGithub("ada-dev"), ...(said ? [said] : [])];
  await ingest(world, signals, { live: false, recordedAt: world.now });
  const one = { account: oktaUser("ada"), other: githubUser("ada-dev"), because: "they told me" };
  await say(world, { says: "one", ...one, by: SAM });
  return certaintyNow({ ...world, config }, peopleOf(world, world.clock()), oktaUser("ada"));
}

it.each<[string, PersonState, PersonState, ReturnType<typeof person> | undefined, string, string]>([
  ["not found, and no event says that they left: the next directory is asked", "gone", "active", held, "C0", "active"],
  ["not found, and nobody says anything", "gone", "active", undefined, "C0", "active"],
  ["not found, and its own event says that they left: it decides", "gone", "active", left, "C2", "gone"],
  ["departed: a less believed directory adds nothing", "departed", "active", undefined, "C2", "departed"],
])("%s", async (_title, okta, github, said, level, state) => {
  expect(await certainty(okta, github, said)).toMatchObject({ level, read: { state } });
});
