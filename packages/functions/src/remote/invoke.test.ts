import { describe, expect, it } from "vitest";
import { invoking } from "./index.ts";

const credentials = () => ({
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "EXAMPLE",
  sessionToken: "EXAMPLE",
});

function invoked(answer: () => Response | Promise<Response>) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer();
  };
  const call = invoking({ region: () => "eu-central-1", credentials, fetch }, () => "prod");
  return { sent, run: () => call("aws-iam", "act", { does: "see" }) };
}

describe("the call of a connector's function", () => {
  it("is one signed request to that very function", async () => {
    const { sent, run } = invoked(() => new Response('{"result":[]}'));
    expect(await run()).toEqual({ result: [] });
    expect(sent.map(({ url }) => url)).toEqual([
      "https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/leasehold-prod-aws-iam-act/invocations",
    ]);
    const headers = sent[0]!.init.headers as Record<string, string>;
    expect(headers["authorization"]).toContain("/eu-central-1/lambda/aws4_request");
    expect(headers["x-amz-invocation-type"]).toBe("RequestResponse");
    expect(sent[0]!.init.body).toBe('{"does":"see"}');
  });

  it.each([
    ["a function that failed", 200, { "x-amz-function-error": "Unhandled" }, "Unavailable"],
    ["Lambda's throttle", 429, {}, "Throttled"],
    ["a role that may not call it", 403, {}, "PermissionMissing"],
    ["Lambda being down", 503, {}, "Unavailable"],
    ["a function that is not there", 404, {}, "Unexpected"],
    ["a redirect", 302, {}, "Unexpected"],
    ["half an answer", 200, {}, "Unavailable"],
  ] as const)("says of %s what it is, once, and nothing of what stood there", async (_title, status, headers, name) => {
    const { sent, run } = invoked(() => new Response('{"errorMessage": "CANARY', { status, headers: { ...headers } }));
    const fault = await run().catch((error: unknown) => error);
    expect(fault).toMatchObject({ name });
    expect(JSON.stringify([fault, (fault as Error).message, (fault as Error).cause ?? ""])).not.toContain("CANARY");
    expect(sent).toHaveLength(1); // never sent again: it may have been carried out
  });

  it("takes nothing from a function that failed, however well it reads", async () => {
    const headers = { "x-amz-function-error": "Unhandled" };
    const { run } = invoked(() => new Response('{"result":[]}', { headers })); // which would say: gone
    await expect(run()).rejects.toMatchObject({ name: "Unavailable" });
  });

  it("is unavailable where it broke on the way, whenever that was", async () => {
    const broken = invoked(() => Promise.reject(new TypeError("CANARY")));
    await expect(broken.run()).rejects.toMatchObject({ name: "Unavailable", cause: undefined });
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("CANARY")) });
    const cut = invoked(() => new Response(body));
    await expect(cut.run()).rejects.toMatchObject({ name: "Unavailable", cause: undefined });
    expect([broken.sent.length, cut.sent.length]).toEqual([1, 1]);
  });
});
