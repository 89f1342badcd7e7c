import { readFileSync } from "node:fs";
import type { Hooked, HookRequest } from "@leasehold/core/connector";
import { type Instant, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { Settings } from "./api.ts";
import { type Event, listener } from "./events.ts";
import { hook } from "./hook.ts";
import { okta } from "./index.ts";
import { simulator } from "./simulator.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const [SECRET = ""] = simulator.signing ?? [];
const SETTINGS = Settings.parse(simulator.hooked?.settings);
const LEFT = JSON.parse(readFileSync(new URL("fixtures/deactivate-user.json", import.meta.url), "utf8")).event as Event;

const sent = (...events: readonly unknown[]) => simulator.hooked!.send(events.length ? events : [LEFT], NOON);
const read = (request: HookRequest, now = NOON) => hook.read(request, [SECRET], now, SETTINGS);
const deliveries = (hooked: Hooked) => ("deliveries" in hooked ? hooked.deliveries : []);
const changed = (change: (body: Record<string, unknown>) => void): HookRequest => {
  const request = sent();
  const body = JSON.parse(request.body);
  change(body);
  return { ...request, body: JSON.stringify(body) };
};

describe("an event hook", () => {
  it.each<[string, number, boolean]>([
    ["now", 0, true],
    ["five minutes ahead of us", -300, true],
    ["a day behind us", 86_400, true],
    ["more than five minutes ahead", -301, false],
    ["more than a day behind", 86_401, false],
  ])("dated %s", (_title, seconds, taken) => {
    const when = laterBy(NOON, seconds);
    if (taken) expect(deliveries(read(sent(), when))).toHaveLength(1);
    else expect(() => read(sent(), when)).toThrow("the request was not accepted");
  });

  it.each<[string, (body: Record<string, unknown>) => void]>([
    ["no date", (body) => delete body["eventTime"]],
    ["a date that is none", (body) => Object.assign(body, { eventTime: "yesterday" })],
    ["another type", (body) => Object.assign(body, { eventType: "com.okta.user.pre-registration" })],
    ["no events", (body) => delete body["data"]],
    ["more events than any", (body) => Object.assign(body, { data: { events: Array(1_001).fill({}) } })],
  ])("with %s is refused", (_title, change) => {
    expect(() => read(changed(change))).toThrow("the request was not accepted");
  });

  it.each([
    ["the secret with more behind it", `${SECRET} `],
    ["the secret as a bearer's", `Bearer ${SECRET}`],
    ["a part of it", SECRET.slice(0, -1)],
    ["none", ""],
  ])("with %s is refused", (_title, authorization) => {
    const { headers, ...request } = sent();
    expect(() => read({ ...request, headers: { ...headers, authorization } })).toThrow("the request was not accepted");
  });

  it("knows an event by its own uuid: alone, twice in one request, and in another", () => {
    const again = changed((body) => Object.assign(body, { eventId: "another", eventTime: laterBy(NOON, 60) }));
    const ids = [sent(), sent(LEFT, LEFT), again].map((request) => deliveries(read(request)).map(({ id }) => id));
    expect(ids).toEqual([[LEFT.detail.uuid], [LEFT.detail.uuid], [LEFT.detail.uuid]]);
  });

  it.each(["", "a b", "../x", "x".repeat(129)])(
    "knows an event by what it says where its uuid is %j, and loses it to nobody",
    (uuid) => {
      const [one, ...others] = deliveries(read(sent({ ...LEFT, detail: { ...LEFT.detail, uuid } })));
      expect(one?.id).toMatch(/^[\w-]{20,64}$/);
      expect(others).toEqual([]);
    },
  );

  it("hands on what it cannot read, so that somebody says so", () => {
    const said = deliveries(read(sent({ ...LEFT, detail: { ...LEFT.detail, eventType: 7 } })));
    expect(said.map(({ event }) => listener.event.safeParse(event).success)).toEqual([false]);
  });

  it("names the configured organisation, whatever address Okta wrote: the accounts are the same everywhere", () => {
    const custom = changed((body) =>
      Object.assign(body, { source: "https://login.example.com/api/v1/eventHooks/who1" }),
    );
    const [event] = deliveries(read(custom)).map((one) => listener.event.parse(one.event));
    const [onBus] = listener.normalise(LEFT);
    expect(event && listener.normalise(event)).toMatchObject([{ kind: "person.left", tenant: "example" }]);
    expect(event && listener.normalise(event)[0]).toMatchObject({
      account: onBus && "account" in onBus && onBus.account,
    });
  });

  it("brings nothing along that is not read", () => {
    const secret = { ...LEFT.detail, debugContext: { debugData: { token: "CANARY" } }, client: { ip: "CANARY" } };
    expect(JSON.stringify(read(sent({ ...LEFT, detail: secret })))).not.toContain("CANARY");
  });
});

it("names its secret, where there is one", () => {
  expect(okta.signedWith?.(SETTINGS)).toEqual([]);
  expect(okta.signedWith?.({ ...SETTINGS, signingName: "okta.hook" })).toEqual(["okta.hook"]);
});
