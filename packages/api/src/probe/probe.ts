import { altered, marked } from "@leasehold/connectors/kit";
import type { Connector, HookRequest, Probe, Secrets } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";

/** What our own requests found at one way in, for one of its secrets. Never the secret, and nothing that was answered. */
export interface Probed {
  readonly id: string;
  readonly title: string;
  readonly secretName: string;
  readonly at: string; // the address
  readonly found: Found;
}
/**
 * *proved*: it takes what our secret signs, and refuses it with one byte of the proof changed. *open*: it takes that too.
 * *closed*: it refuses what our secret signs. *no secret*: ours could not be read. *no probe*: there is no request that says
 * nothing. *silent*: nobody answered in time. *other*: somebody answers, and as no way in of ours does.
 */
export type Found = "proved" | "open" | "closed" | "no secret" | "no probe" | "silent" | "other";

export interface ProbeParts {
  readonly connector: Connector;
  readonly settings: unknown; // read already, by the connector's own schema
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly base: string; // of the address, without `/in/<id>`
  readonly patienceMillis?: number; // for each of the two requests
  readonly fetch?: typeof fetch;
}

/** Says nothing to it that could become a signal, a click or a row: whoever asks often changes nothing. */
export async function probed(parts: ProbeParts): Promise<readonly Probed[]> {
  const { connector, settings, base } = parts;
  const { id, title, signedWith, probes } = connector;
  const at = `${base.replace(/\/+$/, "")}/in/${id}`;
  const known = probes?.(settings) ?? [];
  const rows = (signedWith?.(settings) ?? []).map(async (secretName) => {
    const probe = known.find((one) => one.signedWith === secretName);
    return { id, title, secretName, at, found: probe ? await foundBy(parts, probe, at) : ("no probe" as const) };
  });
  return Promise.all(rows);
}

async function foundBy(parts: ProbeParts, probe: Probe, at: string): Promise<Found> {
  const secret = await parts.secrets(probe.signedWith).catch(() => "");
  if (secret === "") return "no secret";
  const now = parts.clock();
  const request = marked(probe.request(secret, now), secret, now);
  const wrong = await answerTo(parts, at, altered(request, probe));
  if (wrong === undefined) return "silent";
  if (isTaken(wrong)) return "open";
  if (wrong !== REFUSED) return "other"; // a stranger is not shown what is right
  const right = await answerTo(parts, at, request);
  if (right === undefined) return "silent";
  return isTaken(right) ? "proved" : right === REFUSED ? "closed" : "other";
}

const REFUSED = 401;
const PATIENCE = 3_000;
const isTaken = (status: number) => status >= 200 && status < 300;

/** Follows nobody elsewhere: what proves who we are goes to this address, and to no other. */
async function answerTo(
  { fetch: send = fetch, patienceMillis = PATIENCE }: ProbeParts,
  at: string,
  { method, headers, body }: HookRequest,
): Promise<number | undefined> {
  try {
    const answer = await send(at, {
      ...{ method, headers: { ...headers }, redirect: "manual", signal: AbortSignal.timeout(patienceMillis) },
      ...(method === "POST" && { body }),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined; // no more is said: an error of the network may quote what was sent
  }
}
