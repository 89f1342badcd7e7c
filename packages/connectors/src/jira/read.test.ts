import { CHOICES, type Choice, type DeskRequest, type Message, type MessageItem } from "@leasehold/core/connector";
import { type Instant, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { signatureOf } from "../../kit/index.ts";
import { desk } from "./desk.ts";
import { empty, simulator, type World } from "./simulator.ts";

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
  const press = (choice: Choice, over: { to?: string; user?: string; item?: string } = {}) =>
    live.click!({ user: GRACE.email, message: KEY, item: "wdc_01", choice, ...over });
  return { live, api: live.api, press, world: () => world, set: memory.set };
}

describe("hearing", () => {
  async function asked() {
    const place = site();
    return { ...place, ticket: await desk.ask(place.api, aMessage()) };
  }
  const hear = (request: DeskRequest, now = NOON, secrets: readonly string[] = [empty.secret]) =>
    desk.read(request, secrets, now);

  it.each(CHOICES)("%s, and who made the move", async (choice) => {
    const { api, press, ticket } = await asked();
    const request = press(choice, choice === "transfer" ? { to: SAM.email } : {});
    const [heard] = hear(request);
    expect(heard).toMatchObject({
      decision: KEY,
      item: "wdc_01",
      choice,
      ticket,
      by: { desk: "jira", user: GRACE.accountId },
    });
    expect(hear(request)).toEqual([heard]);
    const confirmed = await desk.confirm!(api, heard!);
    expect(confirmed).toMatchObject({ choice, by: { user: GRACE.accountId, email: GRACE.email } });
    expect(confirmed?.to).toBe(choice === "transfer" ? SAM.email : undefined);
  });

  it("believes the changelog, not the body, about who and what", async () => {
    const { api, press } = await asked();
    const event = JSON.parse(press("keep").body);
    event.user.accountId = SAM.accountId;
    event.changelog.items[0].toString = "Retire";
    const [heard] = hear(signed(event));
    expect(heard).toMatchObject({ choice: "retire", by: { user: SAM.accountId } });
    expect(await desk.confirm!(api, heard!)).toMatchObject({ choice: "keep", by: { user: GRACE.accountId } });
  });

  it.each<[string, (event: ReturnType<typeof JSON.parse>) => void]>([
    [
      "another item by its label",
      (event) => {
        event.issue.fields.labels[2] = "leasehold-wdc_02";
      },
    ],
    [
      "another decision by its label",
      (event) => {
        event.issue.fields.labels[1] = "leasehold-dec_other";
      },
    ],
    [
      "another issue above it",
      (event) => {
        event.issue.fields.parent.key = "SEC-9";
      },
    ],
    [
      "a change that was never made",
      (event) => {
        event.changelog.id = "99999";
      },
    ],
    [
      "an issue that is not there",
      (event) => {
        event.issue.id = "99999";
      },
    ],
  ])("does not confirm %s", async (_title, forge) => {
    const { api, press } = await asked();
    const event = JSON.parse(press("keep").body);
    forge(event);
    const [heard] = hear(signed(event));
    expect(heard).toBeDefined();
    expect(await desk.confirm!(api, heard!)).toBeUndefined();
  });

  /** Whoever may edit issues can set any property and label of one by the API, and no changelog tells of a property. */
  it.each<[string, (first: object, second: object) => unknown]>([
    ["copied from the other", (_first, second) => second],
    ["written by hand", (_first, second) => ({ ...second, seal: "0".repeat(64) })],
    ["without a seal", () => ({ key: KEY, item: "wdc_02" })],
    ["with the first one's seal", (first) => ({ ...first, item: "wdc_02" })],
  ])("does not confirm a sub-task whose property is another's, %s", async (_how, swap) => {
    const { api, press, world, set } = await asked();
    const [, first, second] = world().issues;
    expect(first!.property).toMatchObject({ item: "wdc_01", seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const labels = second!.labels;
    const property = swap(first!.property as object, second!.property as object);
    const issues = world().issues.map((one) =>
      one === first ? { ...one, property, labels } : { ...one, labels: one.labels.slice(0, 2) },
    );
    set({ ...world(), issues });
    const [heard] = hear(press("retire", { item: "wdc_02" }));
    expect(heard).toMatchObject({ item: "wdc_02" });
    expect(await desk.confirm!(api, heard!)).toBeUndefined();
  });

  it("confirms nothing of a sub-task whose seal a crash left out, until it is asked again", async () => {
    const { api, press, world, set } = await asked();
    const issues = world().issues.map((one) => ({ ...one, property: { key: KEY, item: "wdc_01" } }));
    set({ ...world(), issues });
    const [heard] = hear(press("keep"));
    expect(await desk.confirm!(api, heard!)).toBeUndefined();
    await desk.ask(api, aMessage());
    expect(await desk.confirm!(api, heard!)).toMatchObject({ choice: "keep" });
  });

  it("confirms after the secret was replaced once the message was edited, and takes the new one alone", async () => {
    const { api, press, ticket } = await asked();
    const [heard] = hear(press("keep"));
    const later = { ...api, sealing: async () => ["a newer secret"] };
    expect(await desk.confirm!(later, heard!)).toBeUndefined();
    await desk.edit(later, ticket, aMessage({ state: "reminder" }));
    expect(await desk.confirm!(later, heard!)).toMatchObject({ choice: "keep" });
    expect(await desk.confirm!(api, heard!)).toBeUndefined();
    expect(await desk.confirm!({ ...api, sealing: async () => [] }, heard!)).toBeUndefined();
  });

  it("does not confirm a move that an app made", async () => {
    const { api, press, world, set } = await asked();
    const [heard] = hear(press("keep"));
    set({ ...world(), users: [{ ...GRACE, isApp: true }] });
    expect(await desk.confirm!(api, heard!)).toBeUndefined();
  });

  it("leaves the e-mail out where the person hides it", async () => {
    const { api, press, world, set } = await asked();
    const [heard] = hear(press("keep"));
    set({ ...world(), users: [{ ...GRACE, isHidden: true }] });
    expect(await desk.confirm!(api, heard!)).toMatchObject({ by: { user: GRACE.accountId, email: undefined } });
  });

  it.each<[string, (event: ReturnType<typeof JSON.parse>) => void]>([
    [
      "another event",
      (event) => {
        event.webhookEvent = "jira:issue_created";
      },
    ],
    [
      "another field",
      (event) => {
        event.changelog.items[0].field = "summary";
      },
    ],
    [
      "a status that is no answer",
      (event) => {
        event.changelog.items[0].toString = "In Progress";
      },
    ],
    ["a change without a new status", (event) => void delete event.changelog.items[0].toString],
    ["an issue of its own", (event) => void delete event.issue.fields.parent],
    [
      "no label of ours",
      (event) => {
        event.issue.fields.labels = ["leasehold"];
      },
    ],
    ["labels of two items", (event) => void event.issue.fields.labels.push("leasehold-wdc_02")],
  ])("hears nothing in %s", async (_title, change) => {
    const { press } = await asked();
    const event = JSON.parse(press("keep").body);
    expect(hear(signed(event))).toHaveLength(1);
    change(event);
    expect(hear(signed(event))).toEqual([]);
  });

  it.each<[string, number, boolean]>([
    ["now", 0, true],
    ["a day old", 86_400, true],
    ["five minutes early", -300, true],
    ["older", 86_401, false],
    ["earlier", -301, false],
  ])("a change that is %s", async (_age, seconds, accepted) => {
    const { press } = await asked();
    const request = press("keep");
    const read = () => hear(request, laterBy(NOON, seconds));
    if (accepted) expect(read()).toHaveLength(1);
    else expect(read).toThrow("the request was not accepted");
  });

  it.each(["abc", null, "1793620800000", Number.NaN, 1e300])(
    "refuses the time %j although it was signed",
    async (timestamp) => {
      const { press } = await asked();
      const event = { ...JSON.parse(press("keep").body), timestamp };
      expect(() => hear(signed(event))).toThrow("the request was not accepted");
    },
  );

  it.each<[string, (request: DeskRequest) => object]>([
    [
      "a forged signature",
      ({ headers }) => ({ headers: { ...headers, "x-hub-signature": `sha256=${"0".repeat(64)}` } }),
    ],
    ["no signature", ({ headers }) => ({ headers: { ...headers, "x-hub-signature": "" } })],
    [
      "another digest",
      ({ headers }) => ({
        headers: { ...headers, "x-hub-signature": headers["x-hub-signature"]!.replace("256", "1") },
      }),
    ],
    ["a changed body", ({ body }) => ({ body: body.replace("Keep", "Retire") })],
    ["a body that was read and written again", ({ body }) => ({ body: JSON.stringify(JSON.parse(body), null, 1) })],
    ["a form", ({ headers }) => ({ headers: { ...headers, "content-type": "application/x-www-form-urlencoded" } })],
    ["what is too large", () => signed({ timestamp: Date.parse(NOON), pad: "x".repeat(1_100_000) })],
    ["what is not JSON", () => signed("not json")],
  ])("refuses %s, and does not say why", async (_title, forge) => {
    const { press } = await asked();
    const request = press("keep");
    expect(() => hear({ ...request, ...forge(request) })).toThrow(
      expect.objectContaining({
        name: "BadInput",
        message: "the request was not accepted",
        facts: { why: expect.stringMatching(/^(unproved|signature|content)$/) },
      }),
    );
  });

  it("refuses everything where there is no secret, and takes either of two", async () => {
    const { press } = await asked();
    const request = press("keep");
    expect(() => hear(request, NOON, [])).toThrow("the request was not accepted");
    expect(() => hear(request, NOON, ["other"])).toThrow("the request was not accepted");
    expect(hear(request, NOON, ["other", empty.secret])).toHaveLength(1);
  });

  function signed(event: object | string): DeskRequest {
    const body = typeof event === "string" ? event : JSON.stringify(event);
    const headers = {
      "content-type": "application/json",
      "x-hub-signature": `sha256=${signatureOf(empty.secret, body)}`,
    };
    return { body, headers };
  }
});

describe("telling", () => {
  const moved = async (choice: Choice = "keep") => {
    const place = site();
    await desk.ask(place.api, aMessage());
    const [heard] = desk.read(place.press(choice), [empty.secret], NOON);
    return { ...place, heard: heard! };
  };
  const comments = (world: World) =>
    world.issues.flatMap((issue) => (issue.comments ?? []).map(({ body }) => ({ issue, body })));

  it("comments on the very sub-task, mentions who moved it, and says it as text", async () => {
    const { api, heard, world } = await moved();
    await desk.tell!(api, heard, "recorded: [~everybody] it is yours");
    const [{ issue, body } = { issue: undefined, body: undefined }, ...more] = comments(world());
    expect(more).toEqual([]);
    expect(issue?.id).toBe(heard.id.split("/")[0]);
    expect(body).toMatchObject({
      type: "doc",
      content: [
        {
          content: [
            { type: "mention", attrs: { id: GRACE.accountId } },
            { type: "text", text: expect.stringContaining("recorded: [~everybody] it is yours") },
          ],
        },
      ],
    });
  });

  it("says it once of one change, and again of the next", async () => {
    const { api, heard, press, world } = await moved();
    await desk.tell!(api, heard, "recorded");
    await desk.tell!(api, heard, "recorded");
    expect(comments(world())).toHaveLength(1);
    const [next] = desk.read(press("snooze"), [empty.secret], NOON);
    await desk.tell!(api, next!, "recorded: tomorrow");
    expect(comments(world())).toHaveLength(2);
  });

  it("is no fault where the sub-task was withdrawn meanwhile", async () => {
    const { api, heard, set, world } = await moved();
    set({ ...world(), issues: [] });
    await expect(desk.tell!(api, heard, "recorded")).resolves.toBeUndefined();
  });
});
