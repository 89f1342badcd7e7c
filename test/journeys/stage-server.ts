import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody whose signatures the server knows, as IAM would. */
export interface Signer {
  readonly secret: string;
  readonly arn: string;
}
export interface Served {
  readonly url: string;
  readonly seen: { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  close(): Promise<void>;
}
type Answer = { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

/** A server on loopback; what answers is the test's. */
export async function served(answer: (body: string, request: IncomingMessage) => Promise<Answer>): Promise<Served> {
  const seen: Served["seen"] = [];
  const server = createServer((request, response) => void handle(request, response));
  async function handle(request: IncomingMessage, response: ServerResponse) {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const body = Buffer.concat(parts).toString();
    seen.push({ path: request.url ?? "", headers: request.headers, body });
    const { status, body: text, headers } = await answer(body, request);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  }
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => closed(server) };
}

const closed = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const mac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Who signed this, by Signature Version 4 as AWS writes it down, computed here anew: over the method, the path, the
 * headers that are named, the body, the minute, the region and the service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signerOf(
  { method = "", url = "", headers }: IncomingMessage,
  body: string,
  { region, service, signers }: { region: string; service: string; signers: Readonly<Record<string, Signer>> },
): Signer | undefined {
  const [, id = "", scope = "", names = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const at = String(headers["x-amz-date"]);
  const signed = names.split(";");
  if (scope !== `${at.slice(0, 8)}/${region}/${service}/aws4_request`) return undefined;
  if (!["host", "x-amz-date"].every((name) => signed.includes(name))) return undefined;
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const canonical = [method, new URL(url, "http://x").pathname, "", lines, names, sha(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", at, scope, sha(canonical)].join("\n");
  const who = signers[id];
  if (who === undefined) return undefined;
  const key = [region, service, "aws4_request"].reduce(mac, mac(`AWS4${who.secret}`, at.slice(0, 8)));
  return timingSafeEqual(mac(key, text), Buffer.from(signature, "hex")) ? who : undefined;
}
