import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { awsAt, type Place } from "./index.ts";

const answers: (readonly [status: number, body: string] | "cut off")[] = [];
const sent: { url: string; init: RequestInit }[] = [];
const place: Place = {
  region: () => "eu-central-1",
  credentials: () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "CANARY-KEY", sessionToken: "EXAMPLE" }),
  wait: async () => {},
  fetch: async (url, init) => {
    sent.push({ url, init });
    const answer = answers.shift() ?? [200, "{}"];
    if (answer === "cut off") throw new Error("CANARY");
    return new Response(answer[1], { status: answer[0] });
  },
};
const aws = awsAt(place);
const ask = {
  permission: "sqs:SendMessage",
  input: { MessageBody: "x" },
  answer: z.object({ MessageId: z.string() }),
} as const;
const gives = (...next: typeof answers) => {
  answers.splice(0, answers.length, ...next);
  sent.length = 0;
};
const refused = (type: string, status = 400) => [status, JSON.stringify({ __type: type, message: "CANARY" })] as const;

describe("a call to AWS", () => {
  it("is signed for its service, its region and its body", async () => {
    gives([200, '{"MessageId":"1"}']);
    expect(await aws({ ...ask, region: "us-east-1" })).toEqual({ MessageId: "1" });
    const [{ url, init }] = sent as [(typeof sent)[number]];
    const headers = init.headers as Record<string, string>;
    expect(url).toBe("https://sqs.us-east-1.amazonaws.com/");
    expect(headers).toMatchObject({ "x-amz-target": "AmazonSQS.SendMessage", "x-amz-security-token": "EXAMPLE" });
    expect(headers["authorization"]).toContain("/us-east-1/sqs/aws4_request");
    expect(JSON.stringify(sent)).not.toContain("CANARY-KEY");
    const signer = new SignatureV4({
      ...{ service: "sqs", region: "us-east-1", credentials: place.credentials() },
      sha256: Reference as never,
    });
    const date = headers["x-amz-date"]!.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5");
    const { authorization: _, host, ...unsigned } = headers;
    const again = await signer.sign(
      {
        ...{ method: "POST", protocol: "https:", hostname: host!, path: "/", query: {}, body: init.body },
        headers: { "content-type": unsigned["content-type"]!, "x-amz-target": unsigned["x-amz-target"]!, host: host! },
      },
      { signingDate: new Date(date) },
    );
    expect(headers["authorization"]).toBe(again.headers["authorization"]);
  });

  it.each([
    ["ThrottlingException", 400, "Throttled"],
    ["com.amazonaws.sqs#AccessDeniedException", 400, "PermissionMissing"],
    ["", 403, "PermissionMissing"],
    ["", 500, "Unavailable"],
    ["com.amazonaws.sqs#QueueDoesNotExist", 400, "BadInput"],
    ["SomethingNew", 400, "Unexpected"],
  ])("that AWS answers with %j and %i is %s, in our own words", async (type, status, name) => {
    gives(...Array.from({ length: 3 }, () => refused(type, status)));
    const fault = await aws(ask).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name });
    expect(JSON.stringify([fault, (fault as Error).message, (fault as Error).cause ?? ""])).not.toContain("CANARY");
  });

  it("is sent again where it was cut off, throttled or half answered, three times at most", async () => {
    gives("cut off", refused("Throttling"), [200, '{"MessageId":"1"}']);
    expect(await aws(ask)).toEqual({ MessageId: "1" });
    gives("cut off", [502, "<html>"], [200, '{"Message']);
    await expect(aws(ask)).rejects.toMatchObject({ name: "Unavailable", cause: undefined });
    expect(sent).toHaveLength(3);
    gives(refused("AccessDenied"));
    await expect(aws(ask)).rejects.toMatchObject({
      name: "PermissionMissing",
      facts: { permission: "sqs:SendMessage" },
    });
    expect(sent).toHaveLength(1);
  });

  it("takes an error that was expected for an answer, and no other", async () => {
    gives(refused("x#ExecutionAlreadyExists"));
    expect(await aws({ ...ask, expected: ["ExecutionAlreadyExists"] })).toBeUndefined();
    gives(refused("x#ExecutionLimitReached"));
    await expect(aws({ ...ask, expected: ["ExecutionAlreadyExists"] })).rejects.toMatchObject({ name: "Unexpected" });
  });
});

/** The hash as the platform has it, written otherwise than ours. */
class Reference {
  readonly #key: Uint8Array | undefined;
  #data = Buffer.alloc(0);
  constructor(key?: string | Uint8Array) {
    this.#key = key === undefined ? undefined : Buffer.from(key as string);
  }
  update(data: string | Uint8Array) {
    this.#data = Buffer.concat([this.#data, Buffer.from(data as string)]);
  }
  async digest(): Promise<Uint8Array> {
    const { subtle } = globalThis.crypto;
    if (this.#key === undefined) return new Uint8Array(await subtle.digest("SHA-256", this.#data));
    const key = await subtle.importKey("raw", new Uint8Array(this.#key), { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
    ]);
    return new Uint8Array(await subtle.sign("HMAC", key, this.#data));
  }
  reset() {}
}
