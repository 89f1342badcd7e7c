import { canonical, dayOf, type Instant } from "../kernel/index.ts";
import type { Actor, Identity, Signal, SignalOf, Source } from "../signal/index.ts";
import { deedOf, evidenceOf, heldBy } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Edge, Fact } from "./model.ts";
import { keptEdges, keptFacts } from "./secret.ts";
import { actingIn, madeIn, makingOf } from "./session.ts";

export function credentialSaid(signal: SignalOf<"credential.issued">): readonly Contribution[] {
  const { source, by, identity, type, handle, reach = "unknown" } = signal;
  const facts = {
    ...{ ...place(signal), type, handle: canonical(handle), state: "on", createdAt: source.occurredAt },
    reach: known(reach),
  };
  const evidence = [...deedOf("issued", by, source), ...heldBy(identity.name, source)];
  return [
    ...actingIn(by, source, signal.tenant),
    ...held(signal, { ...factsOf(source, facts), ...makingOf(by, source) }, evidence, by),
  ];
}

/** A grant is taken down like a credential. What type it is called is the provider's to say; where it does not, a grant. */
export function grantSaid(signal: SignalOf<"grant.created">): readonly Contribution[] {
  const { source, by, authoriser, scopes, handle, reach, type, listed } = signal;
  const facts = {
    ...factsOf(source, { ...place(signal), handle: canonical(handle), state: "on", createdAt: source.occurredAt }),
    ...factsOf(source, { scopes: canonical([...scopes].sort()), authoriser, reach: known(reach), listed }),
    ...(type === undefined ? factsOf(source, { type: "grant" }, WEAK) : factsOf(source, { type })),
    ...makingOf(by, source),
  };
  const consent = authoriser && [evidenceOf("authorised-by", authoriser, source)];
  return [
    ...actingIn(by, source, signal.tenant),
    ...held(signal, facts, consent ?? deedOf("issued", by, source), consent ? undefined : by),
  ];
}

export function seenCredential(signal: SignalOf<"credential.seen">): readonly Contribution[] {
  const { source, type, handle, state, createdAt, expiresAt, lastUsed, reach } = signal;
  const { owner, authoriser, shared, tags, identity, listed } = signal;
  const facts = {
    ...factsOf(source, { ...place(signal), type, handle: canonical(handle), state, createdAt, reach: known(reach) }),
    ...factsOf(source, { expiresAt, owner, authoriser, shared: shared === undefined ? undefined : String(shared) }),
    ...factsOf(source, { tags: tags?.join(" "), listed }),
    ...keptFacts(signal),
    ...useOf(source, lastUsed),
  };
  const evidence = [
    ...(owner === undefined ? [] : [evidenceOf("declared", owner, source)]),
    ...(authoriser === undefined ? [] : [evidenceOf("authorised-by", authoriser, source)]),
    ...heldBy(identity.name, source),
  ];
  const [identities, own] = held(signal, facts, evidence);
  return [identities, { ...own, edges: [...own.edges, ...keptEdges(signal)] }];
}

/** Events about a credential that is known already: they name it, and say one thing. */
export function stateSaid(
  { credential, tenant, source }: Extract<Signal, { readonly by: unknown; readonly credential: unknown }>,
  values: Readonly<Record<string, string>>,
): Contribution {
  const subject = { id: credential, kind: "credential", tenant } as const;
  return { subject, facts: factsOf(source, values), turns: {}, evidence: [], edges: [] };
}

interface Holding {
  readonly credential: Extract<Signal, { readonly credential: unknown }>["credential"];
  readonly identity: Identity;
  readonly tenant: string;
  readonly source: Source;
}

/** Actions find their provider by these. */
const place = ({ identity, tenant, source }: Holding) => ({
  identity: identity.id,
  tenant,
  connector: source.connector,
});

/** The edge lies under the identity, so that siblings are found there. */
function held(
  { credential, identity, tenant, source }: Holding,
  facts: Readonly<Record<string, Fact>>,
  evidence: Contribution["evidence"],
  by?: Actor,
): readonly [identity: Contribution, credential: Contribution] {
  const { occurredAt: at, connector } = source;
  const made = by === undefined ? [] : madeIn(by, credential, source);
  const holds: Edge = { from: identity.id, rel: "holds", to: credential, first: at, last: at, retracted: undefined };
  return [
    {
      subject: { id: identity.id, kind: "identity", tenant },
      facts: factsOf(source, { realm: identity.realm, name: identity.name, tenant, connector }),
      ...{ turns: {}, evidence: [], edges: [] },
    },
    { subject: { id: credential, kind: "credential", tenant }, facts, turns: {}, evidence, edges: [holds, ...made] },
  ];
}

const known = (reach: string) => (reach === "unknown" ? undefined : reach);

/** Dated by the day itself, so that the later use wins however it became known; any use wins over *never*. */
export function useOf(source: Source, lastUsed: Instant | null | undefined): Readonly<Record<string, Fact>> {
  if (lastUsed === undefined) return {};
  if (lastUsed === null) return factsOf(source, { lastUsed: "never" }, WEAK);
  const day = dayOf(lastUsed);
  return factsOf(source, { lastUsed: day }, day);
}
