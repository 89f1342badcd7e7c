import type { Decision } from "@leasehold/core/casework";
import type { Instant } from "@leasehold/core/kernel";
import type { Draft } from "@leasehold/core/trail";
import { type WindDown, withWish } from "@leasehold/core/winddown";
import type { Estate, Graph } from "../world/index.ts";
import type { Speaker } from "./authorise.ts";

/** Kept with whoever said it. It is no answer: the question stays open, and so does what it said of silence. */
export function wished(
  windDown: WindDown,
  { id: decision }: Pick<Decision, "id">,
  { account, accounts, person }: Speaker,
  at: Instant,
): { readonly next: WindDown; readonly draft: Draft } | undefined {
  const next = withWish(windDown, { account, accounts, person, at });
  return next && { next, draft: { did: "wish.given", by: account, facts: { wish: "migrate", decision } } };
}

export const WISHED_BEFORE = "your wish stands";

type WishPorts = { readonly graph: Pick<Graph, "node"> } & { readonly estate: Pick<Estate, "provider"> };

/** What somebody can do now, in the words of the credential's own connector where it has any. */
export async function wishText({ graph, estate }: WishPorts, { credential, connector }: WindDown): Promise<string> {
  const type = (await graph.node(credential))?.value.subject.facts["type"]?.value;
  const rows = estate.provider(connector)?.shortLived ?? [];
  const { steps, source } = rows.find((row) => row.credential === type) ?? { steps: ANY_TYPE, source: undefined };
  return `${KEPT} By hand, now: ${steps}${source === undefined ? "" : ` (${source})`} Then choose retire.`;
}

const KEPT =
  "kept as a wish: nothing is done by it, the question stays open, and silence goes on as the message says. Leasehold cannot move it by itself yet.";
const ANY_TYPE =
  "give whatever uses it a credential of the provider's that ends by itself, and take this one out of its configuration.";
