import { canonical, derivedId, digest, type IdentityId } from "../kernel/index.ts";
import type { SignalOf, Source } from "../signal/index.ts";
import { allowedFacts } from "./allowed.ts";
import { useOf } from "./credential.ts";
import { deedOf, evidenceOf } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Edge, Subject } from "./model.ts";
import { madeIn, makingOf } from "./session.ts";

type Acts = SignalOf<"identity.created" | "identity.changed" | "identity.seen">;
type About = Acts | SignalOf<"identity.deleted">;

/** What a signal says of an identity: that it is there or gone, how it acts, and who made it. */
export function identitySaid(signal: About): Contribution {
  const { kind, identity, source, tenant } = signal;
  const deleted = kind === "identity.deleted" ? "yes" : "no";
  const renamed = "renamed" in signal && signal.renamed ? "yes" : undefined;
  const common = { tenant, connector: source.connector, deleted, renamed };
  const made = madeSaid(signal);
  return {
    subject: { id: identity.id, kind: "identity", tenant },
    facts: {
      ...{ ...factsOf(source, common), ...namesOf(signal) },
      ...(kind === "identity.deleted" ? {} : actingFacts(signal)),
      ...(kind === "identity.seen" ? shownFacts(signal) : {}),
      ...made.facts,
    },
    turns: {},
    evidence: [
      ...made.evidence,
      ...(renamed ? [evidenceOf("identity-renamed", nobodyOf(identity.id), source)] : []),
      ...("owner" in signal && signal.owner !== undefined ? [evidenceOf("declared", signal.owner, source)] : []),
    ],
    edges: [...made.edges, ...(kind === "identity.deleted" ? [] : actingEdges(signal))],
  };
}

/** A list, or the event of a change, may tell the name without its path. */
const namesOf = ({ kind, identity: { realm, name }, source }: About): Contribution["facts"] =>
  factsOf(source, { realm, name }, ...(kind === "identity.seen" || kind === "identity.changed" ? [WEAK] : []));

/** What a list shows besides: its use, what bounds it, and who may act by it. */
function shownFacts(signal: SignalOf<"identity.seen">): Contribution["facts"] {
  const { source, lastUsed, reach, tags, groups, boundary, trusts, member } = signal;
  const facts = {
    ...{ reach: reach === "unknown" ? undefined : reach, tags: tags?.join(" ") },
    groups: groups && canonical([...groups].sort()),
    boundary: boundary === null ? NONE : boundary,
    trusts: trusts === null ? MANY : trusts && canonical([...trusts].sort()),
    member: member && canonical({ ...member, roles: [...member.roles].sort() }),
  };
  return { ...factsOf(source, facts), ...allowedFacts(signal), ...useOf(source, lastUsed) };
}

const NONE = "none";
const MANY = "too many";

/** Only whoever makes it says anything of whose it is: not who renames it, nor who changes it. */
function madeSaid(signal: About): Pick<Contribution, "facts" | "evidence" | "edges"> {
  if (signal.kind !== "identity.created" || signal.renamed) return { facts: {}, evidence: [], edges: [] };
  const { by, source, identity } = signal;
  return {
    facts: makingOf(by, source),
    evidence: deedOf("identity-made", by, source),
    edges: madeIn(by, identity.id, source),
  };
}

function actingFacts(signal: Acts): Contribution["facts"] {
  const { source, type, role, authorizer, uses } = signal;
  return factsOf(source, {
    ...{ type, role, authorizer },
    uses: uses && digest([...uses].sort()),
    log: "log" in signal && signal.log?.is !== "changed" ? signal.log?.is : undefined,
    owner: "owner" in signal ? signal.owner : undefined,
    createdAt: "createdAt" in signal ? signal.createdAt : undefined,
  });
}

/** The edge of the role lies under the role, so that whoever would take it down finds what acts by it. */
function actingEdges({ identity, source, role, uses = [], usedBy }: Acts): readonly Edge[] {
  const edge = (from: string, rel: Edge["rel"], to: string) => ({ from, rel, to, ...heldSince(source) });
  return [
    ...(role === undefined ? [] : [edge(roleId(identity.realm, role), "runs", identity.id)]),
    ...uses.map((one) => edge(identity.id, "uses", one)),
    ...(usedBy === undefined ? [] : [edge(usedBy, "uses", identity.id)]),
  ];
}

const heldSince = ({ occurredAt: at }: Source) => ({ first: at, last: at, retracted: undefined });

const roleId = (realm: string, role: string): IdentityId => derivedId("idn", realm, role);

/** By which role it acts, as it is known. */
export const roleBehind = ({ facts }: Pick<Subject, "facts">): IdentityId | undefined =>
  facts["role"] && roleId(facts["realm"]?.value ?? "", facts["role"].value);

/** Whether it acts by this role now: an edge of a role that it had before stays, and says nothing any more. */
export const runsAs = ({ facts }: Subject, role: string): boolean =>
  facts["deleted"]?.value !== "yes" && roleId(facts["realm"]?.value ?? "", facts["role"]?.value ?? "") === role;

/** Evidence is of some candidate; this one is nobody's account, and one for each name. */
const nobodyOf = (identity: string) => derivedId("acc", "renamed", identity);
