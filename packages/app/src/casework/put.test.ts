import { type Message, unknownHere } from "@leasehold/core/connector";
import { expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import { oktaUser } from "../../../../test/support/signals.ts";
import { kindsOf, type Story, story } from "../../../../test/support/story.ts";
import { sweepPending } from "../announce/index.ts";
import { page } from "../page/index.ts";
import type { Provider } from "../world/index.ts";
import { put } from "./index.ts";

type Mood = "takes" | "unknown" | "down" | "absent";

/** Slack and Jira as the story has them, each in its mood, and a desk that only sends. */
function withMail(one: Story, moods: Readonly<Record<"slack" | "jira" | "email", Mood>>) {
  const sent: string[] = [];
  const set = { ...moods };
  const deskOf = (id: "slack" | "jira" | "email"): Provider | undefined => {
    if (set[id] === "absent") return undefined;
    const real = one.estate.providers.find((provider) => provider.id === (id === "email" ? "slack" : id))!;
    const ask = async (message: Message) => {
      if (set[id] === "down") return down();
      if (set[id] === "unknown") throw unknownHere(id, message.to.account);
      if (id !== "email") return real.desk!.ask(message);
      sent.push(message.to.email ?? "");
      return { desk: id, ref: {} };
    };
    const { read, ...desk } = real.desk!;
    const only = { ...desk, id, ask, edit: async () => {}, withdraw: async () => 0 };
    return { ...real, id, desk: id === "email" ? only : { ...only, ...(read && { read }) } };
  };
  const isDesk = (id: string) => id === "slack" || id === "jira" || id === "email";
  const provider = (id: string) => (isDesk(id) ? deskOf(id) : one.estate.providers.find((other) => other.id === id));
  Object.assign(one.world, { estate: { ...one.world.estate, provider } });
  return { sent, set: (more: Partial<typeof set>) => Object.assign(set, more) };
}

const MESSAGE: Message = {
  ...{ key: "dec_1", title: "t", why: "w", deadline: undefined, items: [], state: "open" },
  to: { account: "acc_grace", name: "Grace", email: "grace@example.com", timeZone: "Europe/Berlin" },
};

it.each<[slack: Mood, jira: Mood, mail: Mood, took: string[], atOnce: string[]]>([
  ["takes", "takes", "takes", ["slack", "jira"], ["slack", "jira"]],
  ["takes", "unknown", "takes", ["slack"], ["slack"]],
  ["down", "takes", "takes", ["jira"], ["jira"]],
  ["unknown", "takes", "takes", ["jira"], ["jira"]],
  ["unknown", "unknown", "takes", ["email"], ["email"]],
  ["unknown", "absent", "takes", ["email"], ["email"]],
  ["absent", "absent", "takes", ["email"], ["email"]],
  ["down", "unknown", "takes", [], ["email"]], // they may be in the one that is down
  ["unknown", "down", "takes", [], ["email"]],
  ["down", "down", "takes", [], ["email"]],
  ["unknown", "unknown", "down", [], []],
  ["down", "down", "absent", [], []],
])("Slack %s, Jira %s, mail %s: %j took it, and %j what must not wait", async (slack, jira, mail, took, atOnce) => {
  const one = await story();
  withMail(one, { slack, jira, email: mail });
  const desks = async (more?: { atOnce: boolean }) => (await put(one.world, MESSAGE, more)).map(({ desk }) => desk);
  expect(await desks()).toEqual(took);
  expect(await desks({ atOnce: true })).toEqual(atOnce);
});

it("one who is in neither is asked by mail, once, and is told by mail when it is over (B11)", async () => {
  const one = await story();
  const { sent } = withMail(one, { slack: "unknown", jira: "unknown", email: "takes" });
  await one.leaves();
  await one.live(30);
  expect(sent).toEqual(["grace@example.com"]);
  expect(await one.decisions()).toMatchObject([{ custodian: oktaUser("grace"), tickets: [{ desk: "email" }] }]);
  expect((await one.press("keep", "grace")).outcome).toBe("recorded");
});

it("while every desk refuses nobody was asked and nothing runs; it is a finding that pages; then the notice is whole (B17)", async () => {
  const one = await story();
  const { sent, set } = withMail(one, { slack: "down", jira: "down", email: "down" });
  await one.leaves();
  await one.live(6);
  expect(one.estate.diary).toEqual([]);
  expect((await one.windDown()).windDown.question).toBeUndefined();
  expect(await kindsOf(one)).toContain("no desk took the question");
  await sweepPending(one.world);
  const raised = [...one.world.said.values()].flatMap((event) => (event.type === "finding.raised" ? [event] : []));
  set({ email: "takes" });
  expect(await Promise.all(raised.map((event) => page(one.world, event)))).toEqual([{ paged: 1 }]);
  expect(sent.splice(0)).toEqual(["sam@example.com"]); // a page must not wait for a desk that is down
  await one.live(2);
  expect(sent).toEqual([]); // a desk that is down may know her
  set({ slack: "takes" });
  await one.live(1);
  expect(await kindsOf(one)).not.toContain("no desk took the question");
  await one.live(70);
  expect(one.estate.diary).toEqual([]);
  await one.live(3);
  expect(one.estate.diary).toEqual(["disable Inactive"]);
});
