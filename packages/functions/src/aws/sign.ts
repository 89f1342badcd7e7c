import { Sha256 } from "@leasehold/connectors/kit";
import { SignatureV4 } from "@smithy/signature-v4";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where a function runs, and as whom: Lambda puts both into its environment. */
export interface Place {
  readonly region: () => string;
  readonly credentials: () => {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly fetch?: Fetch;
  readonly wait?: (millis: number) => Promise<unknown>;
}

export interface Unsigned {
  readonly method: "GET" | "POST" | "PUT";
  readonly service: string;
  readonly region: string;
  readonly hostname: string;
  readonly path: string; // encoded as the service signs it
  readonly query?: Readonly<Record<string, string>>; // of plain words: nothing in it needs encoding
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/**
 * One request to AWS, signed and sent once. What we ask of AWS beside the table is a dozen calls in plain JSON, and the
 * clients for them would add 15 to 75 kB each to the bundles.
 */
export async function sent({ credentials, fetch: send = fetch }: Place, request: Unsigned): Promise<Response> {
  const { method, service, region, hostname, path, query = {}, body, timeoutMs } = request;
  const isS3 = service === "s3"; // which alone signs a path as it stands
  const signer = new SignatureV4({ service, region, credentials: credentials(), sha256: Sha256, uriEscapePath: !isS3 });
  const headers = { ...request.headers, host: hostname };
  const signed = await signer.sign({ method, protocol: "https:", hostname, path, query, headers, body });
  const signal = AbortSignal.timeout(timeoutMs);
  const search = Object.entries(query).map(([name, value], n) => `${n === 0 ? "?" : "&"}${name}=${value}`);
  const init = { method, headers: signed.headers, redirect: "manual", signal } as const;
  return send(`https://${hostname}${path}${search.join("")}`, body === undefined ? init : { ...init, body });
}
