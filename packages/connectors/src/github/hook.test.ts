import type { HookRequest } from "@leasehold/core/connector";
import { type Instant, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { fixturesOf } from "../../../../test/support/connectors.ts";
import { signatureOf } from "../../kit/index.ts";
import { type Event, listener } from "./events/index.ts";
import { hook } from "./hook.ts";
import { Settings } from "./settings.ts";
import { simulator } from "./simulator.ts";

const [SECRET = ""] = simulator.signing ?? [];
const SETTINGS = Settings.parse(simulator.hooked?.settings);
const REFUSED = expect.objectContaining({ name: "BadInput", message: "the request was not accepted" });

const eventOf = (file: string) =>
  structuredClone(fixturesOf("github").find((one) => one.file === `${file}.json`)?.event) as Event & {
    readonly detail: { readonly workflow_run: { readonly updated_at: string } };
  };
const sent = (file = "run-begun"): HookRequest =>
  simulator.hooked?.send([eventOf(file)], MONDAY) ?? { method: "POST", headers: {}, body: "" };
const read = (request: HookRequest, now: Instant = MONDAY, secrets: readonly string[] = [SECRET]) => {
  const hooked = hook.read(request, secrets, now, SETTINGS);
  return "deliveries" in hooked ? hooked.deliveries : [];
};
const withHeaders = (headers: Readonly<Record<string, string>>, request = sent()): HookRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const withBody = (body: string): HookRequest =>
  withHeaders({ "x-hub-signature-256": `sha256=${signatureOf(SECRET, body)}` }, { ...sent(), body });

describe("a delivery", () => {
  const good = signatureOf(SECRET, sent().body);

  it.each<[string, HookRequest]>([
    ["nobody signed", withHeaders({ "x-hub-signature-256": "" })],
    ["somebody else signed", withHeaders({ "x-hub-signature-256": `sha256=${signatureOf("another", sent().body)}` })],
    ["is signed the old way", withHeaders({ "x-hub-signature": `sha1=${good}`, "x-hub-signature-256": "" })],
    ["says another way of signing", withHeaders({ "x-hub-signature-256": `sha1=${good}` })],
    ["has its signature cut", withHeaders({ "x-hub-signature-256": `sha256=${good.slice(0, -2)}` })],
    ["has its signature twice", withHeaders({ "x-hub-signature-256": `sha256=${good}, sha256=${good}` })],
    ["was changed by one letter", { ...sent(), body: sent().body.replace("grace-example", "grace-examplf") }],
    [
      "is larger than it ever is",
      withBody(JSON.stringify({ ...eventOf("run-begun").detail, pad: "x".repeat(1_048_576) })),
    ],
    ["is a form", withHeaders({ "content-type": "application/x-www-form-urlencoded" })],
    ["is asked by GET", { ...sent(), method: "GET" }],
    ["is signed, and no JSON", withBody("{")],
    ["is signed, and says no time", withBody(JSON.stringify({ action: "completed", workflow_run: {} }))],
  ])("that %s is not accepted, and nobody is told why", (_title, request) => {
    expect(() => read(request)).toThrow(REFUSED);
  });

  it.each([
    [23 * 3_600, true],
    [25 * 3_600, false],
    [-3_600, false], // it was changed 50 minutes before
  ])("is taken %d seconds later: %s", (seconds, taken) => {
    const attempt = () => read(sent(), laterBy(MONDAY, seconds));
    if (taken) expect(attempt()).toHaveLength(1);
    else expect(attempt).toThrow(REFUSED);
  });

  it("is known again under any other name, because GitHub does not sign the name", () => {
    const ids = ["a", "b"].map((name) => read(withHeaders({ "x-github-delivery": name }))[0]?.id);
    expect(new Set(ids)).toEqual(new Set(["9001/9911000471/1/in_progress"]));
  });

  it("is another one for another attempt, another action, another run", () => {
    const files = ["run-begun", "run-ended", "run-again", "run-of-older-server"];
    expect(new Set(files.map((file) => read(sent(file))[0]?.id)).size).toBe(files.length);
  });

  it.each(["ping", "push", "workflow_job", ""])("of another event is taken, and says nothing: %s", (event) => {
    expect(read(withHeaders({ "x-github-event": event }))).toEqual([]);
  });

  it("that has changed its shape goes on, so that somebody says so", () => {
    const { workflow_run, ...rest } = eventOf("run-begun").detail;
    const [delivery] = read(
      withBody(JSON.stringify({ ...rest, workflow_run: { updated_at: workflow_run.updated_at } })),
    );
    expect(delivery?.id).toMatch(/^.{8,}$/);
    expect(listener.event.safeParse(delivery?.event).success).toBe(false);
  });
});

describe("a delivery of what GitHub itself dates", () => {
  it.each(["key-added", "installation-created", "installation-suspended"])("is taken within the day: %s", (file) => {
    expect(read(sent(file))).toMatchObject([{ event: { source: "github.webhook" } }]);
    for (const seconds of [-7_200, 25 * 3_600])
      expect(() => read(sent(file), laterBy(MONDAY, seconds))).toThrow(REFUSED);
  });

  it.each([
    ["deploy_key", { action: "created", key: { id: 1 } }],
    ["installation", { action: "created", installation: { id: 1, created_at: 1e15 } }],
    ["installation", { action: "suspend", installation: { id: 1, suspended_at: null } }],
  ])("is not, where it does not: %s %j", (name, body) => {
    expect(() => read(withHeaders({ "x-github-event": name }, withBody(JSON.stringify(body))))).toThrow(REFUSED);
  });
});

it.each(["workflow_run", "deploy_key", "installation", "organization"])(
  "an old delivery is not made new by the name that nobody signed: %s",
  (name) => {
    for (const file of ["run-begun", "key-added", "installation-created", "installation-suspended"]) {
      const request = withHeaders({ "x-github-event": name }, sent(file));
      const taken = () => {
        try {
          return read(request, laterBy(MONDAY, 25 * 3_600));
        } catch (fault) {
          expect(fault).toEqual(REFUSED);
          return [];
        }
      };
      expect(taken()).toEqual([]);
    }
  },
);

describe("a delivery of what GitHub dates nowhere", () => {
  const files = ["key-deleted", "installation-deleted", "installation-unsuspended", "member-removed"];
  const nextYear = laterBy(MONDAY, 366 * 86_400);

  it.each(files)("is dated by its coming, and is the same one whenever it comes: %s", (file) => {
    const [now] = read(sent(file));
    const [later] = read(sent(file), nextYear);
    expect([now?.event, later?.event]).toMatchObject([{ time: MONDAY }, { time: nextYear }]);
    expect(later?.id).toBe(now?.id);
  });

  it.each(files)("says nothing where nobody saw it come: %s", (file) => {
    const { time: _, ...event } = listener.event.parse(eventOf(file));
    expect(listener.normalise(event)).toEqual([]);
    expect(listener.normalise({ ...event, time: MONDAY })).toHaveLength(1);
  });

  it("is another one of another key, installation, suspension, member", () => {
    const ids = [...files, "key-added", "installation-suspended", "installation-created"].map(
      (file) => read(sent(file))[0]?.id,
    );
    expect(new Set(ids).size).toBe(7);
  });
});

it.each(["installation-new-permissions", "member-added"])(
  "what says nothing to us is taken, and goes no further: %s",
  (file) => {
    expect(read(sent(file))).toEqual([]);
  },
);

it.each(["deploy_key", "installation", "organization"])(
  "a %s that has no action goes on, so that somebody says so",
  (name) => {
    const body = JSON.stringify({ installation: { created_at: 1 }, key: {} });
    const deliveries = read(withHeaders({ "x-github-event": name }, withBody(body)));
    expect(deliveries.map(({ event }) => listener.event.safeParse(event).success)).toEqual([false]);
  },
);

it("of a key nothing is read but its number: neither the public half nor its title", () => {
  const [event] = read(sent("key-added"));
  expect(JSON.stringify(event)).toContain("ssh-ed25519");
  for (const word of ["ssh-", "AAAA", "search deployer"])
    expect(JSON.stringify(listener.event.parse(event?.event))).not.toContain(word);
});

it("of a commit nothing is read: who wrote it is what its pusher says", () => {
  for (const { event } of fixturesOf("github").filter((one) => "workflow_run" in (one.event as Event).detail)) {
    expect(JSON.stringify(event)).toContain("ada@example.com");
    expect(JSON.stringify(listener.event.parse(event))).not.toContain("ada@example.com");
  }
});

it("the secret's name is of this connector's part of the store", () => {
  expect(Settings.safeParse({ signingName: "okta.hook" }).success).toBe(false);
  expect(Settings.safeParse({}).success).toBe(false);
});
