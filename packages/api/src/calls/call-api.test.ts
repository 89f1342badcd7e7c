import {
  type Caller,
  type CallName,
  call,
  calls,
  persons,
  plans,
  reads,
  repairs,
  type Table,
  writes,
} from "@leasehold/app/calls";
import { readConfig } from "@leasehold/app/config";
import { Fault } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { story } from "../../../../test/support/story.ts";
import { onGateway } from "../gateway/index.ts";
import { callApi, signerOf } from "./index.ts";

const ACCOUNT = "111122223333";
const SAM = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Operators_0123456789abcdef/sam@example.com";
const CANARY = "xoxb-CANARY-EXAMPLE";

/** Bob works here, Grace operates, Sam is security, Last is suspended, and Mallory is nobody. */
async function stage(table: Table = calls) {
  const one = await story();
  const { aws } = readConfig({
    fallback: { email: "last@example.com" },
    aws: { account: ACCOUNT, region: "eu-central-1" },
  });
  one.configure({ aws, security: ["sam@example.com"], operators: ["grace@example.com"] });
  one.estate.people.set("last", "suspended");
  const api = onGateway(callApi({ world: () => one.world, identity: signerOf }, table));
  const ask = async (name: string, as: string | undefined, input: unknown = {}, over: object = {}) => {
    const answer = (await api(requested(name, as, input, over))) as Answered;
    return { ...answer, json: answer.body === "" ? undefined : JSON.parse(answer.body) };
  };
  return { ...one, api, ask };
}
interface Answered {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** As API Gateway invokes a function behind an HTTP API's route with IAM authorisation: payload 2.0. */
function requested(name: string, as: string | undefined, input: unknown, over: object) {
  const userArn = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Operators_0123456789abcdef/${as}@example.com`;
  const [callerId, principalOrgId] = [`AROAEXAMPLE:${as}@example.com`, null];
  const iam = {
    ...{ accessKey: "ASIAEXAMPLEEXAMPLE00", accountId: ACCOUNT, callerId, userId: callerId },
    ...{ cognitoIdentity: null, principalOrgId, userArn },
  };
  return {
    ...{ version: "2.0", routeKey: "POST /v1/{call}", rawPath: `/v1/${name}`, rawQueryString: "" },
    headers: { "Content-Type": "application/json", host: "example.execute-api.eu-central-1.amazonaws.com" },
    requestContext: {
      ...{ accountId: ACCOUNT, apiId: "example", domainName: "example.execute-api.eu-central-1.amazonaws.com" },
      ...(as !== undefined && { authorizer: { iam } }),
      http: { method: "POST", path: `/v1/${name}`, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      ...{ requestId: "r1", routeKey: "POST /v1/{call}", stage: "$default", time: "", timeEpoch: 0 },
    },
    ...{ body: JSON.stringify(input), isBase64Encoded: false },
    ...over,
  };
}

const ROLES = ["nobody", "suspended", "person", "operator", "security"] as const;
const NAMES: Readonly<Record<(typeof ROLES)[number], string | undefined>> = {
  ...{ nobody: "mallory", suspended: "last", person: "bob", operator: "grace", security: "sam" },
};
const MAY = {
  anybody: { nobody: 401, suspended: 403, person: "in", operator: "in", security: "in" },
  operators: { nobody: 401, suspended: 403, person: 403, operator: "in", security: "in" },
  security: { nobody: 401, suspended: 403, person: 403, operator: 403, security: "in" },
} as const;
const rows = (Object.keys(calls) as CallName[]).flatMap((name) => ROLES.map((role) => [name, role] as const));

/** As on AWS: a function has no call but those of its own table. */
const TABLES: readonly Table[] = [reads, plans, writes, persons, repairs];
const tableOf = (name: CallName) => TABLES.find((table) => Object.hasOwn(table, name));

describe("who may ask what, of every call there is, where it is answered", () => {
  it.each(rows)("%s by %s", async (name, role) => {
    const { ask } = await stage(tableOf(name));
    const { statusCode } = await ask(name, NAMES[role], { leaseholdLaws: "?" }); // whoever is let in is told that this is no input
    const due = MAY[calls[name].may][role];
    expect(statusCode).toBe(due === "in" ? (takesAnything(name) ? statusCode : 400) : due);
    if (due === "in") expect([401, 403, 404]).not.toContain(statusCode);
  });

  const takesAnything = (name: CallName) => calls[name].input.safeParse({ leaseholdLaws: "?" }).success;

  it.each(rows.filter(([, role]) => role === "nobody" || role === "suspended"))(
    "%s runs for no %s",
    async (name, role) => {
      const ran: string[] = [];
      const input = z.unknown();
      const run = async () => void ran.push(name);
      const { ask } = await stage({ [name]: { ...calls[name], input, run } });
      await ask(name, NAMES[role]);
      expect(ran).toEqual([]);
    },
  );
});

describe("a function that has not the call", () => {
  const elsewhere = (Object.keys(calls) as CallName[]).flatMap((name) =>
    TABLES.filter((table) => !Object.hasOwn(table, name)).map((table) => [name, table] as const),
  );
  it.each(elsewhere)("%s is no call there, and whoever is nobody learns nothing", async (name, table) => {
    const { ask, world } = await stage(table);
    world.writes = () => {
      throw new Error("written");
    };
    expect((await ask(name, "sam")).statusCode).toBe(404);
    expect((await ask(name, "mallory")).statusCode).toBe(401);
    expect((await ask(name, "last")).statusCode).toBe(403);
  });
});

describe("a call", () => {
  const echo = (more: object = {}) => {
    const heard: unknown[] = [];
    const one = call({
      ...{ may: "anybody", does: "reads", input: z.strictObject({ id: z.string().check(z.maxLength(64)) }) },
      run: async (_world, input: { id: string }, caller: Caller) => {
        heard.push([input, caller]);
        return { said: input.id };
      },
    });
    return { table: { echo: { ...one, ...more } }, heard };
  };

  it("is answered, and knows who asks", async () => {
    const { table, heard } = echo();
    const { ask } = await stage(table);
    const { statusCode, json, headers } = await ask("echo", "sam", { id: "x" });
    expect({ statusCode, json }).toEqual({ statusCode: 200, json: { answer: { said: "x" } } });
    expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
    expect(heard).toEqual([
      [{ id: "x" }, expect.objectContaining({ as: "person", email: "sam@example.com", security: true })],
    ]);
  });

  it("that came in base64 is the same", async () => {
    const { ask } = await stage(echo().table);
    const body = Buffer.from(JSON.stringify({ id: "x" })).toString("base64");
    expect((await ask("echo", "sam", {}, { body, isBase64Encoded: true })).json).toEqual({ answer: { said: "x" } });
  });

  it.each<[string, object]>([
    ["no JSON", { body: CANARY }],
    ["nothing", { body: undefined }],
    ["a form", { body: '{"id":"x"}', headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["no content type", { body: '{"id":"x"}', headers: {} }],
    ["too large", { body: JSON.stringify({ id: "x".repeat(70_000) }) }],
    ["a value that is not read", { body: JSON.stringify({ id: 7, token: CANARY }) }],
    ["a list", { body: JSON.stringify([CANARY]) }],
  ])("with %s is bad input, which says where and never what", async (_title, over) => {
    const { ask, world } = await stage(echo().table);
    const { statusCode, json, body } = await ask("echo", "sam", {}, over);
    expect(statusCode).toBe(400);
    expect(json.error).toMatchObject({ name: "BadInput", remedy: "fix-input", facts: { where: expect.any(String) } });
    expect(body + world.lines.join()).not.toContain("CANARY");
  });

  it.each([
    [new Fault("BadInput", "no such thing", { where: "id" }), 400],
    [new Fault("Conflict", "it moved", { what: "cas_1" }), 409],
    [new Fault("Throttled", "slow down"), 429],
    [new Fault("Unavailable", "down"), 503],
    [new Fault("PermissionMissing", "the provider refused this call", { provider: "aws-iam" }), 500],
    [new Fault("PermissionMissing", "this is for security"), 403],
    [new Fault("StalePlan", "it moved"), 500],
    [new Fault("Unexpected", "odd"), 500],
  ] as const)("that ends in %s is %i", async (fault, status) => {
    const run = async () => {
      throw fault;
    };
    const { ask } = await stage(echo({ run }).table);
    const { statusCode, json } = await ask("echo", "sam", { id: "x" });
    const { name, message, facts, remedy } = fault;
    expect({ statusCode, json }).toEqual({ statusCode: status, json: { error: { name, message, facts, remedy } } });
  });

  it("that breaks says nothing of what broke, to the caller or the log", async () => {
    const run = async () => {
      throw new TypeError(`cannot read ${CANARY}`);
    };
    const { ask, world } = await stage(echo({ run }).table);
    const { statusCode, json, body } = await ask("echo", "sam", { id: "x" });
    expect({ statusCode, name: json.error.name }).toEqual({ statusCode: 500, name: "Unexpected" });
    expect(body + world.lines.join()).not.toContain("CANARY");
    expect(world.lines).toContain("error call failed");
  });

  it.each(["nothing", "constructor", "__proto__", "toString", "who/x", "../who", "WHO"])(
    "%s is no call",
    async (name) => {
      const { ask } = await stage();
      const { statusCode, headers } = await ask(name, "sam");
      expect({ statusCode, headers }).toMatchObject({ statusCode: 404, headers: { "cache-control": "no-store" } });
      const isElsewhere = name.includes("/"); // and no call is asked for; of those that are, who is nobody learns nothing
      expect((await ask(name, "mallory")).statusCode).toBe(isElsewhere ? 404 : 401);
    },
  );

  it.each(["GET", "PUT", "DELETE", "OPTIONS"])("is not asked by %s", async (method) => {
    const { ask } = await stage();
    const { requestContext } = requested("who", "sam", {}, {});
    const http = { ...requestContext.http, method };
    expect((await ask("who", "sam", {}, { requestContext: { ...requestContext, http } })).statusCode).toBe(404);
  });

  it("waits for a directory that cannot be asked", async () => {
    const { ask, estate } = await stage(echo().table);
    estate.moods.person = () => {
      throw new Fault("Throttled", "slow");
    };
    const { statusCode, json } = await ask("echo", "sam", { id: "x" });
    expect({ statusCode, name: json.error.name }).toEqual({ statusCode: 503, name: "Unavailable" });
  });

  it("fails whole where there is no world, and says no more", async () => {
    const world = () => {
      throw new Error(CANARY);
    };
    const api = onGateway(callApi({ world, identity: signerOf }, calls));
    const { statusCode, body } = (await api(requested("who", "sam", {}, {}))) as Answered;
    expect(statusCode).toBe(500);
    expect(body).not.toContain("CANARY");
  });
});

describe("who signed", () => {
  it.each<[string, object]>([
    ["no authoriser", {}],
    ["another kind of authoriser", { authorizer: { jwt: { claims: { userArn: SAM } } } }],
    ["an authoriser that says nothing", { authorizer: { iam: null } }],
    ["an ARN that is no text", { authorizer: { iam: { userArn: [SAM] } } }],
    ["a REST API's identity", { identity: { userArn: SAM } }],
  ])("is nobody with %s, whatever the headers say", async (_title, context) => {
    const { ask } = await stage();
    const { requestContext } = requested("who", undefined, {}, {});
    const headers = {
      "content-type": "application/json",
      "x-amzn-iam-user-arn": SAM,
      userarn: "x",
    };
    const over = { headers, requestContext: { ...requestContext, ...context } };
    expect((await ask("who", undefined, { id: "x" }, over)).statusCode).toBe(401);
    expect((await ask("who", "sam", { id: "x" }, { headers })).statusCode).toBe(400); // and nothing else was wrong
  });
});
