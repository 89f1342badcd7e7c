import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request to AWS, as far as it says what it is about. */
export interface Asked {
  readonly service: string;
  readonly region: string;
  readonly verb: string; // of an API that names it; of a REST API its method and path
  readonly reads: boolean;
}
export interface Said {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** moto does not answer this one: there is nothing of it in moto's account. */
export const NO_SERVICES: Said = {
  ...{ status: 200, type: "text/xml" },
  body: `<ListServiceSpecificCredentialsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListServiceSpecificCredentialsResult>
<ServiceSpecificCredentials/><IsTruncated>false</IsTruncated></ListServiceSpecificCredentialsResult></ListServiceSpecificCredentialsResponse>`,
};
/** A user without a key, or one of whose keys this replica does not know yet. */
export const NO_KEYS: Said = {
  ...{ status: 200, type: "text/xml" },
  body: `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult><AccessKeyMetadata/>
<IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>`,
};
export const refused = (name: string): Said => ({
  ...{ status: 403, type: "application/x-amz-json-1.1" },
  body: JSON.stringify({ __type: name, message: "not authorized" }),
});
/** As IAM says no. */
export const refusedByIam = (name = "AccessDenied"): Said => ({
  ...{ status: 403, type: "text/xml" },
  body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${name}</Code>
<Message>not authorized</Message></Error><RequestId>none</RequestId></ErrorResponse>`,
});

export const NO_ENTITY: Said = { ...refusedByIam("NoSuchEntity"), status: 404 };

/**
 * Stands between the SDK's clients and moto: notes what is asked, and answers in moto's place where it is told to. `lost`: moto does
 * as it is asked, and nobody hears of it.
 */
export async function between(
  url: string,
  instead: (asked: Asked) => Said | "lost" | undefined,
  hears: (answer: string) => void = () => undefined,
) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const one = readOf(request, body);
    asked.push(one);
    const said = instead(one);
    if (said !== undefined && said !== "lost") {
      response.writeHead(said.status, { "content-type": said.type, "x-amzn-errortype": said.body.split('"')[3] ?? "" });
      response.end(said.body);
      return;
    }
    const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
    const answer = await fetch(`${url}${request.url}`, {
      ...{ method: request.method ?? "GET", headers: headers as Record<string, string> },
      ...(body.length > 0 && { body }),
    });
    if (said === "lost") return void request.socket.destroy();
    if (answer.status >= 500 && one.reads) return void nothing(response); // moto does not answer this: nothing of it is there
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    const told = Buffer.from(await answer.arrayBuffer());
    hears(told.toString());
    response.end(told);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => void server.close() };
}

function nothing(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end("{}");
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html: the scope says which service, and where. */
function readOf({ method, url = "", headers }: IncomingMessage, body: Buffer): Asked {
  const [, region = "", service = ""] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const target = String(headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1);
  const action = target || new URLSearchParams(body.toString()).get("Action");
  const verb = action ?? `${method} ${url.split("?")[0]}`;
  const reads = action
    ? /^(Get|List|Describe|Generate|Lookup)/.test(action)
    : !["PUT", "PATCH", "DELETE"].includes(method ?? "");
  return { service, region, verb, reads };
}
