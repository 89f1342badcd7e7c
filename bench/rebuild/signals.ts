import { derivedId, Instant, later } from "@leasehold/core/kernel";
import { type Actor, Signal } from "@leasehold/core/signal";

const FROM = Instant.parse("2025-01-01T00:00:00Z");
const BLOCK = 20; // signals about one agent
const PEOPLE = 10; // agents to each
export const NOW = later(FROM, 24 * 365);

/** So many signals of an invented organisation, always the same: agents whose identity, session, keys and grant come, are seen for months, and change. */
export function* signals(count: number): Generator<Signal> {
  for (let n = 0; n < count; n += 1) yield Signal.parse(nth(Math.floor(n / BLOCK), n % BLOCK));
}

function nth(agent: number, step: number): unknown {
  const at = later(FROM, ((agent * 7919) % 4_000) + step * 24);
  const source = (connector: string) => ({ connector, eventId: `${agent}/${step}`, occurredAt: at });
  const iam = { source: source("aws-iam"), tenant: "111122223333" };
  const name = `agent-${agent}`;
  const identity = { id: derivedId("idn", "aws", name), realm: "aws", name };
  const key = (nthKey: number) => derivedId("crd", "aws", `AKIA${agent}X${nthKey}`);
  const held = { identity, type: "access key", handle: { user: name, account: "111122223333" } };
  const who = Math.floor(agent / PEOPLE);
  const account = derivedId("acc", "okta", "example", `p${who}`);
  const session = { id: derivedId("ses", "aws", `ASIA${agent}`), name: `ASIA${agent}` };
  const person: Actor = { realm: "okta", name: `p${who}`, via: "idp-user", account };
  const inSession: Actor = {
    realm: "aws",
    name: "arn:aws:sts::111122223333:assumed-role/x",
    via: "session-name",
    session,
  };
  if (step === 0) return { kind: "identity.created", ...iam, by: inSession, identity };
  if (step === 1)
    return {
      ...{ kind: "session.issued", source: source("aws-sts"), tenant: iam.tenant, by: person, session },
      ...{ how: "assume-role", role: "arn:aws:iam::111122223333:role/x", sessionName: `p${who}@example.com` },
    };
  if (step === 2 || step === 3)
    return { kind: "credential.issued", ...iam, ...held, by: inSession, credential: key(step) };
  if (step === 4)
    return {
      ...{ kind: "grant.created", source: source("okta"), tenant: "example", by: person, authoriser: account },
      ...{
        credential: derivedId("crd", "okta", name),
        identity,
        scopes: ["read"],
        reach: "read",
        handle: { app: name },
      },
    };
  if (step === 5)
    return {
      ...{ kind: "account.seen", source: source("okta"), tenant: "example", account, handle: { user: `p${who}` } },
      ...{ standing: "active", name: `p${who}`, email: `p${who}@example.com`, sameAs: [] },
    };
  if (step === 6) return { kind: "credential.disabled", ...iam, by: inSession, credential: key(2) };
  return {
    kind: "credential.seen",
    ...iam,
    ...held,
    credential: key(2 + (step % 2)),
    state: "on",
    reach: "write",
    lastUsed: at,
  };
}
