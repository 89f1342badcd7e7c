import { type Fault, type Instant, later, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type Ask, createHttp, type HttpSettings, pathOf, shaped } from "./http.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const GET: Ask = { method: "GET", path: "/api/v1/users", permission: "okta.users.read" };

type Answer = () => Response | Promise<Response>;
const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers });

function world(answer: Answer = () => json(200, { ok: true }), over: Partial<HttpSettings> = {}) {
  const sent: { url: string; init: RequestInit }[] = [];
  const it = { now: NOON, answer };
  const http = createHttp({
    provider: "okta",
    base: "https://example.okta.com",
    hosts: [".okta.com"],
    clock: () => it.now,
    random: () => 0,
    fetch: async (url, init) => {
      sent.push({ url, init });
      return it.answer();
    },
    ...over,
  });
  return { http, sent, it };
}

describe("what came back", () => {
  it.each<[string, Answer, string, Partial<Ask>?]>([
    ["401 is a missing permission", () => json(401, {}), "PermissionMissing"],
    ["403 is a missing permission", () => json(403, {}), "PermissionMissing"],
    ["429 is asked to slow down", () => json(429, {}), "Throttled"],
    ["500 could not answer", () => json(500, {}), "Unavailable"],
    ["408 could not answer", () => json(408, {}), "Unavailable"],
    ["a broken connection could not answer", () => Promise.reject(new TypeError("fetch failed")), "Unavailable"],
    ["a timeout could not answer", () => Promise.reject(new DOMException("late", "TimeoutError")), "Unavailable"],
    ["a page of some proxy is no answer", () => new Response("<html>", { status: 200 }), "Unavailable"],
    ["a redirect is not followed", () => json(302, {}, { location: "https://example.net/" }), "BadInput"],
    ["404 is a surprise where nobody accepts it", () => json(404, {}), "Unexpected"],
  ])("%s", async (_title, answer, name) => {
    await expect(world(answer).http.call(GET)).rejects.toMatchObject({ name });
  });

  it("names the permission that was missing", async () => {
    const { http } = world(() => json(403, {}));
    await expect(http.call(GET)).rejects.toMatchObject({ facts: { provider: "okta", permission: "okta.users.read" } });
  });

  it("answers with a status that the caller accepts, and with nothing where the body is empty", async () => {
    const { http } = world(() => new Response(null, { status: 404 }));
    expect(await http.call({ ...GET, accept: [404] })).toMatchObject({ status: 404, json: undefined });
  });

  it.each([
    ["announced", () => new Response("{}", { headers: { "content-length": "999" } })],
    ["streamed", () => new Response("x".repeat(200))],
  ] as const)("refuses a body that is too large: %s", async (_how, answer) => {
    const { http } = world(answer, { maxBytes: 100 });
    await expect(http.call(GET)).rejects.toMatchObject({ name: "BadInput", facts: { maxBytes: 100 } });
  });

  it("puts neither body nor header nor a foreign message into a fault", async () => {
    const canary = (status: number) => () => json(status, { error: "CANARY" }, { "x-request": "CANARY" });
    const answers: Answer[] = [401, 404, 429, 500].map(canary);
    answers.push(
      () => Promise.reject(new Error("CANARY")),
      () => new Response("CANARY"),
    );
    for (const answer of answers) {
      const { http } = world(answer, { headers: async () => ({ authorization: "Bearer CANARY" }) });
      const fault = (await http.call({ ...GET, body: { secret: "CANARY" } }).catch((error: unknown) => error)) as Fault;
      expect(JSON.stringify([fault, fault.message, fault.facts, String(fault.cause)])).not.toContain("CANARY");
    }
  });
});

describe("what goes out", () => {
  it("carries the header of the moment, never follows a redirect by itself, and has an end", async () => {
    let turn = 0;
    const { http, sent } = world(undefined, { headers: async () => ({ authorization: `Bearer ${++turn}` }) });
    await http.call(GET);
    await http.call(GET);
    expect(sent.map(({ init }) => (init.headers as Record<string, string>)["authorization"])).toEqual([
      "Bearer 1",
      "Bearer 2",
    ]);
    expect(sent[0]?.init).toMatchObject({ redirect: "manual" });
    expect(sent[0]?.init.signal).toBeInstanceOf(AbortSignal);
  });

  it("sends a form as a form and an object as JSON", async () => {
    const { http, sent } = world();
    await http.call({ ...GET, method: "POST", form: { a: "b c" } });
    await http.call({ ...GET, method: "POST", body: { a: 1 } });
    expect(sent.map(({ init }) => init.body)).toEqual(["a=b+c", '{"a":1}']);
  });

  it.each(["//example.net/x", "https://example.net/x", "/\\example.net/x", "x"])(
    "does not leave its host for %s",
    async (path) => {
      const { http, sent } = world();
      await expect(http.call({ ...GET, path })).rejects.toMatchObject({ name: "BadInput" });
      expect(sent).toEqual([]);
    },
  );

  it.each([
    "http://example.okta.com",
    "https://example.net",
    "https://okta.com.example.net",
    "https://user@example.okta.com",
    "https://example.okta.com:8443",
    "not a url",
  ])("is not made for %s", (base) => {
    expect(() => world(undefined, { base })).toThrow(expect.objectContaining({ name: "BadInput" }));
  });

  it("is made for this machine, for tests", () => {
    expect(() => world(undefined, { base: "http://127.0.0.1:8080" })).not.toThrow();
  });

  it("encodes what is put into a path, and refuses what would climb out of it", () => {
    expect(pathOf`/users/${"a/b?c"}/grants`).toBe("/users/a%2Fb%3Fc/grants");
    for (const bad of ["..", ".", ""])
      expect(() => pathOf`/users/${bad}/grants`).toThrow("an id cannot be part of a path");
  });

  it("only writes a change down in a dry run, and still reads", async () => {
    const { http, sent } = world(undefined, { dryRun: true });
    await http.call({ ...GET, method: "DELETE", path: "/x", body: { secret: "CANARY" } });
    await http.call({ ...GET, method: "POST", path: "/search", reads: true });
    await http.call(GET);
    expect(http.planned).toEqual([{ method: "DELETE", path: "/x", permission: "okta.users.read" }]);
    expect(sent.map(({ init }) => init.method)).toEqual(["POST", "GET"]);
  });
});

describe("the next page", () => {
  const linked = (link: string) => world(() => json(200, [], { link })).http.call(GET);

  it("is found among the links, by its rel", async () => {
    const link = '<https://example.okta.com/a>; rel="self", <https://example.okta.com/a?after=1,2>; rel="next"';
    expect((await linked(link)).next).toBe("/a?after=1,2");
  });

  it("is absent where nothing is next", async () => {
    expect((await linked('<https://example.okta.com/next>; rel="self"')).next).toBeUndefined();
  });

  it("on another host is neither followed nor taken for the end", async () => {
    await expect(linked('<https://example.net/a>; rel="next"')).rejects.toMatchObject({ name: "BadInput" });
  });
});

describe("a provider that is down or busy", () => {
  const DOWN: Answer = () => json(503, {});

  it("is spared after five failures, then tried once, then used again", async () => {
    const { http, sent, it: there } = world(DOWN);
    for (let n = 0; n < 8; n++) await http.call(GET).catch(() => {});
    expect(sent).toHaveLength(5);

    there.now = laterBy(NOON, 30);
    await http.call(GET).catch(() => {}); // the probe
    await http.call(GET).catch(() => {});
    expect(sent).toHaveLength(6);

    there.now = laterBy(NOON, 61);
    there.answer = () => json(200, {});
    await http.call(GET);
    await http.call(GET);
    expect(sent).toHaveLength(8);
  });

  it("is not called down for refusing", async () => {
    const { http, sent } = world(() => json(403, {}));
    for (let n = 0; n < 8; n++) await http.call(GET).catch(() => {});
    expect(sent).toHaveLength(8);
  });

  it.each([
    ["120", 120],
    ["Mon, 02 Nov 2026 12:02:00 GMT", 120],
    ["99999999", 3_600],
  ])("is left alone for as long as it says: %s", async (after, seconds) => {
    const { http, sent, it: there } = world(() => json(429, {}, { "retry-after": after }));
    await expect(http.call(GET)).rejects.toMatchObject({ facts: { retryAfterSeconds: seconds } });
    there.now = laterBy(NOON, seconds - 1);
    await expect(http.call(GET)).rejects.toMatchObject({ name: "Throttled" });
    expect(sent).toHaveLength(1);
    there.now = later(NOON, 2);
    await http.call(GET).catch(() => {});
    expect(sent).toHaveLength(2);
  });
});

it("says where an answer has another shape, never what stood there", () => {
  const read = () => shaped("okta", z.object({ id: z.string() }), { id: { secret: "CANARY" } });
  expect(read).toThrow(expect.objectContaining({ name: "BadInput", facts: { provider: "okta", where: "id" } }));
});
