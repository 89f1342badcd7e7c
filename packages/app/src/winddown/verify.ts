import type { State } from "@leasehold/core/connector";
import { found } from "@leasehold/core/finding";
import { type Instant, later, laterBy } from "@leasehold/core/kernel";
import { type Act, record } from "@leasehold/core/winddown";
import { doneAfter } from "../usage/index.ts";
import type { Hand, Stored, World } from "../world/index.ts";
import type { Located } from "./look.ts";
import type { AdvancePorts, Next } from "./next.ts";

const READ_AGAIN = 1; // hours, where an undo has not shown yet

export interface Proved {
  readonly do: "proved";
  readonly stored: Stored;
  readonly seen: { readonly state: State };
}

/** Done means read back: what we did, or what we took back. The instant of the proof is now, not that of the call. */
export async function verify(world: AdvancePorts, stored: Stored, { hands, target }: Located): Promise<Next | Proved> {
  const { windDown } = stored;
  const last = windDown.returned ?? windDown.acts.at(-1);
  const hand = last && hands.find(({ verb }) => verb === last.receipt.verb);
  if (last === undefined || hand === undefined) return { do: "again" };

  const read = await hand.verify(last.receipt);
  const used = windDown.returned ? false : await usedSince(world, hand, target, last);
  const verdict = used && read.verdict === "confirmed" ? "still alive" : read.verdict;
  if (verdict === "still alive") await raise(world, stored, used);
  if (windDown.returned && verdict !== "confirmed")
    return { do: "wait", until: later(world.clock(), READ_AGAIN), version: stored.version };

  const proof = { at: world.clock(), ...(windDown.returned === undefined && sessionsOf(hand, last)) };
  const facts = { verdict, of: windDown.returned ? "undo" : last.to, ...proof };
  const draft = { did: "credential.verified", by: "leasehold", facts };
  const next = await world.windDowns.change(stored, record(windDown, { kind: "verified", verdict, proof }), draft);
  world.log(verdict === "confirmed" ? "info" : "error", "credential verified", {
    windDownId: windDown.id,
    credentialId: windDown.credential,
    ...facts,
  });
  return { do: "proved", stored: next, seen: { state: read.seen } };
}

/** One that was opened in the last moment before could be known everywhere. */
export function sessionsOf(
  { sessions, settlesAfter }: Pick<Hand, "sessions" | "settlesAfter">,
  { at }: Pick<Act, "at">,
): { readonly sessions?: Instant } {
  return sessions === undefined ? {} : { sessions: laterBy(at, settlesAfter + sessions.longest) };
}

/** Used after it was switched off, and after that could have reached every replica: it is not dead. */
export async function usedSince(
  world: Pick<World, "usage" | "clock">,
  hand: Pick<Hand, "lastUsed" | "settlesAfter">,
  target: Located["target"],
  { at }: Act,
): Promise<Instant | undefined> {
  const dead = laterBy(at, hand.settlesAfter);
  const use = await hand.lastUsed?.(target);
  if (use !== undefined && use !== null && use > dead) return use;
  return doneAfter(world, target.credential, dead, world.clock());
}

export async function raise(
  { findings, clock }: Pick<World, "findings" | "clock">,
  { windDown }: Stored,
  used: Instant | undefined | false,
) {
  const remedy = "it answers still: switch it off with the provider by hand, and find out why it did not hold";
  await findings.put(
    found("still alive", windDown.id, clock(), remedy, { credential: windDown.credential, used: used || "unknown" }),
  );
}
