import { SignatureV4 } from "@smithy/signature-v4";
import type { Address } from "./address.ts";
import { awsFault } from "./faults.ts";
import { credentialsOf } from "./identity.ts";
import { Sha256 } from "./sha256.ts";
import type { Stage } from "./stage.ts";

type SignerInit = ConstructorParameters<typeof SignatureV4>[0];

/** The headers that prove who asks: over method, host, path and body, for this service and region, for a few minutes. */
export async function signedHeaders(
  stage: Stage,
  { region }: Address,
  url: URL,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({
    ...{ service: "execute-api", region, credentials: credentialsOf(stage) },
    sha256: Sha256 as unknown as SignerInit["sha256"], // called with `new`, which hands on what it returns
  });
  const request = {
    ...{ method: "POST", protocol: url.protocol, hostname: url.hostname, path: url.pathname, body },
    ...(url.port !== "" && { port: Number(url.port) }),
    headers: { host: url.host, "content-type": "application/json" },
  };
  try {
    return (await signer.sign(request)).headers;
  } catch (error) {
    throw awsFault(error, "execute-api:Invoke");
  }
}
