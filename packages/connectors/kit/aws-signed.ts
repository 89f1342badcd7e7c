import { createHash } from "node:crypto";
import { badInput, unavailable } from "@leasehold/core/kernel";
import type { Fetch } from "./http.ts";
import { Sha256 } from "./sha256.ts";
import type { Keys } from "./sts.ts";

/** From where AWS is asked, and in whose name. */
export interface Signing {
  readonly keys: () => Promise<Keys>;
  readonly now: () => Date;
  readonly fetch?: Fetch | undefined;
}
export interface SignedAsk {
  readonly service: string;
  readonly region: string;
  readonly method: "GET" | "POST";
  readonly url: URL; // its path encoded as the service reads it
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number; // a minute, where nothing is said
}

/** One signed request to AWS, read whole and no further than `most`. Redirects are never followed. */
export async function signedAws(
  { keys, now, fetch: send = fetch }: Signing,
  { service, region, method, url, headers = {}, body = "", timeoutMs = 60_000 }: SignedAsk,
  most: number,
): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }> {
  const { SignatureV4 } = await import("@smithy/signature-v4"); // who calls no AWS loads nothing that signs
  const signer = new SignatureV4({
    ...{ service, region, credentials: await keys(), sha256: Sha256 },
    uriEscapePath: service !== "s3", // S3 alone signs the path as it is sent
  });
  const unsigned = {
    ...headers,
    host: url.host,
    "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
  };
  const signed = await signer.sign(
    {
      ...{ method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, headers: unsigned },
      ...(url.port !== "" && { port: Number(url.port) }),
      query: Object.fromEntries(url.searchParams),
      ...(method === "POST" && { body }),
    },
    { signingDate: now() },
  );
  const { host: _, ...sent } = signed.headers;
  const response = await send(url.href, {
    ...{ method, headers: sent, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) },
    ...(method === "POST" && { body }),
  }).catch(() => {
    throw unavailable("aws"); // no cause: a network error may quote what was sent
  });
  return { status: response.status, headers: response.headers, bytes: await within(response, most) };
}

async function within({ body }: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body ?? []) {
      size += part.byteLength;
      if (size > most) break;
      parts.push(part);
    }
  } catch {
    throw unavailable("aws");
  }
  if (size > most) throw badInput("AWS's answer is larger than any that is read", { most });
  return Buffer.concat(parts);
}
