import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Invented credentials that the server below knows. */
export const KEYS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

export interface Came {
  readonly method: string;
  readonly path: string; // as it was sent
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface Answer {
  readonly status: number;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stand-in for an AWS service on this machine: it answers only what is signed as AWS asks, and refuses the rest with 403. */
export async function awsServer(service: string, region: string, answer: (came: Came) => Answer) {
  const asked: Came[] = [];
  const server = createServer(async (request, response) => {
    const came = await read(request);
    asked.push(came);
    const { status, body, headers } = isSigned(came, service, region)
      ? answer(came)
      : { status: 403, body: "<Error/>" };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => new Promise((done) => server.close(done)) };
}

async function read(request: IncomingMessage): Promise<Came> {
  let body = "";
  for await (const part of request) body += part;
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? "", path, query: new URLSearchParams(query), headers, body };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, written down once more and not by the signer. */
function isSigned({ method, path, query, headers, body }: Came, service: string, region: string): boolean {
  const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, id, day = "", scope, names = "", signature] = form.exec(headers["authorization"] ?? "") ?? [];
  if (id !== KEYS.accessKeyId || scope !== `${region}/${service}/aws4_request` || !names.includes("host")) return false;
  if (headers["x-amz-content-sha256"] !== sha256(body)) return false;
  const canonical = [
    ...[method, service === "s3" ? path : path.split("/").map(encoded).join("/")],
    [...query]
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .sort()
      .join("&"),
    ...names.split(";").map((name) => `${name}:${(headers[name] ?? "").trim()}`),
    ...["", names, sha256(body)],
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], `${day}/${scope}`, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${KEYS.secretAccessKey}`);
  return hmac(key, text).toString("hex") === signature;
}
