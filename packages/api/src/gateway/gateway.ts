/** What answers a request; `around`: what its host says of it. A Hono is one. */
export interface App {
  fetch(request: Request, around?: object): Response | Promise<Response>;
}

/** An app as API Gateway invokes it: HTTP API, payload 2.0. */
export type Gateway = (event: unknown) => Promise<Answer>;
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string; // of ours all are text
  readonly isBase64Encoded: false;
}

/** Hono's own adapter is to be removed, speaks for load balancers and other payloads too, and prints what it cannot read. */
export function onGateway(app: App): Gateway {
  return async (given) => {
    const event = given as Event;
    const { requestContext } = event;
    const response = await app.fetch(requestOf(event), { requestContext });
    const headers = Object.fromEntries(response.headers);
    return { statusCode: response.status, headers, body: await response.text(), isBase64Encoded: false };
  };
}

interface Event {
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly domainName: string; readonly http: { readonly method: string } };
}

function requestOf({ rawPath, rawQueryString = "", requestContext, ...event }: Event): Request {
  const { domainName, http } = requestContext;
  const headers = new Headers();
  for (const [name, value = ""] of Object.entries(event.headers ?? {}))
    if (isSound(name, value)) headers.append(name, value);
  const query = rawQueryString === "" ? "" : `?${rawQueryString}`;
  const isBare = http.method === "GET" || http.method === "HEAD";
  const body = isBare ? null : Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (body !== null) headers.set("content-length", String(body.byteLength)); // the true one, whatever was said
  return new Request(`https://${domainName}${rawPath}${query}`, { method: http.method, headers, body });
}

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const OTHER = /[^\t\x20-\x7e]/;

/** What no request can hold would be an error that quotes it: it is left out, and whoever asks for it finds none. */
const isSound = (name: string, value: string): boolean => NAME.test(name) && !OTHER.test(value);
