import type { Fetch } from "./http.ts";
import type { Mood } from "./simulator.ts";

/** What a simulated provider was asked, as it came over the wire. */
export interface Asked {
  readonly parts: readonly string[]; // what the route's groups caught, decoded
  readonly query: URLSearchParams;
  readonly body: unknown; // JSON
  readonly form: URLSearchParams;
}
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export type Served = readonly [
  method: string,
  path: RegExp,
  permission: string, // what the provider asks for here, whatever the caller believes
  answer: (asked: Asked) => Reply,
];

export interface Serving {
  readonly routes: readonly Served[];
  readonly mood: () => Mood;
  readonly called: (permission: string) => void;
  readonly refusal: Reply; // how this provider says no
}

/** A provider over `fetch`, so that a connector's own client runs in front of its simulator. */
export function serve({ routes, mood, called, refusal }: Serving): Fetch {
  return async (href, init) => {
    const url = new URL(href);
    const route = routes.find(([method, path]) => method === init.method && path.test(url.pathname));
    if (route === undefined) return respond({ status: 404, json: {} });
    const [, path, permission, answer] = route;
    called(permission);
    if (mood() === "unreachable") throw Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" });
    if (mood() === "busy") return respond({ status: 429, json: {} });
    if (mood() === "refusing") return respond(refusal);
    const parts = (path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
    return respond(answer({ parts, query: url.searchParams, ...contentOf(init) }));
  };
}

function contentOf({ body, headers }: RequestInit): Pick<Asked, "body" | "form"> {
  const text = typeof body === "string" ? body : "";
  const isForm = JSON.stringify(headers ?? {}).includes("x-www-form-urlencoded");
  return { body: isForm || text === "" ? undefined : JSON.parse(text), form: new URLSearchParams(isForm ? text : "") };
}

function respond({ status, json, headers = {} }: Reply): Response {
  const bare = status === 204 || json === undefined;
  return new Response(bare ? null : JSON.stringify(json), { status, headers });
}
