import { BedrockAgentCoreClient, StopRuntimeSessionCommand } from "@aws-sdk/client-bedrock-agentcore";
import { afterEach, describe, expect, it, vi } from "vitest";
import { askAws } from "../../../kit/index.ts";
import { askOf } from "./ask.ts";

const KEYS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "CANARY-KEY", sessionToken: "EXAMPLE" };
const AT = new Date("2026-11-02T09:00:00Z");
const SECRET = "ada.example.com-asked-about-her-salary-1779648663317";
const STOP = {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/search-aBcDeFgH12",
  ...{ qualifier: "DEFAULT", runtimeSessionId: SECRET },
};

/** What goes out, and what AWS answers. */
function asking(answer = new Response("{}")) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer.clone();
  };
  return { sent, ask: askOf({ keys: async () => KEYS, now: () => AT, fetch }, undefined) };
}
afterEach(() => vi.unstubAllEnvs());

it("a stop is the request that AWS's own client makes, but for its token", async () => {
  const { sent, ask } = asking();
  await ask("eu-west-1", "bedrock-agentcore:StopRuntimeSession", STOP);
  const [{ url, init }] = sent as [(typeof sent)[number]];
  let theirs:
    | { path: string; query: object; hostname: string; method: string; headers: Record<string, string> }
    | undefined;
  const handle = async (request: never) => {
    theirs = request;
    throw new Error("not sent");
  };
  const client = new BedrockAgentCoreClient({
    ...{ region: "eu-west-1", credentials: KEYS },
    requestHandler: { handle } as never,
    maxAttempts: 1,
  });
  await client.send(new StopRuntimeSessionCommand(STOP)).catch(() => {});
  const { pathname, host, searchParams } = new URL(url);
  expect({ pathname, host, query: Object.fromEntries(searchParams), method: init.method }).toEqual({
    ...{ pathname: theirs?.path, host: theirs?.hostname, query: theirs?.query, method: theirs?.method },
  });
  const [ours, others] = [init.headers as Record<string, string>, theirs?.headers ?? {}];
  const named = (headers: Record<string, string>, name: string) =>
    Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  for (const name of ["x-amzn-bedrock-agentcore-runtime-session-id", "content-type"])
    expect(named(ours, name)).toBe(named(others, name));
  expect(init.body).toBe("{}");
  expect(named(ours, "authorization")).toContain("/20261102/eu-west-1/bedrock-agentcore/aws4_request");
  expect(JSON.stringify(sent)).not.toContain("CANARY-KEY");
});

it.each([
  ["cloudwatch:GetMetricData", "monitoring", "GraniteServiceVersion20100801.GetMetricData", "1.0"],
  ["logs:DescribeLogGroups", "logs", "Logs_20140328.DescribeLogGroups", "1.1"],
  ["logs:DescribeLogStreams", "logs", "Logs_20140328.DescribeLogStreams", "1.1"],
] as const)("%s goes to its own service, in its own JSON", async (permission, service, target, json) => {
  const { sent, ask } = asking(new Response('{"nextToken":"2"}'));
  expect(await ask("eu-west-1", permission, { limit: 1 })).toEqual({ nextToken: "2" });
  expect(sent).toMatchObject([
    {
      url: `https://${service}.eu-west-1.amazonaws.com/`,
      init: {
        ...{ method: "POST", body: '{"limit":1}', redirect: "manual" },
        headers: {
          ...{ "x-amz-target": target, "content-type": `application/x-amz-json-${json}` },
          authorization: expect.stringContaining(`/eu-west-1/${service}/aws4_request`),
        },
      },
    },
  ]);
});

it("goes where the environment says that a service is", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:5000");
  const { sent, ask } = asking();
  await ask("eu-west-1", "logs:DescribeLogGroups", {});
  await ask("eu-west-1", "cloudwatch:GetMetricData", {});
  expect(sent.map(({ url }) => url)).toEqual(["http://127.0.0.1:5000/", "https://monitoring.eu-west-1.amazonaws.com/"]);
});

it("goes to China's own address there", async () => {
  const { sent, ask } = asking();
  await ask("cn-north-1", "logs:DescribeLogGroups", {});
  expect(sent.map(({ url }) => url)).toEqual(["https://logs.cn-north-1.amazonaws.com.cn/"]);
});

describe("what AWS says against it", () => {
  const refused = (status: number, body: string, headers: Record<string, string> = {}) =>
    new Response(body, { status, headers });
  const quoting = (type: string) => JSON.stringify({ __type: type, message: SECRET });

  it.each<[title: string, answer: Response, name: string]>([
    ["too often", refused(429, quoting("ThrottlingException")), "Throttled"],
    ["too often, in the old way", refused(400, quoting("com.amazonaws.logs#ThrottlingException")), "Throttled"],
    ["not allowed", refused(400, quoting("AccessDeniedException")), "PermissionMissing"],
    [
      "not allowed, by a header",
      refused(403, "{}", { "x-amzn-errortype": "AccessDeniedException:http://internal/" }),
      "PermissionMissing",
    ],
    ["AWS is ill", refused(500, "<html>"), "Unavailable"],
    ["not there", refused(404, "{}", { "x-amzn-errortype": "ResourceNotFoundException" }), "ResourceNotFoundException"],
    ["something new", refused(400, quoting(`Some ${SECRET}`)), "Unknown"],
  ])("%s is named, and nothing of its sentence is kept", async (_title, answer, name) => {
    const { ask } = asking(answer);
    const thrown = await askAws("logs:X", () => ask("eu-west-1", "logs:DescribeLogGroups", {})).catch(
      (one: unknown) => one,
    );
    expect(thrown).toMatchObject({ name });
    const { message, stack, cause } = thrown as Error;
    expect([message, stack, (cause as Error | undefined)?.message].join()).not.toContain("salary");
  });

  it("what is cut off quotes nothing that was sent", async () => {
    const fetch = async () => Promise.reject(new Error(SECRET));
    const ask = askOf({ keys: async () => KEYS, now: () => AT, fetch }, undefined);
    const thrown = await ask("eu-west-1", "bedrock-agentcore:StopRuntimeSession", STOP).catch((one: unknown) => one);
    expect(thrown).toMatchObject({ name: "Unavailable", cause: undefined });
  });
});
