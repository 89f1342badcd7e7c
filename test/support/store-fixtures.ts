import type { Intent } from "@leasehold/app/world";
import type { Case, Decision } from "@leasehold/core/casework";
import { draw, type Receipt } from "@leasehold/core/connector";
import { type AccountId, type CredentialId, derivedId, type Instant, later } from "@leasehold/core/kernel";
import type { Edge, Fact, Node } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { Draft } from "@leasehold/core/trail";
import type { WindDown } from "@leasehold/core/winddown";
import { MONDAY } from "./clock.ts";

export const at = (hours: number): Instant => later(MONDAY, hours);
export const account = (name: string): AccountId => derivedId("acc", "okta", name);
export const credential = (name: string): CredentialId => derivedId("crd", "aws", name);

const EVENT = "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f";
const fact = (value: string): Fact => ({ value, at: at(-72), eventId: EVENT });
const seen = (value: string): Fact => ({ value, at: at(-24), eventId: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed" });

/** A credential as it comes to be after an event and a list: of the size that most have. */
export function aCredential(name: string, owner: AccountId | null = account("ada")): Node {
  const handle = JSON.stringify({
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    account: "111122223333",
    userName: `agent-${name}`,
  });
  return {
    subject: {
      ...{ id: credential(name), kind: "credential", tenant: "111122223333", turns: {}, statements: [] },
      facts: {
        connector: fact("aws-iam"),
        createdAt: fact(at(-72)),
        handle: fact(handle),
        identity: fact(derivedId("idn", "aws", name)),
        lastUsed: seen(at(-24)),
        reach: seen("write"),
        state: seen("on"),
        tenant: fact("111122223333"),
        type: fact("access key"),
      },
      evidence: (["issued-by", "declared"] as const).map((kind) => ({
        ...{ kind, candidate: owner ?? account("nobody"), source: "aws-iam", eventId: EVENT, at: at(-72) },
      })),
    },
    owner: owner ? { account: owner, confidence: 0.97, word: "certain", unforgeable: true, stated: false } : undefined,
    ...{ announced: undefined, openCase: undefined, windDown: undefined, contested: undefined, pending: [] },
  };
}

export function anAccount(name: string, standing: "active" | "departed" = "active", since = at(0)): Node {
  return {
    ...aCredential(name, null),
    subject: {
      ...{ id: account(name), kind: "account", tenant: "example", evidence: [], statements: [] },
      facts: { standing: { value: standing, at: since, eventId: "uid-1" }, name: fact(name) },
      turns: {
        standing: [
          { value: "active", at: at(-999) },
          { value: standing, at: since },
        ],
      },
    },
  };
}

export const anEdge = (to: string, over: Partial<Edge> = {}): Edge => ({
  ...{ from: derivedId("idn", "aws", "deploy"), rel: "holds", to, first: at(0), last: at(0), retracted: undefined },
  ...over,
});

export const draft = (did: string): Draft => ({ did, by: "leasehold", facts: {} });

const target = (id: CredentialId) => ({
  credential: id,
  handle: { account: "111122223333", userName: "agent-7", accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
});

const aPlan = (id: CredentialId) =>
  draw({
    ...{ verb: "disable", target: target(id), before: { status: "Active" }, wanted: { status: "Inactive" } },
    ...{ alsoAffects: [], refusals: [] },
  });

export const aReceipt = (id: CredentialId): Receipt => ({
  ...{ verb: "disable", target: target(id), before: { status: "Active" }, after: { status: "Inactive" } },
  ...{ changed: true, adopted: false },
});

export const WDC = "wdc_0193a1b2c3d40011223344556677889a";
export const CAS = "cas_0193a1b2c3d40011223344556677889b";

/** A wind-down in the middle of its way: a question was put, and it has been answered once. */
export const aWindDown = (id: WindDown["id"], name: string): WindDown => ({
  ...{ id, case: CAS, credential: credential(name), connector: "aws-iam", rung: "flagged" },
  ladder: [
    { to: "quarantined", reversibility: "R1", blast: "identity" },
    { to: "disabled", reversibility: "R1", blast: "credential" },
    { to: "deleted", reversibility: "R3", blast: "credential" },
  ],
  acts: [],
  question: {
    ...{ asked: at(0), until: at(72), token: aPlan(credential(name)).token, ifSilent: "goes down", last: false },
    ...{ custodian: account("grace"), decision: derivedId("dec", "first") },
  },
  ...{
    wants: undefined,
    tried: [account("sam")],
    answer: undefined,
    returned: undefined,
    snoozed: false,
    lives: 1,
    closed: undefined,
  },
});

export const anIntent = (id: CredentialId): Omit<Intent, "key" | "version"> => ({
  ...{ does: "descend", to: "disabled", plan: aPlan(id), onYesOf: undefined },
  ...{ at: at(72), actBy: later(at(72), 0.01), claimedUntil: later(at(72), 0.04) },
});

export const aCase = (name: string, accounts: readonly AccountId[] = [account(name)]): Case => ({
  ...{
    id: CAS,
    accounts,
    gate: "departed",
    items: [],
    status: "open",
    closed: undefined,
    completeness: undefined,
    lives: 1,
  },
  triggers: [{ kind: "left", subject: account(name), occurredAt: at(0), recordedAt: at(0), eventId: "uid-1" }],
});

export const aDecision = (name: string, custodian: AccountId = account("grace")): Decision => ({
  ...{
    id: derivedId("dec", name),
    case: CAS,
    custodian,
    items: [],
    tickets: [],
    asked: undefined,
    reminded: undefined,
  },
  ...{ until: at(72), last: false, heard: [], placed: false, rendered: "", closed: false },
});

export const aSignal = (name: string): Signal => ({
  ...{ kind: "credential.deleted", credential: credential(name), tenant: "111122223333" },
  source: { connector: "aws-iam", eventId: name, occurredAt: at(0) },
  by: { realm: "aws", name: "root", via: "unknown" },
});

/** One after another, whatever the order of the answers. */
export const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `n${String(n).padStart(2, "0")}`);
