import { CHOICES, type Choice, type Message, type MessageItem } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mood } from "../../kit/index.ts";
import { connect, finish, Settings } from "./api.ts";
import { desk } from "./desk.ts";
import { empty, simulator, type World } from "./simulator.ts";
import { issueText, itemText } from "./text.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const GRACE = { accountId: "5b10grace", email: "grace@example.com" };
const SAM = { accountId: "5b10sam", email: "sam@example.com" };
const KEY = "dec_abc123";

const anItem = (over: Partial<MessageItem> = {}): MessageItem => ({
  item: "wdc_01",
  title: "Refund agent, access key",
  lines: ["Last used yesterday"],
  choices: [...CHOICES],
  state: "flagged",
  ...over,
});
const aMessage = (over: Partial<Message> = {}): Message => ({
  key: KEY,
  to: { account: "acc_grace", name: "Grace", email: GRACE.email, timeZone: "Europe/Berlin" },
  title: "2 credentials of Ada",
  why: "you were Ada's manager when she left",
  deadline: "2026-11-05T17:00:00.000Z" as Instant,
  items: [anItem(), anItem({ item: "wdc_02", title: "Ticket agent, oauth grant" })],
  state: "open",
  ...over,
});

function site(over: Partial<World> = {}) {
  let world: World = { ...empty, users: [GRACE, SAM], ...over };
  const memory = {
    get: () => world,
    set: (to: World) => {
      world = to;
    },
  };
  const live = simulator.live(
    memory,
    () => NOON,
    () => {},
  );
  const press = (choice: Choice, over: { to?: string; user?: string } = {}) =>
    live.click!({ user: GRACE.email, message: KEY, item: "wdc_01", choice, ...over });
  return { live, api: live.api, press, world: () => world, set: memory.set };
}

describe("asking", () => {
  it("makes one issue and a sub-task for each item, and finds them again", async () => {
    const { api, world } = site();
    const ticket = await desk.ask(api, aMessage());
    expect(ticket).toEqual({ desk: "jira", ref: { issue: "SEC-1" } });
    expect(world().issues).toMatchObject([
      { key: "SEC-1", labels: ["leasehold", `leasehold-${KEY}`], assignee: GRACE.accountId, property: { key: KEY } },
      {
        key: "SEC-2",
        parent: "SEC-1",
        labels: ["leasehold", `leasehold-${KEY}`, "leasehold-wdc_01"],
        property: { item: "wdc_01" },
      },
      { key: "SEC-3", parent: "SEC-1" },
    ]);
    expect(await desk.ask(api, aMessage({ state: "reminder" }))).toEqual(ticket);
    expect(world().issues.map(({ summary }) => summary)).toEqual([
      "Reminder: 2 credentials of Ada",
      "Refund agent, access key",
      "Ticket agent, oauth grant",
    ]);
  });

  it("completes what a crash left half done", async () => {
    const { api, world, set } = site();
    await desk.ask(api, aMessage());
    set({ ...world(), issues: world().issues.slice(0, 2) });
    await desk.ask(api, aMessage());
    expect(world().issues.map(({ parent }) => parent)).toEqual([undefined, "SEC-1", "SEC-1"]);
  });

  it("finds all sub-tasks of a long message", async () => {
    const { api, world } = site();
    const items = Array.from({ length: 60 }, (_, n) => anItem({ item: `wdc_${n}` }));
    await desk.ask(api, aMessage({ items }));
    await desk.ask(api, aMessage({ items }));
    expect(world().issues).toHaveLength(51);
    expect(JSON.stringify(world().issues[0]?.description)).toContain("10 more are not shown here");
  });

  it("says in its ticket how many of three hundred have a sub-task", async () => {
    const { api, world } = site();
    const items = Array.from({ length: 300 }, (_, n) => anItem({ item: `wdc_${n}` }));
    expect(await desk.ask(api, aMessage({ items }))).toMatchObject({ shown: 50 });
    expect(world().issues.filter(({ parent }) => parent !== undefined)).toHaveLength(50);
  });

  it("cuts between characters, and keeps every text on its line", async () => {
    const { api, world } = site();
    const title = `${"x".repeat(1_999)}😀 end`;
    await desk.ask(api, aMessage({ why: title, items: [anItem({ lines: [title, "a\u2028b"], under: "Of Ada." })] }));
    const written = world().issues.map(({ description }) => JSON.stringify(description));
    for (const text of written) expect(text).not.toMatch(/\\ud83d(?!\\ude00)|[\u2028\u2029]/i);
    expect(written.join()).toContain("Of Ada.");
  });

  it.each([
    ["without an e-mail", undefined],
    ["who is not in Jira", "nobody@example.com"],
    ["whom two might be", "twin@example.com"],
    ["who is an app", "app@example.com"],
  ])("says so of somebody %s", async (_who, email) => {
    const twins = ["a", "b"].map((accountId) => ({ accountId, email: "twin@example.com", isHidden: true }));
    const { api } = site({ users: [...twins, { accountId: "c", email: "app@example.com", isApp: true }] });
    const message = aMessage({ to: { account: "acc_x", name: "X", email, timeZone: "UTC" } });
    await expect(desk.ask(api, message)).rejects.toMatchObject({ name: "BadInput", facts: { account: "acc_x" } });
  });

  it("says how it was decided once closed, and asks no more", async () => {
    const { api, world } = site();
    const ticket = await desk.ask(api, aMessage());
    await desk.edit(api, ticket, aMessage({ state: "closed", items: [anItem({ state: "kept by Grace at 12:00" })] }));
    const [issue, first] = world().issues;
    expect(issue).toMatchObject({ status: "Done", summary: "Closed: 2 credentials of Ada" });
    expect(JSON.stringify(first?.description)).toContain("kept by Grace");
    expect(JSON.stringify(first?.description)).not.toContain("Answer by");
    expect(first?.status).toBe("To Do"); // a person's status is never moved by us
  });

  it("ends the sub-task of what has moved, once, and makes the new one beside it", async () => {
    const { api, live, world } = site();
    const one = (item: string) => aMessage({ items: [anItem({ item, title: "Trip trp_1", choices: ["release"] })] });
    const ticket = await desk.ask(api, one("trp_1-aaa"));
    await desk.edit(api, ticket, one("trp_1-bbb"));
    const [, before, now] = world().issues;
    expect(before).toMatchObject({ summary: "Over: Trip trp_1", status: "Done", property: { item: "trp_1-aaa" } });
    expect(JSON.stringify(before?.description)).toContain("Nothing is asked here any more");
    expect(JSON.stringify(before?.description)).not.toContain("Answer by");
    expect(now).toMatchObject({ summary: "Trip trp_1", status: "To Do", property: { item: "trp_1-bbb" } });
    live.calls!.length = 0;
    await desk.edit(api, ticket, one("trp_1-bbb"));
    expect(live.calls).toEqual(["BROWSE_PROJECTS", "EDIT_ISSUES", "EDIT_ISSUES"]); // the issue and what is asked now
    await desk.edit(api, ticket, one("trp_1-ccc"));
    expect(world().issues.map(({ summary }) => summary)).toMatchObject([
      expect.any(String),
      ...["Over: Trip trp_1", "Over: Trip trp_1", "Trip trp_1"],
    ]);
  });

  it("ends none that a message has no room for any more, but still asks about", async () => {
    const { api, world } = site();
    const ticket = await desk.ask(api, aMessage({ items: [anItem({ item: "wdc_last" })] }));
    const items = Array.from({ length: 60 }, (_, n) => anItem({ item: `wdc_${n}` }));
    await desk.edit(api, ticket, aMessage({ items: [...items, anItem({ item: "wdc_last" })] }));
    expect(world().issues.filter(({ summary }) => summary.startsWith("Over: "))).toEqual([]);
  });

  it("moves nothing to a status that is an answer, also where the workflow counts that as done", async () => {
    const { api } = site();
    const sent: unknown[] = [];
    const category = { statusCategory: { key: "done" } };
    const call: typeof api.http.call = async ({ method, body }) => {
      if (method === "POST") sent.push(body);
      const ways = ["Retire", "keep", "Closed"].map((name, n) => ({ id: String(n), to: { name, ...category } }));
      return { status: 200, headers: {}, json: { transitions: ways }, next: undefined };
    };
    await finish({ ...api, http: { ...api.http, call } }, "SEC-2");
    expect(sent).toEqual([{ transition: { id: "2" } }]);
  });

  it("withdraws what a crash repeated: an issue with its sub-tasks, and a second sub-task of one item", async () => {
    const { api, world, set } = site();
    const ticket = await desk.ask(api, aMessage());
    const [issue, first] = world().issues;
    const repeats = [
      { ...first!, id: "10090", key: "SEC-90" },
      { ...issue!, id: "10091", key: "SEC-91" },
      { ...first!, id: "10092", key: "SEC-92", parent: "SEC-91" },
    ];
    set({ ...world(), issues: [...world().issues, ...repeats] });
    expect(await desk.withdraw(api, KEY, ticket)).toBe(2);
    expect(world().issues.map(({ key }) => key)).toEqual(["SEC-1", "SEC-2", "SEC-3"]);
    expect(await desk.withdraw(api, "dec_other", undefined)).toBe(0);
    expect(await desk.withdraw(api, KEY, undefined)).toBe(1);
    expect(world().issues).toEqual([]);
  });

  it("searches for nothing that is no label", async () => {
    const { api, live } = site();
    await expect(desk.withdraw(api, 'x" OR project = "HR', undefined)).rejects.toMatchObject({ name: "BadInput" });
    expect(live.calls).toEqual([]);
  });

  it.each<[Mood, string]>([
    ["refusing", "PermissionMissing"],
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ])("names it when Jira is %s, and makes nothing", async (mood, name) => {
    const { api, live, world } = site();
    live.mood = mood;
    await expect(desk.ask(api, aMessage())).rejects.toMatchObject({ name });
    expect(world().issues).toEqual([]);
  });

  it("uses the permissions it declares, all of them and no others", async () => {
    const { api, live, press } = site();
    const ticket = await desk.ask(api, aMessage());
    await desk.ask(api, aMessage());
    const [heard] = desk.read(press("keep"), [empty.secret], NOON);
    await desk.confirm!(api, heard!);
    await desk.tell!(api, heard!, "recorded");
    await desk.edit(api, ticket, aMessage({ state: "closed" }));
    await desk.withdraw(api, KEY, undefined);
    expect([...new Set(live.calls)].sort()).toEqual([...desk.permissions].sort());
  });
});

describe("the text", () => {
  it("fits, has no empty node and no line break in its summary, whatever was written", () => {
    const wild = fc.oneof(fc.string({ unit: "binary", maxLength: 600 }), fc.constantFrom("", "\n", "😀".repeat(300)));
    fc.assert(
      fc.property(wild, wild, fc.array(wild, { maxLength: 4 }), (title, why, lines) => {
        for (const { summary, description } of [
          issueText(aMessage({ title, why })),
          itemText(aMessage(), anItem({ title, lines, state: why })),
        ]) {
          expect(summary.length).toBeLessThanOrEqual(255);
          expect(summary).not.toMatch(/[\n\r]/);
          expect(JSON.stringify(description)).not.toMatch(/"text":""/);
        }
      }),
    );
  });
});

describe("settings", () => {
  const given = {
    site: "https://example.atlassian.net",
    account: "leasehold@example.com",
    tokenName: "leasehold/jira",
    project: "SEC",
  };

  it("have names for what differs between projects", () => {
    expect(Settings.parse(given)).toMatchObject({ issueType: "Task", subtaskType: "Sub-task" });
  });

  it.each([
    { site: "https://example.net" },
    { site: "http://example.atlassian.net" },
    { project: 'A" OR' },
    { tokenName: "ATATT3xFf" },
    { token: "x" },
  ])("do not take %j", (over) => {
    expect(Settings.safeParse({ ...given, ...over }).success).toBe(false);
  });

  it("sign in as the service account, and keep its token out of what could be logged", async () => {
    const sent: string[] = [];
    const fetch = async (_url: string, init: RequestInit) => {
      sent.push(new Headers(init.headers).get("authorization") ?? "");
      return Response.json([]);
    };
    const api = connect(
      Settings.parse(given),
      async () => "CANARY",
      () => NOON,
      fetch,
    );
    const fault = await desk.ask(api, aMessage()).catch((error: unknown) => error);
    expect(sent).toEqual([`Basic ${Buffer.from("leasehold@example.com:CANARY").toString("base64")}`]);
    expect(JSON.stringify([api, fault, (fault as Error).message])).not.toMatch(/CANARY|Q0FOQVJZ/);
  });
});
