import { dayOf, type Instant, laterBy, millisOf, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../../kit/index.ts";
import type { Api, Beside } from "../api.ts";
import type { Runtime } from "./runtime.ts";

/** Its id is its caller's word, and may be about a person: it goes into the call that stops it, and nowhere else. */
export interface Session {
  readonly endpoint: string;
  readonly id: string;
  readonly opened: number; // milliseconds: when its stream was begun
  readonly at: number; // milliseconds: the last that its stream is known to have been written to
}

const GROUPS = "logs:DescribeLogGroups";
const STREAMS = "logs:DescribeLogStreams";
export const READS_LOGS: readonly Beside[] = [GROUPS, STREAMS];
const PAGES = 10; // in all, and
const WITHIN = 6; // seconds: whoever stops sessions has few

const Groups = z.object({
  logGroups: z._default(z.array(z.object({ logGroupName: z.string() })), []),
  nextToken: z.nullish(z.string()),
});
const Streams = z.object({
  logStreams: z._default(
    z.array(
      z.object({
        logStreamName: z.string(),
        ...{ creationTime: z.nullish(z.number()), lastEventTimestamp: z.nullish(z.number()) },
      }),
    ),
    [],
  ),
  nextToken: z.nullish(z.string()),
});

const HOME = "/aws/bedrock-agentcore/runtimes/";
const ENDPOINT = /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/; // without a hyphen, so that no other runtime's group is taken for an endpoint's
/** `2026/04/26/[runtime-logs-<session>]<uuid>`, as public records show it; AWS has no page about it. */
const STREAM = /^\d{4}\/\d\d\/\d\d\/\[runtime-logs-([\x21-\x7e]{33,256})\][0-9a-f-]{36}$/;

/**
 * The sessions that wrote to the runtime's logs within so many seconds, newest first, each once. Names and times alone are read,
 * and none of what was written. The runtime's role writes them, so where none is found there may be some; nor is this all where a
 * runtime has more than ten pages of them.
 */
export async function sessionsLogged(api: Api, runtime: Runtime, seconds: number): Promise<readonly Session[]> {
  const left = { pages: PAGES, until: laterBy(api.now(), WITHIN) };
  const since = millisOf(laterBy(api.now(), -seconds));
  const found = new Map<string, Session>();
  for (const endpoint of await endpointsOf(api, runtime, left))
    for (const one of await ofEndpoint(api, runtime, endpoint, left)) {
      const key = `${endpoint} ${one.id}`;
      if (one.at >= since && one.at > (found.get(key)?.at ?? 0)) found.set(key, one);
    }
  return [...found.values()].sort((a, b) => b.at - a.at);
}

interface Left {
  pages: number;
  readonly until: Instant;
}

async function endpointsOf(api: Api, { region, id }: Runtime, left: Left): Promise<readonly string[]> {
  const prefix = `${HOME}${id}-`;
  const pages = await pagesOf(api, region, GROUPS, Groups, { logGroupNamePrefix: prefix }, left);
  const names = pages.flatMap(({ logGroups }) => logGroups.map(({ logGroupName }) => logGroupName));
  return names.flatMap((name) => {
    const endpoint = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    return ENDPOINT.test(endpoint) ? [endpoint] : [];
  });
}

/** By the day in its name, which is there at once: when a stream was last written to, AWS may say an hour later. */
async function ofEndpoint(api: Api, { region, id }: Runtime, endpoint: string, left: Left) {
  const found: Session[] = [];
  for (const hours of [0, 24]) {
    const day = dayOf(laterBy(api.now(), -hours * 3_600))
      .slice(0, 10)
      .replaceAll("-", "/");
    const of = { logGroupName: `${HOME}${id}-${endpoint}`, logStreamNamePrefix: `${day}/[runtime-logs-` };
    const pages = await pagesOf(api, region, STREAMS, Streams, of, left);
    for (const { logStreamName, creationTime, lastEventTimestamp } of pages.flatMap(({ logStreams }) => logStreams)) {
      const session = STREAM.exec(logStreamName)?.[1];
      const opened = creationTime ?? 0;
      const at = Math.max(opened, lastEventTimestamp ?? 0);
      if (session !== undefined) found.push({ endpoint, id: session, opened, at });
    }
  }
  return found;
}

type Paged = { readonly nextToken?: string | null | undefined };

async function pagesOf<T extends Paged>(
  api: Api,
  region: string,
  permission: Beside,
  form: z.ZodMiniType<T>,
  input: object,
  left: Left,
): Promise<readonly T[]> {
  const pages: T[] = [];
  let nextToken: string | undefined;
  while (left.pages > 0 && api.now() < left.until) {
    left.pages -= 1;
    const ask = () => api.ask(region, permission, { ...input, ...(nextToken && { nextToken }) });
    const answer = await askAws(permission, ask).catch((error: unknown) => isMissing(error) ?? {});
    const { success, data } = form.safeParse(answer);
    if (!success) throw unavailable("aws");
    pages.push(data);
    nextToken = data.nextToken ?? undefined;
    if (nextToken === undefined) break;
  }
  return pages;
}
