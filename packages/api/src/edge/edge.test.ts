import { connectors } from "@leasehold/connectors";
import type { Simulator } from "@leasehold/connectors/kit";
import { simulatorOf } from "@leasehold/connectors/simulators";
import type { Connector, Heard, HookRequest } from "@leasehold/core/connector";
import { type Instant, laterBy, unavailable } from "@leasehold/core/kernel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { fixturesOf } from "../../../../test/support/connectors.ts";
import { type Gateway, onGateway } from "../gateway/index.ts";
import { type Batch, edge } from "./index.ts";

type Id = keyof typeof connectors;
const WAYS_IN = ["github", "ingest", "jira", "okta", "slack"] as const satisfies readonly Id[];
const SETTINGS: Readonly<Record<string, object>> = {
  slack: { tokenName: "slack.token", signingName: "slack.signing" },
  jira: {
    ...{ site: "https://example.atlassian.net", account: "leasehold@example.com", tokenName: "jira.token" },
    ...{ project: "SEC", signingName: "jira.webhook" },
  },
  okta: { signingName: "okta.hook" },
};
const REFUSED = { statusCode: 401, body: '{"error":"not accepted"}' };
const TAKEN = { statusCode: 200, body: "" };
const CANARY = "xoxb-CANARY-EXAMPLE";

interface Answered {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}
interface Way {
  readonly id: Id;
  readonly gateway: Gateway;
  readonly request: HookRequest; // a good one
  readonly batches: Batch[];
  readonly clicks: Heard[];
  readonly lines: string[];
  readonly asked: string[]; // for secrets
  now: Instant;
  secrets: readonly string[];
  fresh: readonly string[];
  queue: () => void;
  send(request?: Partial<HookRequest>, over?: object): Promise<Answered>;
}

async function wayIn(id: Id): Promise<Way> {
  const simulator = await simulatorOf(id);
  const connector: Connector = await connectors[id]();
  const settings = connector.settings.parse({ ...(simulator.hooked?.settings as object), ...SETTINGS[id] });
  const [request, signing] = [await requestOf(id, connector, simulator), simulator.signing ?? []];
  const it: Way = {
    ...{ id, request, batches: [], clicks: [], lines: [], asked: [], now: MONDAY, secrets: signing, fresh: signing },
    queue: () => {},
    gateway: onGateway(
      edge({
        ...{ connector, settings, clock: () => it.now },
        signing: async (names, fresh = false) => {
          it.asked.push(`${fresh ? "fresh " : ""}${names.join()}`);
          return fresh ? it.fresh : it.secrets;
        },
        signals: async (batch) => {
          it.queue();
          it.batches.push(batch);
        },
        heard: async (clicks) => {
          it.queue();
          it.clicks.push(...clicks);
        },
        log: (level, message, keys) => void it.lines.push(`${level} ${message} ${JSON.stringify(keys)}`),
      }),
    ),
    send: async (over = {}, event = {}) =>
      (await it.gateway({ ...invoked(id, { ...request, ...over }), ...event })) as Answered,
  };
  return it;
}

async function requestOf(id: Id, { desk }: Connector, simulator: Simulator<unknown>): Promise<HookRequest> {
  const [fixture] = fixturesOf(id).filter(({ signals }) => signals.length > 0);
  if (simulator.hooked) return simulator.hooked.send([fixture?.event], MONDAY);
  const kept = { world: simulator.sample?.world };
  const memory = { get: () => kept.world, set: (world: unknown) => void Object.assign(kept, { world }) };
  const live = simulator.live(
    memory,
    () => MONDAY,
    () => {},
  );
  await desk?.ask(live.api, {
    ...{ key: "dec_1", title: "1 credential", why: "you were asked", deadline: undefined, state: "open" },
    to: { account: "acc_grace", name: "Grace", email: "grace@example.com", timeZone: "Europe/Berlin" },
    items: [{ item: "wdc_1", title: "agent", lines: [], choices: ["retire", "keep"], state: "flagged" }],
  });
  const press = { user: "grace@example.com", message: "dec_1", item: "wdc_1", choice: "keep" } as const;
  return { method: "POST", ...live.click!(press) };
}

/** As API Gateway invokes a function behind an HTTP API's route: payload 2.0. */
function invoked(id: string, { method, headers, body }: HookRequest) {
  const host = "example.execute-api.eu-central-1.amazonaws.com";
  return {
    ...{ version: "2.0", routeKey: `${method} /in/${id}`, rawPath: `/in/${id}`, rawQueryString: "" },
    headers: { ...headers, host, "x-forwarded-for": "192.0.2.1" },
    requestContext: {
      ...{ accountId: "111122223333", apiId: "example", domainName: host, requestId: "r1", stage: "$default" },
      http: { method, path: `/in/${id}`, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    },
    ...{ body, isBase64Encoded: false },
  };
}

const printed: string[] = [];
beforeEach(() => {
  printed.splice(0);
  for (const name of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, name).mockImplementation((...all: unknown[]) => void printed.push(all.map(String).join(" ")));
});
afterEach(() => void vi.restoreAllMocks());

describe.each(WAYS_IN)("%s", (id) => {
  const whole = (way: Way) => way.batches.length + way.clicks.length;

  it("takes what its vendor sent, and answers with nothing", async () => {
    const way = await wayIn(id);
    const answer = await way.send();
    expect(answer).toMatchObject(TAKEN);
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(whole(way)).toBe(1);
    for (const { delivery, signals } of way.batches) {
      expect(delivery).toMatch(/^.{8,200}$/);
      for (const { source } of signals) expect(source.connector).toBe(id);
    }
    for (const { by } of way.clicks) expect(by.desk).toBe(id);
    expect(way.lines).toHaveLength(1);
  });

  it.each<[string, (request: HookRequest) => object]>([
    ["in base64", ({ body }) => ({ body: Buffer.from(body).toString("base64"), isBase64Encoded: true })],
    ["with its headers in capitals", ({ headers }) => ({ headers: upper(headers) })],
    ["with a stage before the path in the context", () => ({ rawQueryString: "a=1" })],
  ])("takes the same %s", async (_title, change) => {
    const way = await wayIn(id);
    expect(await way.send({}, change(way.request))).toMatchObject(TAKEN);
    expect(whole(way)).toBe(1);
  });

  it.each<[string, (request: HookRequest) => object]>([
    ["has no headers", () => ({ headers: {} })],
    ["is of another content type", ({ headers }) => ({ headers: { ...headers, "content-type": "text/plain" } })],
    ["has every header twice", ({ headers }) => ({ headers: twice(headers) })],
    ["is larger than anybody's", ({ body }) => ({ body: body.padEnd(1_100_000) })],
    ["says that it is larger", ({ headers }) => ({ headers: { ...headers, "content-length": "99999999" } })],
    ["is no text", () => ({ body: Buffer.from([0xff, 0xfe, 0x00]).toString("base64"), isBase64Encoded: true })],
    ["is empty", () => ({ body: undefined })],
    ["is base64 that says that it is not", ({ body }) => ({ body: Buffer.from(body).toString("base64") })],
    ["goes on after its end", () => ({ rawPath: `/in/${id}/x` })],
    ["is for somebody else", () => ({ rawPath: "/in/other" })],
    ["is asked by PUT", (request) => by(request, "PUT")],
    ["is asked by HEAD", (request) => by(request, "HEAD")],
    ["is asked by OPTIONS", (request) => by(request, "OPTIONS")],
    ["is asked by GET, without a challenge", (request) => by(request, "GET")],
  ])("refuses what %s, always in the same bytes", async (title, change) => {
    const way = await wayIn(id);
    const answer = await way.send({}, change(way.request));
    const sized = title.startsWith("says"); // the adapter writes the true length over what was said
    if (sized) expect(answer).toMatchObject(TAKEN);
    else expect({ ...answer, body: title.includes("HEAD") ? REFUSED.body : answer.body }).toMatchObject(REFUSED);
    if (!sized) expect(whole(way)).toBe(0);
  });

  it("refuses what another secret proves, and what is of another time", async () => {
    const way = await wayIn(id);
    way.secrets = way.fresh = ["another"];
    expect(await way.send()).toMatchObject(REFUSED);
    way.secrets = way.fresh = [];
    expect(await way.send()).toMatchObject(REFUSED);
    const later = await wayIn(id);
    for (const seconds of [-3_600, 25 * 3_600]) {
      later.now = laterBy(MONDAY, seconds);
      expect(await later.send()).toMatchObject(REFUSED);
    }
    expect([whole(way), whole(later)]).toEqual([0, 0]);
  });

  it("takes the secret of before while it is replaced, and the new one at once", async () => {
    const way = await wayIn(id);
    const [secret = ""] = way.secrets;
    way.secrets = ["new", secret];
    expect(await way.send()).toMatchObject(TAKEN);
    way.secrets = ["old", "older"]; // what this function remembers
    way.fresh = [secret, "old"]; // what was set a moment ago
    expect(await way.send()).toMatchObject(TAKEN);
    expect(way.asked.filter((one) => one.startsWith("fresh"))).toHaveLength(1);
  });

  it("reads a secret anew every ten seconds at most, whoever knocks", async () => {
    const way = await wayIn(id);
    way.secrets = way.fresh = ["another"];
    const fresh = () => way.asked.filter((one) => one.startsWith("fresh")).length;
    for (let n = 0; n < 5; n += 1) await way.send();
    expect(fresh()).toBe(1);
    way.now = laterBy(MONDAY, 9);
    await way.send();
    expect(fresh()).toBe(1);
    way.now = laterBy(MONDAY, 10);
    await way.send();
    expect(fresh()).toBe(2);
  });

  it("asks for no secret where a request does not even fit", async () => {
    const way = await wayIn(id);
    await way.send({}, { body: "x".repeat(1_100_000) });
    await way.send({}, { rawPath: "/in/other" });
    expect(way.asked).toEqual([]);
  });

  it("has the vendor try again where the line did not take it, or the secrets could not be read", async () => {
    const way = await wayIn(id);
    way.queue = () => {
      throw new Error(CANARY);
    };
    const answer = await way.send();
    expect(answer).toMatchObject({ statusCode: 503, body: "" });
    way.queue = () => {
      throw unavailable("sqs");
    };
    expect(await way.send()).toMatchObject({ statusCode: 503, body: "" });
    expect(way.lines.join()).not.toContain("CANARY");
    way.queue = () => {};
    expect(await way.send()).toMatchObject(TAKEN);
  });

  it("tells a replay by its id", async () => {
    const way = await wayIn(id);
    await way.send();
    await way.send();
    const ids = [...way.batches.map(({ delivery }) => delivery), ...way.clicks.map((one) => one.id)];
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("lets no secret out: not one that was sent, not its own, not in an answer, not in the log", async () => {
    const way = await wayIn(id);
    const [secret = ""] = way.secrets;
    const headers = { ...way.request.headers, authorization: CANARY, cookie: CANARY, "x-canary": `${CANARY}\nx` };
    const answers = [
      await way.send(),
      await way.send({ headers }),
      await way.send({ body: `${way.request.body}${CANARY}` }),
      await way.send({ body: CANARY }),
      await way.send({ method: "GET", headers: { ...headers, "x-okta-verification-challenge": CANARY } }),
      await way.send({}, { rawQueryString: `token=${CANARY}`, rawPath: `/in/${CANARY}` }),
    ];
    const out = JSON.stringify([answers, way.lines, printed]);
    expect(out).not.toContain("CANARY");
    expect(out).not.toContain(secret);
  });
});

const upper = (headers: HookRequest["headers"]) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
const twice = (headers: HookRequest["headers"]) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value},${value}`]));
function by(request: HookRequest, method: string) {
  const { requestContext } = invoked("x", request);
  return { requestContext: { ...requestContext, http: { ...requestContext.http, method } } };
}

describe("Okta's challenge", () => {
  const asked = async (headers: Readonly<Record<string, string>>, over: object = {}) => {
    const way = await wayIn("okta");
    const [authorization = ""] = way.secrets;
    const answer = await way.send({ method: "GET", headers: { authorization, ...headers }, body: "", ...over });
    return { way, answer };
  };

  it("is answered with what it said, and nothing happens", async () => {
    const { way, answer } = await asked({ "x-okta-verification-challenge": "s0me-Valu3_" });
    expect(answer).toMatchObject({ statusCode: 200, body: '{"verification":"s0me-Valu3_"}' });
    expect(answer.headers["content-type"]).toContain("application/json");
    expect(way.batches).toEqual([]);
  });

  it.each([
    ["without the secret", { authorization: "", "x-okta-verification-challenge": "x" }],
    ["with another secret", { authorization: "another", "x-okta-verification-challenge": "x" }],
    ["without a challenge", {}],
    ["with an empty one", { "x-okta-verification-challenge": "" }],
    ["with one that is too long", { "x-okta-verification-challenge": "x".repeat(513) }],
    ["with one that is a sentence", { "x-okta-verification-challenge": "a b" }],
  ])("is refused %s", async (_title, headers) => {
    expect((await asked(headers)).answer).toMatchObject(REFUSED);
  });

  it("is not taken from a POST", async () => {
    const { answer } = await asked({ "x-okta-verification-challenge": "x" }, { method: "POST" });
    expect(answer).toMatchObject(REFUSED);
  });
});

describe("what is not understood", () => {
  it("is counted by where it is wrong, and does not keep the rest from being taken", async () => {
    const way = await wayIn("okta");
    const body = JSON.parse(way.request.body);
    body.data.events.push({ eventType: CANARY }, 7, { ...body.data.events[0], uuid: "no uuid at all" });
    expect(await way.send({ body: JSON.stringify(body) })).toMatchObject(TAKEN);
    expect(way.batches).toHaveLength(2); // an odd uuid is no reason to lose a departure
    expect(way.lines.filter((line) => line.includes("event not understood"))).toHaveLength(2);
    expect(way.lines.join()).not.toContain("CANARY");
  });

  it("is not put in line where it says nothing, though it was proved", async () => {
    const way = await wayIn("okta");
    const body = JSON.parse(way.request.body);
    body.data.events[0].eventType = "user.session.start";
    expect(await way.send({ body: JSON.stringify(body) })).toMatchObject(TAKEN);
    expect(way.batches).toEqual([]);
  });

  it("of a source of ours is refused whole, and our log says where", async () => {
    const way = await wayIn("ingest");
    const [secret = ""] = way.secrets;
    const { signatureOf } = await import("@leasehold/connectors/kit");
    const body = JSON.stringify({ signals: [{ kind: "account.seen", eventId: "1", occurredAt: "yesterday" }] });
    const stamp = way.request.headers["x-leasehold-timestamp"];
    const signature = `v1=${signatureOf(secret, `v1:${stamp}:${body}`)}`;
    const answer = await way.send({ body, headers: { ...way.request.headers, "x-leasehold-signature": signature } });
    expect(answer).toMatchObject(REFUSED);
    expect(way.lines.join()).toContain('"where":"signals.0.occurredAt"');
  });

  it("a desk that heard nothing puts nothing in line", async () => {
    const way = await wayIn("slack");
    const [secret = ""] = way.secrets;
    const { signatureOf } = await import("@leasehold/connectors/kit");
    const body = "payload=%7B%22type%22%3A%22view_submission%22%7D";
    const stamp = way.request.headers["x-slack-request-timestamp"];
    const signature = `v0=${signatureOf(secret, `v0:${stamp}:${body}`)}`;
    way.queue = () => {
      throw new Error("nothing should come here");
    };
    const answer = await way.send({ body, headers: { ...way.request.headers, "x-slack-signature": signature } });
    expect(answer).toMatchObject(TAKEN);
  });
});

it("a connector that has no way in refuses everything", async () => {
  const connector: Connector = { ...(await connectors["aws-iam"]()), signedWith: () => ["aws-iam.none"] };
  const never = async () => {
    throw new Error("nothing should come here");
  };
  const parts = { connector, settings: {}, clock: () => MONDAY, signals: never, heard: never, log: () => {} };
  const gateway = onGateway(edge({ ...parts, signing: async () => ["secret"] }));
  const request: HookRequest = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  expect(await gateway(invoked("aws-iam", request))).toMatchObject(REFUSED);
});

it.each([unavailable("okta"), new TypeError(CANARY)])(
  "a connector that breaks is not taken for a refusal: %o",
  async (fault) => {
    const okta: Connector = await connectors.okta();
    const read = () => {
      throw fault;
    };
    const connector: Connector = { ...okta, hook: { read }, signedWith: () => ["okta.hook"] };
    const never = async () => {};
    const lines: string[] = [];
    const log = (...line: unknown[]) => void lines.push(JSON.stringify(line));
    const parts = { connector, settings: {}, clock: () => MONDAY, signals: never, heard: never, log };
    const gateway = onGateway(edge({ ...parts, signing: async () => ["secret"] }));
    const request: HookRequest = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect(await gateway(invoked("okta", request))).toMatchObject({ statusCode: 503, body: "" });
    expect(lines.join()).not.toContain("CANARY");
  },
);

it("a connector whose signing secret nobody named refuses everything, and reads no secret", async () => {
  const way = await wayIn("slack");
  const connector = await connectors.slack();
  const settings = connector.settings.parse({ tokenName: "slack.token" });
  const signing = vi.fn(async () => way.secrets);
  const never = async () => {};
  const parts = { connector, settings, signing, clock: () => MONDAY, signals: never, heard: never, log: () => {} };
  expect(await onGateway(edge(parts as never))(invoked("slack", way.request))).toMatchObject(REFUSED);
  expect(signing).not.toHaveBeenCalled();
});
