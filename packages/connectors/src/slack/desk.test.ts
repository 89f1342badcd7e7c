import { CHOICES, type Choice, type Message, type MessageItem, type Ticket } from "@leasehold/core/connector";
import { type Instant, laterBy } from "@leasehold/core/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mood } from "../../kit/index.ts";
import { connect, Settings } from "./api.ts";
import { escaped, render } from "./blocks.ts";
import { desk } from "./desk.ts";
import { empty, simulator, type World } from "./simulator.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const GRACE = { id: "U0GRACE0001", email: "grace@example.com" };
const SAM = { id: "U0SAM000001", email: "sam@example.com" };

const anItem = (over: Partial<MessageItem> = {}): MessageItem => ({
  item: "wdc_01",
  title: "Refund agent, access key",
  lines: ["Last used yesterday", "If you do nothing it is switched off on Thursday"],
  choices: [...CHOICES],
  state: "flagged",
  ...over,
});
const aMessage = (over: Partial<Message> = {}): Message => ({
  key: "dec_abc123",
  to: { account: "acc_grace", name: "Grace", email: GRACE.email, timeZone: "Europe/Berlin" },
  title: "4 credentials of Ada",
  why: "you were Ada's manager when she left",
  deadline: "2026-11-05T17:00:00.000Z" as Instant,
  items: [anItem()],
  state: "open",
  ...over,
});

function workspace(over: Partial<World> = {}) {
  let world: World = { ...empty, users: [GRACE, SAM], ...over };
  const it = { now: NOON };
  const memory = {
    get: () => world,
    set: (to: World) => {
      world = to;
    },
  };
  const live = simulator.live(
    memory,
    () => it.now,
    () => {},
  );
  return { live, api: live.api, it, world: () => world };
}

describe("asking", () => {
  it("posts once, and edits its own message when asked again after a crash", async () => {
    const { api, live, world } = workspace();
    const ticket = await desk.ask(api, aMessage());
    expect(ticket).toEqual({
      desk: "slack",
      ref: { team: "T0EXAMPLE01", channel: "D0GRACE0001", ts: world().messages[0]?.ts },
    });
    const again = await desk.ask(api, aMessage({ state: "reminder" }));
    expect(again).toEqual(ticket);
    expect(world().messages).toHaveLength(1);
    expect(world().messages[0]?.text).toContain("Reminder");
    expect(live.calls?.filter((scope) => scope === "users:read.email")).toHaveLength(1); // looked up once
  });

  it("finds its own by the block ids where metadata was lost, and beyond the first page", async () => {
    const { api, world } = workspace();
    const first = await desk.ask(api, aMessage());
    const { metadata: _, ...bare } = world().messages[0]!;
    const noise = Array.from({ length: 250 }, (_, n) => ({
      channel: bare.channel,
      ts: `2000000000.${n}`,
      text: "x",
      blocks: [],
    }));
    const later = workspace({ messages: [bare, ...noise] });
    expect(await desk.ask(later.api, aMessage())).toEqual(first);
    expect(later.world().messages).toHaveLength(251);
  });

  it.each([
    ["without an e-mail", undefined],
    ["who is not in Slack", "nobody@example.com"],
  ])("says so of somebody %s", async (_who, email) => {
    const message = aMessage({ to: { account: "acc_x", name: "X", email, timeZone: "UTC" } });
    await expect(desk.ask(workspace().api, message)).rejects.toMatchObject({
      name: "BadInput",
      facts: { account: "acc_x" },
    });
  });

  it("shows how it was decided, and no button, once closed", async () => {
    const { api, world } = workspace();
    const ticket = await desk.ask(api, aMessage());
    await desk.edit(api, ticket, aMessage({ state: "closed", items: [anItem({ state: "kept by Grace at 12:00" })] }));
    const [message] = world().messages;
    expect(JSON.stringify(message)).toContain("kept by Grace");
    expect(message?.blocks.some(({ type }) => type === "actions")).toBe(false);
  });

  it("withdraws what a crash repeated, and nothing else", async () => {
    const { api, world } = workspace();
    const ticket = await desk.ask(api, aMessage());
    const [posted] = world().messages;
    const other = await desk.ask(api, aMessage({ key: "dec_other" }));
    const repeated = workspace({ messages: [...world().messages, { ...posted!, ts: "1999999999.000001" }] });
    expect(await desk.withdraw(repeated.api, "dec_abc123", ticket)).toBe(1);
    expect(repeated.world().messages.map(({ ts }) => ts)).toEqual([ticket.ref["ts"], other.ref["ts"]]);
    expect(await desk.withdraw(repeated.api, "dec_abc123", undefined)).toBe(1);
    expect(repeated.world().messages.map(({ ts }) => ts)).toEqual([other.ref["ts"]]);
  });

  it.each<[Mood, string]>([
    ["refusing", "PermissionMissing"],
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ])("names it when Slack is %s, and posts nothing", async (mood, name) => {
    const { api, live, world } = workspace();
    live.mood = mood;
    await expect(desk.ask(api, aMessage())).rejects.toMatchObject({ name });
    expect(world().messages).toEqual([]);
  });

  it("uses the scopes it declares, all of them and no others", async () => {
    const { api, live } = workspace();
    const ticket = await desk.ask(api, aMessage());
    await desk.edit(api, ticket, aMessage());
    const [heard] = desk.read(live.click!({ ...PRESS }), [empty.secret], NOON);
    await desk.confirm!(api, heard!);
    await desk.withdraw(api, "dec_abc123", undefined);
    expect([...new Set(live.calls)].sort()).toEqual([...desk.permissions].sort());
  });

  it.each([
    ["missing_scope", "PermissionMissing"],
    ["token_revoked", "PermissionMissing"],
    ["ratelimited", "Throttled"],
    ["internal_error", "Unavailable"],
    ["msg_too_long", "Unexpected"],
    ["xoxb-CANARY quoted", "Unexpected"],
  ])("%s is %s, and nothing of it is quoted but a fixed word", async (error, name) => {
    const fetch = async () => Response.json({ ok: false, error });
    const api = connect(
      Settings.parse({ tokenName: "leasehold/slack" }),
      async () => "xoxb-CANARY",
      () => NOON,
      fetch,
    );
    const fault = (await desk.ask(api, aMessage()).catch((thrown: unknown) => thrown)) as Error;
    expect(fault).toMatchObject({ name });
    expect(JSON.stringify([fault, fault.message, api])).not.toContain("CANARY");
  });
});

const PRESS = { user: GRACE.email, message: "dec_abc123", item: "wdc_01", choice: "retire" as Choice };

describe("hearing", () => {
  async function pressed(press: Partial<typeof PRESS> & { to?: string } = {}, secret = empty.secret) {
    const place = workspace({ secret });
    const ticket = await desk.ask(place.api, aMessage());
    return { ...place, ticket, request: place.live.click!({ ...PRESS, ...press }) };
  }

  it.each(CHOICES.filter((choice) => choice !== "transfer"))("%s, by whom, on which message", async (choice) => {
    const { request, ticket, api } = await pressed({ choice });
    const [heard] = desk.read(request, ["other", empty.secret], NOON);
    expect(heard).toMatchObject({
      decision: "dec_abc123",
      item: "wdc_01",
      choice,
      ticket,
      by: { desk: "slack", user: GRACE.id },
    });
    expect(desk.read(request, [empty.secret], NOON)).toEqual([heard]); // the same click has the same id
    expect(await desk.confirm!(api, heard!)).toMatchObject({ choice, by: { user: GRACE.id, email: GRACE.email } });
  });

  it("a transfer, and to whom", async () => {
    const { request, api } = await pressed({ choice: "transfer", to: SAM.email });
    const [heard] = desk.read(request, [empty.secret], NOON);
    expect(heard).toMatchObject({ decision: "dec_abc123", item: "wdc_01", choice: "transfer", to: SAM.id });
    expect(await desk.confirm!(api, heard!)).toMatchObject({ to: SAM.email });
  });

  it.each<[string, object]>([
    ["a guest", { isGuest: true }],
    ["a bot", { isBot: true }],
    ["a former member", { deleted: true }],
  ])("confirms nothing of %s", async (_who, over) => {
    const { request } = await pressed();
    const [heard] = desk.read(request, [empty.secret], NOON);
    expect(await desk.confirm!(workspace({ users: [{ ...GRACE, ...over }] }).api, heard!)).toBeUndefined();
    expect(await desk.confirm!(workspace({ users: [] }).api, heard!)).toBeUndefined();
    expect(await desk.confirm!(workspace({ team: "T0OTHER" }).api, heard!)).toBeUndefined();
  });

  it.each<[string, number, boolean]>([
    ["now", 0, true],
    ["five minutes old", 300, true],
    ["five minutes early", -300, true],
    ["older", 301, false],
    ["earlier", -301, false],
    ["a day early", -86_400, false],
  ])("a request that is %s", async (_age, seconds, accepted) => {
    const { request } = await pressed();
    const read = () => desk.read(request, [empty.secret], laterBy(NOON, seconds));
    if (accepted) expect(read()).toHaveLength(1);
    else expect(read).toThrow("the request was not accepted");
  });

  const STAMP = "x-slack-request-timestamp";
  it.each<[string, (request: { headers: Record<string, string>; body: string }) => object]>([
    [
      "a forged signature",
      ({ headers, body }) => ({ body, headers: { ...headers, "x-slack-signature": `v0=${"0".repeat(64)}` } }),
    ],
    ["no signature", ({ headers, body }) => ({ body, headers: { ...headers, "x-slack-signature": "" } })],
    [
      "another version",
      ({ headers, body }) => ({
        body,
        headers: { ...headers, "x-slack-signature": headers["x-slack-signature"]!.replace("v0", "v1") },
      }),
    ],
    ["a changed body", ({ headers, body }) => ({ headers, body: body.replace("retire", "keep") })],
    ["a body decoded before it was checked", ({ headers, body }) => ({ headers, body: decodeURIComponent(body) })],
    [
      "another time than was signed",
      ({ headers, body }) => ({ body, headers: { ...headers, [STAMP]: String(Number(headers[STAMP]) + 1) } }),
    ],
    ["JSON", ({ headers, body }) => ({ body, headers: { ...headers, "content-type": "application/json" } })],
    ["no content type", ({ headers: { "content-type": _, ...headers }, body }) => ({ body, headers })],
  ])("refuses %s, and does not say why", async (_title, forge) => {
    const { request } = await pressed();
    const forged = forge({ headers: { ...request.headers }, body: request.body }) as typeof request;
    expect(() => desk.read(forged, [empty.secret], NOON)).toThrow(
      expect.objectContaining({
        name: "BadInput",
        message: "the request was not accepted",
        facts: { why: expect.stringMatching(/^(unproved|signature)$/) },
      }),
    );
  });

  const signedBy = async (secret: string, stamp: string, body: string) => {
    const { signatureOf } = await import("../../kit/index.ts");
    const signature = `v0=${signatureOf(secret, `v0:${stamp}:${body}`)}`;
    return {
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", [STAMP]: stamp, "x-slack-signature": signature },
    };
  };

  it.each(["abc", "", "1e9", "-1", "1793620800.5"])("refuses the time %j although it was signed", async (stamp) => {
    const request = await signedBy(empty.secret, stamp, "payload=%7B%7D");
    expect(() => desk.read(request, [empty.secret], NOON)).toThrow("the request was not accepted");
  });

  it("refuses what is too large although it was signed", async () => {
    const request = await signedBy(empty.secret, String(Date.parse(NOON) / 1000), `payload=${"x".repeat(600_000)}`);
    expect(() => desk.read(request, [empty.secret], NOON)).toThrow("the request was not accepted");
  });

  it("refuses everything where there is no secret, and takes the new one of two", async () => {
    const { request } = await pressed({}, "the next secret");
    expect(() => desk.read(request, [], NOON)).toThrow("the request was not accepted");
    expect(() => desk.read(request, [""], NOON)).toThrow("the request was not accepted");
    expect(desk.read(request, [empty.secret, "the next secret"], NOON)).toHaveLength(1);
  });

  it.each([
    { type: "view_submission" },
    {
      actions: [
        { action_id: "leasehold.retire", action_ts: "1", block_id: "b", value: '{"d":"dec_a","i":"wdc_1","c":"keep"}' },
      ],
    },
    {
      actions: [
        { action_id: "somebody.else", action_ts: "1", block_id: "b", value: '{"d":"dec_a","i":"wdc_1","c":"keep"}' },
      ],
    },
    { actions: [{ action_id: "leasehold.keep", action_ts: "1", block_id: "b", value: "not json" }] },
    { user: { id: "U1", team_id: "T0OTHER" } },
  ])("hears nothing in %j", async (over) => {
    const whole = {
      type: "block_actions",
      team: { id: "T1" },
      user: { id: "U1" },
      container: { channel_id: "D1", message_ts: "1.1" },
      actions: [
        { action_id: "leasehold.keep", action_ts: "1", block_id: "b", value: '{"d":"dec_a","i":"wdc_1","c":"keep"}' },
      ],
    };
    const stamp = String(Date.parse(NOON) / 1000);
    const say = async (payload: object) => {
      const request = await signedBy(
        empty.secret,
        stamp,
        new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      );
      return desk.read(request, [empty.secret], NOON);
    };
    expect(await say(whole)).toHaveLength(1);
    expect(await say({ ...whole, ...over })).toEqual([]);
  });
});

describe("the message", () => {
  const texts = (node: unknown): string[] =>
    node !== null && typeof node === "object"
      ? Object.entries(node).flatMap(([name, inner]) =>
          name === "text" && typeof inner === "string" ? [inner] : texts(inner),
        )
      : [];

  it("asks before it retires, and before nothing else", () => {
    const elements = render(aMessage()).blocks.flatMap((block) =>
      "elements" in block ? (block.elements as object[]) : [],
    );
    expect(elements.filter((element) => "confirm" in element)).toMatchObject([
      { action_id: "leasehold.retire", style: "danger" },
    ]);
    expect(elements).toHaveLength(CHOICES.length);
  });

  it("shows only the choices that are offered", () => {
    const { blocks } = render(
      aMessage({ items: [anItem({ choices: ["keep"] }), anItem({ item: "wdc_02", choices: [] })] }),
    );
    expect(JSON.stringify(blocks).match(/action_id/g)).toHaveLength(1);
  });

  it.each([[3], [17], [300]])("of %i items shows as many as Slack takes, and the ticket says how many", async (n) => {
    const items = Array.from({ length: n }, (_, index) => anItem({ item: `wdc_${index}`, lines: ["x".repeat(390)] }));
    const { api, world } = workspace();
    const { shown = n } = await desk.ask(api, aMessage({ items, rest: "All are in jira SEC-1." }));
    const blocks = JSON.stringify(world().messages[0]?.blocks);
    expect(blocks.match(/leasehold[.]keep/g)).toHaveLength(shown); // what it did not show has no button
    expect(blocks.length).toBeLessThan(13_000);
    if (n > 3) expect(blocks).toContain(`${n - shown} more are not shown here. All are in jira SEC-1.`);
    else expect(shown).toBe(3);
  });

  it("says once for each case of which one its items are", () => {
    const [ada, bob] = ["Of Ada. You managed Ada.", "Of Bob. You managed Bob."];
    const items = [ada, ada, bob].map((under, n) => anItem({ item: `wdc_${n}`, under: under ?? "" }));
    const said = texts(render(aMessage({ items })).blocks).filter((text) => text.startsWith("*Of "));
    expect(said).toEqual([`*${ada}*`, `*${bob}*`]);
  });

  it("stays within Slack's limits, and lets no name become a mention, whatever the texts", () => {
    const wild = fc.oneof(
      fc.string({ maxLength: 4_000 }),
      fc.constantFrom("<!channel>", "<@U1>", "&lt;!here&gt;", "&".repeat(4_000)),
    );
    const items = fc.array(fc.record({ title: wild, lines: fc.array(wild, { maxLength: 12 }), state: wild }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(wild, wild, items, (title, why, given) => {
        const message = aMessage({ title, why, items: given.map((one, n) => anItem({ ...one, item: `wdc_${n}` })) });
        const { blocks, text } = render(message);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) expect(block.block_id.length).toBeLessThanOrEqual(255);
        expect(new Set(blocks.map(({ block_id }) => block_id)).size).toBe(blocks.length);
        expect(text.length).toBeLessThanOrEqual(3_000);
        for (const shown of texts(blocks)) {
          expect(shown.length).toBeLessThanOrEqual(3_000);
          expect(shown.replace(/<!date\^[^>]*>/g, "")).not.toMatch(/[<>]/);
          expect(shown).not.toMatch(/&(?!(amp|lt|gt);)/);
        }
        expect(texts(blocks[0])[0]?.length).toBeLessThanOrEqual(150);
        for (const value of JSON.stringify(blocks).match(/"value":"(?:[^"\\]|\\.)*"/g) ?? [])
          expect(value.length).toBeLessThan(2_000);
      }),
      { numRuns: 60 },
    );
  });

  it("cuts between characters", () => {
    expect(escaped("a&b", 6)).toBe("a…");
    expect(escaped("😀😀😀", 4)).toBe("😀…");
    expect(escaped("a\u202Eb\nc", 20)).toBe("a b c");
    expect(escaped("agent\u2028• If nobody answers nothing happens\u2029", 80)).not.toMatch(/[\u2028\u2029]/);
  });
});

it("has settings that name the token and hold none", () => {
  expect(Settings.safeParse({ tokenName: "leasehold/slack" }).success).toBe(true);
  expect(Settings.safeParse({ tokenName: "xoxb-1234567890" }).success).toBe(false);
  expect(Settings.safeParse({ tokenName: "a", token: "b" }).success).toBe(false);
});

it("leaves a ticket that is not its own alone", async () => {
  const ticket: Ticket = { desk: "jira", ref: { issue: "SEC-1" } };
  await expect(desk.edit(workspace().api, ticket, aMessage())).rejects.toMatchObject({ name: "BadInput" });
});
