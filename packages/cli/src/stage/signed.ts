import { SignatureV4 } from "@smithy/signature-v4";
import type { Address } from "./address.ts";
import { awsFault } from "./faults.ts";
import { credentialsOf } from "./identity.ts";
import { Sha256 } from "./sha256.ts";
import type { Stage } from "./stage.ts";

const JSON_BODY = { "content-type": "application/json" };
type SignerInit = ConstructorParameters<typeof SignatureV4>[0];

/** What is asked: Leasehold's own API, unless it is said of which service of AWS, and with which headers. */
interface Sent {
  readonly url: URL;
  readonly body: string;
  readonly service?: string;
  readonly permission?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers that prove who asks: over method, host, path and body, for one service and region, for a few minutes. */
export async function signedHeaders(
  stage: Stage,
  { region }: Pick<Address, "region">,
  { url, body, service = "execute-api", permission = "execute-api:Invoke", headers = JSON_BODY }: Sent,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({
    ...{ service, region, credentials: credentialsOf(stage) },
    sha256: Sha256 as unknown as SignerInit["sha256"], // called with `new`, which hands on what it returns
  });
  const request = {
    ...{ method: "POST", protocol: url.protocol, hostname: url.hostname, path: url.pathname, body },
    ...(url.port !== "" && { port: Number(url.port) }),
    headers: { host: url.host, ...headers },
  };
  try {
    return (await signer.sign(request)).headers;
  } catch (error) {
    throw awsFault(error, permission);
  }
}
