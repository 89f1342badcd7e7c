import { connectors as registry } from "@leasehold/connectors";
import { defineConnector, onlyCounts } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { fixturesOf, folders } from "../../../../test/support/connectors.ts";
import { understanding } from "./index.ts";

const connectors = await Promise.all(Object.values(registry).map((load) => load()));
const understand = understanding(connectors);
const routed = connectors
  .filter(({ listens }) => listens && Object.keys(listens.patterns).length > 0 && !onlyCounts(listens))
  .map(({ id }) => id);
const fixtures = folders
  .filter((id) => routed.includes(id)) // what comes over HTTP alone is nobody's history
  .flatMap((id) => fixturesOf(id).map((fixture) => ({ id, ...fixture })));
const event = fixtures.find(({ file }) => file === "delete-access-key.json")?.event as Envelope;
const record = event.detail;
interface Envelope {
  readonly detail: Readonly<Record<string, unknown>>;
}

describe.each(fixtures)("$id $file", ({ id, event: delivered, signals }) => {
  const then = signals.length > 0 ? { connector: id, signals } : { ignored: expect.stringMatching(/^says nothing/) };

  it("means the same when it was delivered before", () => {
    expect(understand(delivered)).toEqual([then]);
    expect(understand(JSON.parse(JSON.stringify(delivered)))).toEqual([then]);
  });
});

it("means the same as the bare record of a trail", () => {
  expect(understand(record)).toEqual(understand(event));
  expect(understand(record)).toMatchObject([{ connector: "aws-iam", signals: [{ kind: "credential.deleted" }] }]);
});

it("takes every event of one body", () => {
  const okta = fixturesOf("okta").find(({ file }) => file === "suspend-user.json")?.event as Envelope;
  const body = {
    source: "https://example.okta.com/api/v1/eventHooks/who1",
    data: { events: [okta.detail, { ...okta.detail, eventType: "user.session.start" }] },
  };
  expect(understand(body)).toMatchObject([{ connector: "okta", signals: [{ kind: "person.held" }] }]);
  expect(understand([okta.detail, okta.detail])).toHaveLength(2);
  expect(understand({ ...body, data: { events: [{ ...okta.detail, eventType: "user.session.start" }] } })).toEqual([
    { ignored: "no connector listens to okta/user.session.start" },
  ]);
});

it("takes the body of a vendor that comes by its own request alone, and gives it nothing of what a rule delivers", () => {
  const { event: given, signals } = fixturesOf("github").find(({ file }) => file === "run-begun.json") ?? {};
  expect(understand((given as Envelope).detail)).toEqual([{ connector: "github", signals }]);
  expect(understand({ ...event, source: "github.webhook" })).toEqual([
    { ignored: "no connector listens to iam.amazonaws.com/DeleteAccessKey" },
  ]);
});

it.each<[string, unknown, object]>([
  ["another service", { ...record, eventSource: "sts.amazonaws.com" }, { ignored: "no connector listens to sts.amazonaws.com/DeleteAccessKey" }],
  ["another call", { ...record, eventName: "ListUsers" }, { ignored: "no connector listens to iam.amazonaws.com/ListUsers" }],
  ["another call, delivered", { ...event, detail: { ...record, eventName: "ListUsers" } }, { ignored: "no connector listens to iam.amazonaws.com/ListUsers" }],
  ["a name that is none", { ...record, eventName: "Ada's <password>" }, { ignored: "not an event that we know" }],
  ["a name that is too long", { ...record, eventName: "x".repeat(65) }, { ignored: "not an event that we know" }],
  ["something else", { hello: 1 }, { ignored: "not an event that we know" }],
  ["a plain value", "hunter2", { ignored: "not an event that we know" }],
  ["a time that is none", { ...record, eventTime: "yesterday" }, { refused: "malformed: field detail.eventTime" }],
  ["a field of another type", { ...record, requestParameters: "text" }, { refused: "malformed: field detail.requestParameters" }],
])("says why not: %s", (_title, given, then) => {
  expect(understand(given)).toEqual([then]);
}); // biome-ignore format: rows

it("names no field whose name is somebody's value", () => {
  const open = defineConnector({
    ...{ id: "open", title: "Open", proof: "fixtures", settings: z.strictObject({}) },
    listens: {
      patterns: { usage: [{ source: ["open"] }] },
      event: z.object({ source: z.string(), detail: z.record(z.string(), z.number()) }),
      emits: [],
      normalise: () => [],
    },
  });
  const [said] = understanding([open])({ source: "open", "detail-type": "x", detail: { hunter2: "no" } });
  expect(said).toEqual({ refused: "malformed: field detail.*" });
});

it("refuses what its normaliser made of it and no store would take", () => {
  const said = (name: string) => ({
    ...{ kind: "identity.deleted", source: { connector: "odd", eventId: "1", occurredAt: "2026-11-02T09:00:00.000Z" } },
    ...{ tenant: "1", by: { realm: "odd", name, via: "unknown" }, identity: { id: "idn_1", realm: "odd", name: "x" } },
  });
  const odd = defineConnector({
    ...{ id: "odd", title: "Odd", proof: "fixtures", settings: z.strictObject({}) },
    listens: {
      patterns: { usage: [{ source: ["odd"] }] },
      event: z.object({ detail: z.object({ name: z.string() }) }),
      emits: ["identity.deleted"],
      normalise: ({ detail }) => [said(detail.name) as Signal],
    },
  });
  const about = (name: string) => understanding([odd])({ source: "odd", "detail-type": "x", detail: { name } });
  expect(about("ada")).toEqual([{ connector: "odd", signals: [said("ada")] }]);
  expect(about("a".repeat(2_049))).toEqual([{ refused: "malformed: field by.name" }]);
});

it("throws at nothing, and repeats no value", () => {
  const values = fc.jsonValue();
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(record)), values, (key, value) => {
      for (const one of understand({ ...record, [key]: value, secret: "hunter2-hunter2" }))
        expect(JSON.stringify(one)).not.toContain("hunter2");
    }),
  );
  fc.assert(fc.property(values, (value) => void understand(value)));
});
