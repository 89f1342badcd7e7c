import { badInput, type Clock, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import type * as z from "zod/mini";
import { startGuard } from "./breaker.ts";
import type { Pacer } from "./pacer.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpSettings {
  readonly provider: string; // the connector's folder, for faults
  readonly base: string; // https, at one of `hosts`; plain http only to this machine
  readonly hosts: readonly string[]; // a host, or ".suffix" of many
  readonly clock: Clock;
  readonly fetch?: Fetch;
  readonly headers?: () => Promise<Readonly<Record<string, string>>>; // asked for each call, so that no value is kept here
  readonly random?: () => number;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly dryRun?: boolean; // reads go out, changes are only written down
  readonly pacer?: Pacer; // a simulator has none
}

export interface Ask {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string; // made with `pathOf`, or a `next` of this client
  readonly permission: string; // what a refusal means is missing, in the provider's spelling
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly accept?: readonly number[]; // statuses beside 2xx that are an answer, not a fault
  readonly reads?: boolean; // a POST that changes nothing
  readonly counts?: number; // of the limit, where it is scarcer than others
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown; // undefined where the body was empty
  readonly next: string | undefined; // of Link rel=next, on this host only
}

/** A change that a dry run did not make: what, where, and by which right; never with what. */
export interface Planned {
  readonly method: string;
  readonly path: string;
  readonly permission: string;
}

export interface Http {
  readonly planned: readonly Planned[];
  readonly urgent: Pick<Http, "call">; // takes its turn first
  call(ask: Ask): Promise<Answered>;
}

const MEGABYTE = 1_048_576;
const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** The one REST client of all connectors. It never retries: it names what went wrong, and the workflow waits. */
export function createHttp(settings: HttpSettings): Http {
  const { provider, clock, dryRun = false } = settings;
  const base = allowed(settings.base, settings.hosts);
  const guard = startGuard(provider, clock, settings.random ?? (() => 0.5));
  const paced: Pacer = settings.pacer ?? ((call) => call());
  const planned: Planned[] = [];

  const called =
    (urgent: boolean): Http["call"] =>
    async (ask) => {
      const url = urlOf(base, ask, provider);
      const { method, permission, counts, reads = method === "GET" } = ask;
      const sent = () => guard(() => send(settings, base, url, ask));
      if (!dryRun || reads) return paced(sent, { changes: !reads, urgent, counts });
      planned.push({ method, path: url.pathname, permission });
      return { status: 204, headers: {}, json: undefined, next: undefined };
    };
  return { planned, urgent: { call: called(true) }, call: called(false) };
}

/** A path whose parts cannot leave their place: each is encoded, and `..` or nothing is refused. */
export function pathOf(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => path + segment(values[index - 1] ?? "") + part);
}

/** Reads of an answer only what the schema names; where it does not fit is said, what stood there never. */
export function shaped<T>(provider: string, schema: z.ZodMiniType<T>, json: unknown): T {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw badInput("the provider's answer has another shape than expected", { provider, where: where.slice(0, 200) });
}

function segment(value: string): string {
  if (value === "" || /^[.]+$/.test(value)) throw badInput("an id cannot be part of a path", { length: value.length });
  return encodeURIComponent(value);
}

function allowed(base: string, hosts: readonly string[]): URL {
  const url = URL.parse(base);
  if (url === null) throw badInput("the address is not a URL", { field: "base" });
  const here = url.protocol === "http:" && LOOPBACK.includes(url.hostname);
  const there = url.protocol === "https:" && hosts.some((host) => isAt(url.hostname, host));
  if (here || (there && url.username === "" && url.port === "")) return url;
  throw badInput("the address is not one that this connector may call", { field: "base" });
}

const isAt = (hostname: string, host: string) => (host.startsWith(".") ? hostname.endsWith(host) : hostname === host);

function urlOf(base: URL, { path, query = {} }: Ask, provider: string): URL {
  const url = path.startsWith("/") ? URL.parse(path, base.href) : null;
  if (url === null || url.origin !== base.origin) throw badInput("the path leaves the provider's host", { provider });
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

async function send(settings: HttpSettings, base: URL, url: URL, ask: Ask): Promise<Answered> {
  const { provider, maxBytes = 5 * MEGABYTE, timeoutMs = 20_000 } = settings;
  const init = {
    ...contentOf(ask),
    method: ask.method,
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  } as const;
  const headers = { accept: "application/json", ...init.headers, ...(await settings.headers?.()) };
  const response = await (settings.fetch ?? fetch)(url.href, { ...init, headers }).catch(() => {
    throw unavailable(provider); // no cause: a network error may quote the address or what was sent
  });
  const isRedirect = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
  if (isRedirect) throw badInput("the provider answered with a redirect, which is never followed", { provider });
  judge(settings, ask, response);
  const text = await within(response, maxBytes, provider);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    json: text === "" ? undefined : parsed(text, provider),
    next: nextOf(response.headers.get("link"), base, provider),
  };
}

function contentOf({ body, form }: Ask): { body?: string; headers?: Record<string, string> } {
  if (form !== undefined)
    return {
      body: new URLSearchParams(form).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
  if (body === undefined) return {};
  return { body: JSON.stringify(body), headers: { "content-type": "application/json; charset=utf-8" } };
}

function judge({ provider, clock }: HttpSettings, { permission, accept = [] }: Ask, response: Response): void {
  const { status } = response;
  if (response.ok || accept.includes(status)) return;
  if (status === 429) throw slower(provider, response.headers.get("retry-after"), clock());
  if (status === 401 || status === 403) throw denied(provider, permission);
  if (status >= 500 || status === 408) throw unavailable(provider);
  throw new Fault("Unexpected", "the provider answered with a status that nobody planned for", { provider, status });
}

/** Retry-After is seconds or a date; without it the workflow's own back-off is all there is. */
function slower(provider: string, after: string | null, now: string): Fault {
  if (after === null) return throttled(provider);
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.parse(now)) / 1000;
  if (!(seconds > 0)) return throttled(provider);
  const retryAfterSeconds = Math.min(Math.ceil(seconds), 3_600);
  return new Fault("Throttled", "the provider asked us to slow down", { provider, retryAfterSeconds });
}

async function within(response: Response, maxBytes: number, provider: string): Promise<string> {
  const tooLarge = () => badInput("the provider's answer is larger than this client reads", { provider, maxBytes });
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) break; // leaving the loop cancels the stream
      chunks.push(chunk);
    }
  } catch {
    throw unavailable(provider); // cut off while it was being read
  }
  if (size > maxBytes) throw tooLarge();
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string, provider: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unavailable(provider); // a page of some proxy; a parser's own error would quote it
  }
}

/** A next page on another host is not followed, and not taken for the end either. */
function nextOf(link: string | null, base: URL, provider: string): string | undefined {
  const found = [...(link ?? "").matchAll(/<([^>]*)>\s*((?:;[^,<]*)*)/g)].find(([, , rel]) =>
    /;\s*rel="?next"?/i.test(rel ?? ""),
  );
  if (found === undefined) return undefined;
  const url = URL.parse(found[1] ?? "", base.href);
  if (url === null || url.origin !== base.origin) throw badInput("the next page is on another host", { provider });
  return `${url.pathname}${url.search}`;
}
