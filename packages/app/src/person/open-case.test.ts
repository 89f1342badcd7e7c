import type { Instant } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { handOf, OFF, ON } from "../../../../test/support/estate.ts";
import {
  accessKey,
  byGithub,
  byUser,
  githubUser,
  hours,
  issuedKey,
  madeIdentity,
  oktaUser,
  seenKey,
  seenOnGithub,
  seenUser,
} from "../../../../test/support/signals.ts";
import { didOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { answer } from "../winddown/index.ts";
import { type Speaking, say } from "./index.ts";

const onGithub = (name: string, more: object = {}) => seenOnGithub(name, more, hours(-750));
const OTHER = "AKIAI44QH8DHBEXAMPLE";

/** A key that only a GitHub account answers for: it made the key, and its tag says so. */
const ofGithub = (name: string, id?: string): readonly Signal[] => [
  issuedKey(byGithub(name), hours(-700), id, "search"),
  madeIdentity("search", byGithub(name), hours(-701)),
  seenKey({ owner: githubUser(name), lastUsed: null }, hours(-1), id, "search"),
];
const speak = ({ world }: Story, says: Speaking["says"], account: string, other: string) =>
  say(world, { says, account, other, because: "they told me", by: { account: oktaUser("mia"), security: true } });
const asked = async (one: Story): Promise<Story> => {
  await one.leaves();
  await one.settle();
  return one;
};

describe("a link below 0.8 to somebody who left", () => {
  it.each<[title: string, github: object]>([
    ["by an alias", { sameAs: [{ account: emailAccount("ada@example.com"), how: "alias" }] }],
    ["by a plus-address", { email: "ada+deploy@example.com" }],
  ])("%s never leads to an act, nor to a wind-down", async (_title, more) => {
    const one = await story(ofKey(), ofGithub("ada-too", OTHER), [onGithub("ada-too", more)]);
    await asked(one);
    await one.live(24 * 30);
    expect(one.estate.diary).toEqual(["disable Inactive"]); // their own key, and that alone
    expect(one.estate.states.get(accessKey(OTHER))).toBeUndefined();
    await expect(one.windDown(accessKey(OTHER))).rejects.toThrow("no wind-down");
  });
});

describe("while a case is open", () => {
  const joined = () => onGithub("ada-dev", { sameAs: [{ account: oktaUser("ada"), how: "external-id" }] });
  /** Ada's only key is one that her GitHub account made. */
  const begun = async () => asked(await story(ofGithub("ada-dev"), [joined()]));

  it("silence takes down what the leaver's linked account made: without a word it would go on", async () => {
    const one = await begun();
    await one.live(73);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("an unlink is noticed: the credential of another is not switched off on silence, and its question is asked anew", async () => {
    const one = await begun();
    await one.live(70);
    const first = (await one.windDown()).windDown.question;
    expect(await speak(one, "two", githubUser("ada-dev"), oktaUser("ada"))).toMatchObject({
      outcome: "unlinked",
      woken: 2,
    });
    await one.live(24 * 30);
    expect(one.estate.diary).toEqual([]);
    expect(await didOf(one)).not.toContain("intent.opened");
    const { windDown } = await one.windDown();
    expect(first).toBeDefined();
    expect(windDown.question?.token).not.toBe(first?.token);
  });

  it("a yes that was given to the one is no yes to the other", async () => {
    const one = await begun();
    one.estate.moods.before = () => {
      throw new Error("nothing may be done");
    };
    const { question, id } = (await one.windDown()).windDown;
    await speak(one, "two", githubUser("ada-dev"), oktaUser("ada"));
    await answer(one.world, {
      ...{ decision: question!.decision, item: id, choice: "retire", id: "grace/1" },
      ...{ by: { desk: "slack", user: "grace", email: "grace@example.com" }, ticket: { desk: "slack", ref: {} } },
    });
    await one.settle();
    expect(one.estate.diary).toEqual([]);
  });

  it("an unlink that is taken back brings back the question that was asked: no sooner, and not again", async () => {
    const one = await begun();
    await one.live(70);
    const { question } = (await one.windDown()).windDown;
    await speak(one, "two", githubUser("ada-dev"), oktaUser("ada"));
    await one.live(1);
    await speak(one, "one", githubUser("ada-dev"), oktaUser("ada"));
    await one.live(0.9);
    expect(one.estate.diary).toEqual([]);
    expect((await one.windDown()).windDown.question?.token).toBe(question?.token);
    await one.live(1);
    expect(one.estate.diary).toEqual(["disable Inactive"]);
  });

  it("a link is noticed: what the other account made is asked for, with a notice of its own, and never before it", async () => {
    const one = await asked(await story(ofKey(), ofGithub("ada-dev", OTHER), [onGithub("ada-dev")]));
    await one.live(70);
    await expect(one.windDown(accessKey(OTHER))).rejects.toThrow("no wind-down");
    const at: Instant = one.world.now;
    expect(await speak(one, "one", githubUser("ada-dev"), oktaUser("ada"))).toMatchObject({ outcome: "linked" });
    await one.settle();
    const { question } = (await one.windDown(accessKey(OTHER))).windDown;
    expect(question!.asked >= at).toBe(true);
    await one.live(71);
    expect(one.estate.states.get(accessKey(OTHER)) ?? ON).toEqual(ON);
    await one.live(48); // that was a Sunday
    expect(one.estate.states.get(accessKey(OTHER))).toEqual(OFF);
  });

  it("a link to one who is there, made in error, is taken back: their credential is theirs again, and on", async () => {
    const bobs = [
      issuedKey(byUser("bob"), hours(-700), OTHER, "search"),
      seenKey({ lastUsed: null }, hours(-1), OTHER, "search"),
    ];
    const one = await asked(await story(ofKey(), [...bobs, seenUser("bob", {}, hours(-800))]));
    await speak(one, "one", oktaUser("bob"), oktaUser("ada"));
    await one.settle();
    await one.live(24 * 10);
    expect(one.estate.states.get(accessKey(OTHER)) ?? ON).toEqual(ON); // one of the two accounts is active
    await speak(one, "two", oktaUser("bob"), oktaUser("ada"));
    await one.live(24 * 10);
    expect(one.estate.states.get(accessKey(OTHER)) ?? ON).toEqual(ON);
  });
});

it("nobody becomes two voices by a word", async () => {
  const sameAs = [{ account: oktaUser("sam"), how: "external-id" }];
  const one = await story(ofKey(), [seenUser("sam-too", { email: "sam.too@example.com", sameAs }, hours(-700))]);
  one.configure({ security: ["sam@example.com", "sam.too@example.com"] });
  one.estate.hands = [handOf(one.estate, "delete", undefined)]; // two people, one from security
  await asked(one);
  await speak(one, "two", oktaUser("sam-too"), oktaUser("sam"));
  await one.settle();
  const yes = async (name: string) => {
    const { question, id } = (await one.windDown()).windDown;
    return answer(one.world, {
      ...{ decision: question!.decision, item: id, choice: "retire", id: `${name}/1` },
      ...{ by: { desk: "slack", user: name, email: `${name}@example.com` }, ticket: { desk: "slack", ref: {} } },
    });
  };
  expect(await yes("sam")).toMatchObject({ outcome: "recorded" });
  expect(await yes("sam.too")).toMatchObject({ outcome: "recorded" });
  await one.settle();
  expect(one.estate.diary).toEqual([]);
  await yes("grace");
  await one.settle();
  expect(one.estate.diary).toEqual(["delete gone"]);
});
