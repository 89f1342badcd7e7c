import type { Message } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { handOf, OFF } from "../../../../test/support/estate.ts";
import {
  byUser,
  githubUser,
  hours,
  oktaUser,
  person,
  role,
  seenOnGithub,
  seenUser,
} from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";

const now = ({ estate }: Story): Message => {
  const message = (estate.messages.get("slack") ?? []).findLast(({ state }) => state !== "closed");
  if (message === undefined) throw new Error("nobody is asked");
  return message;
};
async function asked(prepare: (one: Story) => void | Promise<void> = () => {}): Promise<Story> {
  const one = await story();
  await prepare(one);
  await one.leaves();
  await one.settle();
  return one;
}
const linesOf = (one: Story) => now(one).items.flatMap(({ lines }) => lines);

describe("a message says", () => {
  it("by when, in the reader's own time, with the zone; where no directory says theirs, in the calendar's", async () => {
    const other = await asked((one) =>
      one.configure({ calendar: { ...one.world.config.calendar, timeZone: "Asia/Kathmandu" } }),
    );
    expect(now(other).to.timeZone).toBe("Asia/Kathmandu");
    const own = await asked((one) => one.hear(seenUser("grace", { timeZone: "Europe/Berlin" }, hours(-1))));
    expect(now(own)).toMatchObject({ to: { timeZone: "Europe/Berlin" }, deadline: hours(72) });
    expect(linesOf(own)).toContainEqual(
      "If nobody answers by Thu 5 Nov 2026, 10:00 (Europe/Berlin) it is switched off. It can be switched on again.",
    );
  });

  it("whose it is taken to be, by the two best reasons, each with who could have forged it", async () => {
    const one = await asked();
    const owner = linesOf(one).find((line) => line.startsWith("Owner: "));
    expect(owner?.match(/They .+? \([a-z-]+, 20\d\d-\d\d-\d\d; .+?\)[.]/g)).toHaveLength(2);
    expect(owner).toContain("Owner: certain.");
    expect(owner).toContain("nobody could have made this up");
    expect(owner).toContain(`Details: leasehold who ${one.key}`);
  });

  it("what else goes down with it, by its name, and whose that is", async () => {
    const source = { connector: "aws-bedrock", eventId: "agent", occurredAt: hours(-2) };
    const identity = { id: role("search-agent"), realm: "aws", name: "arn:aws:bedrock:eu-west-1:1:agent/search-agent" };
    const tenant = "111122223333";
    const one = await asked(async (it) => {
      it.estate.hands = [handOf(it.estate, "disable", OFF, { blast: "shared" })];
      await it.hear(
        Signal.parse({
          kind: "identity.created",
          source,
          tenant,
          identity,
          type: "agent",
          role: "deploy",
          by: byUser("bob"),
        }),
      );
    });
    expect(linesOf(one)).toContainEqual(`Also affects: agent search-agent of bob (${identity.id}).`);
  });

  it("what it reaches, when it was last used, whether it can be undone", async () => {
    const lines = linesOf(await asked()).join("\n");
    for (const said of [/^Reach: \w+/m, /Last use listed: /, /Switching it off can be undone[.]/])
      expect(lines).toMatch(said);
  });

  it.each<[title: string, prepare: (one: Story) => void | Promise<void>, why: RegExp]>([
    ["the manager", () => {}, /^You are asked because you managed ada[.]$/],
    [
      "the next, over one who has left too",
      async (one) => {
        await one.hear(seenUser("grace", { manager: oktaUser("sam") }, hours(-30)));
        await one.hear(person("left", "grace", hours(-3)));
      },
      /^You are asked because you are next above whoever managed ada[.] Not asked: grace [(]has left too[)][.]$/,
    ],
    [
      "the last, over one who is on leave, which is nobody's business",
      (one) => one.hear(seenUser("grace", { standing: "on-leave" }, hours(-3))),
      /^You are asked because you are named for what nobody else answers for, and ada had it[.] Not asked: grace [(]cannot be asked now[)][.]$/,
    ],
  ])("why it is you: %s", async (_title, prepare, why) => {
    expect(now(await asked(prepare)).why).toMatch(why);
  });

  it("to whoever is offered it, that it is an offer; also after the message was edited", async () => {
    const one = await asked();
    await one.press("transfer", "grace", { to: "bob@example.com" });
    await one.settle();
    expect(now(one)).toMatchObject({
      to: { email: "bob@example.com" },
      why: expect.stringMatching(/^You are offered/),
    });
    await one.live(23);
    expect(now(one).why).toMatch(/^You are offered/);
  });

  it("the same to the same reader when it reminds them", async () => {
    const one = await asked((it) => it.hear(seenUser("grace", { standing: "on-leave" }, hours(-3))));
    const before = now(one);
    await one.hear(seenUser("grace", {}, hours(1)));
    await one.live(25);
    expect(now(one)).toMatchObject({ state: "reminder", why: before.why, deadline: before.deadline });
  });

  it("who left by the name that the directory has, whatever they call themselves elsewhere", async () => {
    const logins = ["ada-2", "ada-5"]; // their ids sort before that of her account in the directory
    const sameAs = logins.map((login) => ({ account: githubUser(login), how: "external-id" }));
    const one = await asked(async (it) => {
      await it.hear(seenUser("ada", { name: "Ada Lovelace", manager: oktaUser("grace"), sameAs }, hours(-2)));
      for (const login of logins) await it.hear(seenOnGithub(login, { name: "Grace Hopper" }, hours(-1)));
    });
    expect(now(one).title).toBe("Decide what becomes of one credential of Ada Lovelace");
    expect(JSON.stringify(now(one))).not.toContain("Grace Hopper");
  });

  it("never why they left, nor that somebody is suspended or on leave", async () => {
    const one = await asked((it) => it.hear(seenUser("grace", { standing: "suspended" }, hours(-3))));
    expect(JSON.stringify(now(one))).not.toMatch(/suspend|on leave|terminat|dismiss/i);
  });

  it("every choice there is; and no more to move it to something short-lived once it is off", async () => {
    const one = await asked();
    expect(now(one).items.map(({ choices }) => choices)).toEqual([["retire", "keep", "transfer", "migrate", "snooze"]]);
    await one.press("retire", "grace");
    await one.live(24 * 23.5);
    expect(now(one).items.map(({ choices }) => choices)).toEqual([
      ["retire", "keep", "transfer", "snooze", "leave-off"],
    ]);
  });
});
