import { canonical } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { useOf } from "./credential.ts";
import { evidenceOf } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution } from "./model.ts";

/** What a list, or the event of a change, shows of an identity: what it is, what bounds it, and who may act by it. */
export function seenIdentity(signal: SignalOf<"identity.seen">): Contribution {
  const { source, tenant, identity, type, createdAt, lastUsed, reach, owner, tags, groups, boundary, trusts } = signal;
  const facts = {
    ...{ tenant, connector: source.connector, type, createdAt, owner },
    ...{ reach: reach === "unknown" ? undefined : reach, tags: tags?.join(" "), deleted: "no" },
    groups: groups && canonical([...groups].sort()),
    boundary: boundary === null ? NONE : boundary,
    trusts: trusts === null ? MANY : trusts && canonical([...trusts].sort()),
  };
  const named = factsOf(source, { realm: identity.realm, name: identity.name }, WEAK); // an event of a change may tell the name without its path
  return {
    subject: { id: identity.id, kind: "identity", tenant },
    facts: { ...factsOf(source, facts), ...named, ...useOf(source, lastUsed) },
    turns: {},
    evidence: owner === undefined ? [] : [evidenceOf("declared", owner, source)],
    edges: [],
  };
}

const NONE = "none";
const MANY = "too many";
