import { connect } from "node:net";
import { badInput } from "@leasehold/core/kernel";
import { afterEach, describe, expect, it } from "vitest";
import type { WayIn } from "../laptop/index.ts";
import { type Door, isLoopback, openDoor } from "./index.ts";
import { paceOf } from "./pace.ts";

const doors: Door[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});
type Limits = Parameters<typeof openDoor>[1]["limits"];

const way = (fetch: WayIn["fetch"], over: Partial<WayIn> = {}): WayIn => ({
  ...{ id: "slack", title: "Slack", path: "/in/slack", isSigned: true, check: async () => {}, fetch },
  ...{ probe: async () => [], settle: async () => {} },
  ...over,
});
const echo = way(async (request) => {
  const { method, headers } = request;
  return new Response(`${method} ${new URL(request.url).pathname} ${headers.get("x-sign")} ${await request.text()}`);
});

async function opened(ways: readonly WayIn[], limits: Limits = {}) {
  const door = await openDoor(ways, { host: "127.0.0.1", port: 0, limits });
  doors.push(door);
  return { ...door, at: `http://127.0.0.1:${door.port}` };
}

/** Bytes as they go over the wire, and all that comes back until the other side ends. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (part) => {
      said += part.toString();
    });
    socket.on("error", () => {}).on("close", () => resolve(said));
  });
}

describe("the door", () => {
  it("hands a request on as it was sent, and gives back the answer", async () => {
    const { at } = await opened([echo]);
    const answer = await fetch(`${at}/in/slack?x=1`, { method: "POST", headers: { "x-sign": "v0" }, body: "a=ü" });
    expect([answer.status, await answer.text()]).toEqual([200, "POST /in/slack v0 a=ü"]);
    expect(await (await fetch(`${at}/in/slack`)).text()).toBe("GET /in/slack null ");
  });

  it.each([
    ["GET", "/"],
    ["POST", "/in/jira"],
    ["POST", "/in/slack/"],
    ["POST", "/in/../in/slackx"],
    ["POST", "/v1/brake-release"],
    ["PUT", "/in/slack"],
    ["DELETE", "/in/slack"],
    ["OPTIONS", "/in/slack"],
  ])("finds nothing at %s %s", async (method, path) => {
    const { at } = await opened([echo]);
    const answer = await fetch(at + path, { method });
    expect([answer.status, await answer.text()]).toEqual([404, ""]);
  });

  it.each([
    ["what is no HTTP", "hello\r\n\r\n", /^HTTP\/1\.1 400 /],
    [
      "headers without end",
      `POST /in/slack HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    ["a length that is none", "POST /in/slack HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", /^HTTP\/1\.1 400 /],
    [
      "a length and parts at once",
      "POST /in/slack HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1\.1 400 /,
    ],
  ])("refuses %s", async (_what, bytes, answer) => {
    const { port } = await opened([echo]);
    expect(await raw(port, bytes)).toMatch(answer);
  });

  it("waits for nobody who sends slowly, neither headers nor a body, and serves others meanwhile", async () => {
    const heard: string[] = [];
    const slow = way(async (request) => {
      heard.push(await request.text());
      return new Response("late");
    });
    const { port, at } = await opened([slow], { headersMillis: 100, requestMillis: 200 });
    const body = raw(port, "POST /in/slack HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc");
    const headers = raw(port, "POST /in/slack HTTP/1.1\r\nhost:");
    expect((await fetch(`${at}/in/slack`, { method: "POST", body: "quick" })).status).toBe(200);
    expect([await headers, await body]).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 408 /),
      expect.stringMatching(/^HTTP\/1\.1 408 /),
    ]);
    expect(heard[0]).toBe("quick");
  });

  it("ends a connection whose body nobody read, after its answer", async () => {
    const { port } = await opened([way(() => new Response("no", { status: 401 }))]);
    const said = await raw(port, "POST /in/slack HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999\r\n\r\nabc");
    expect(said).toMatch(/^HTTP\/1\.1 401 .*connection: close/is);
  });

  it("says nothing where a way in breaks", async () => {
    const { port } = await opened([way(() => Promise.reject(new Error("hunter2")))]);
    expect(await raw(port, "GET /in/slack HTTP/1.1\r\nhost: x\r\n\r\n")).toBe("");
  });

  it("lets so many through at once, and tells the rest to come again", async () => {
    const { at } = await opened([echo], { pace: { burst: 3, aSecond: 0 } });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await fetch(`${at}/in/slack`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it("closes when who is inside has been answered, and takes nobody after", async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let inside = () => {};
    const came = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const door = await opened([
      way(async () => {
        inside();
        await held;
        return new Response("done");
      }),
    ]);
    const answer = fetch(`${door.at}/in/slack`);
    await came;
    const closing = door.close();
    await expect(fetch(`${door.at}/in/slack`)).rejects.toThrow();
    go();
    expect(await (await answer).text()).toBe("done");
    await closing;
    doors.splice(0);
  });

  it("cuts off who does not end", async () => {
    const door = await openDoor([way(() => new Promise(() => {}))], {
      ...{ host: "127.0.0.1", port: 0, limits: { closeMillis: 20 } },
    });
    const answer = fetch(`http://127.0.0.1:${door.port}/in/slack`).catch(() => "cut off");
    const ping = await fetch(`http://127.0.0.1:${door.port}/none`);
    expect(ping.status).toBe(404);
    await door.close();
    expect(await answer).toBe("cut off");
  });

  it.each([
    ["taken", async () => ({ host: "127.0.0.1", port: (await opened([echo])).port }), "this port is taken"],
    ["of another machine", async () => ({ host: "192.0.2.1", port: 0 }), "this machine has no such address"],
  ])("a port that is %s is said", async (_title, at, says) => {
    await expect(openDoor([echo], await at())).rejects.toMatchObject({
      name: "BadInput",
      message: expect.stringContaining(says),
    });
  });

  it("opens nothing where a secret is missing", async () => {
    const missing = badInput("a secret is named and not given");
    const { port } = await opened([echo]);
    await doors.splice(0)[0]?.close();
    await expect(
      openDoor([way(echo.fetch, { check: () => Promise.reject(missing) })], { host: "127.0.0.1", port }),
    ).rejects.toBe(missing);
    await expect(fetch(`http://127.0.0.1:${port}/in/slack`)).rejects.toThrow();
  });
});

it.each([
  ["127.0.0.1", true],
  ["127.8.0.1", true],
  ["::1", true],
  ["localhost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.1", false],
  ["127.0.0.1.example.com", false],
])("%s is this machine alone: %s", (host, is) => expect(isLoopback(host)).toBe(is));

it("a pace fills up again as time goes on, and never above its burst", () => {
  let now = 0;
  const mayPass = paceOf({ burst: 2, aSecond: 1 }, () => now);
  const passed = (at: number) => {
    now = at;
    return mayPass();
  };
  expect([0, 0, 0, 999, 1_000, 1_001, 99_000, 99_000, 99_000].map(passed)).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    true,
    true,
    false,
  ]);
});
