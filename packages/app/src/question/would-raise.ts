import { type Candidate, type Evidence, KINDS, type Owner, type SourceClass } from "@leasehold/core/attribution";
import type { Subject } from "@leasehold/core/lineage";

/** What would make the first candidate surer, each a sentence that says what to do. Nothing where it is certain. */
export function wouldRaise(
  { kind, facts }: Subject,
  candidates: readonly Candidate[],
  owner: Owner | undefined,
): readonly string[] {
  if (owner?.word === "certain") return [];
  const first = candidates[0];
  const has = new Set(first?.evidence.map((one) => KINDS[one.kind].sourceClass));
  if (has.has("issuance")) has.add("identity"); // one act: the other tells nothing more
  if (first?.evidence.every(isInferred)) has.add("declaration"); // it would not make them certain
  const missing = CLASSES.filter(([one, of]) => of(kind, facts["scopes"] !== undefined) && !has.has(one));
  const forgeable = first !== undefined && !first.unforgeable;
  const isPushed = first?.evidence.some(({ kind: one }) => KINDS[one].forgeableBy === "pusher");
  const writers = `whoever holds it${isPushed ? " or may push to its repository" : ""}`;
  return [
    ...missing.map(([, , sentence]) => sentence),
    ...(forgeable ? [`All that speaks for the first candidate could have been written by ${writers}.`] : []),
    first === undefined ? "Ask whoever administers it to name its owner." : "Ask the first candidate to accept it.",
  ];
}

const isInferred = ({ kind }: Evidence): boolean => KINDS[kind].inferred === true;

type Row = readonly [SourceClass, (kind: Subject["kind"], isGrant: boolean) => boolean, string];
const CLASSES: readonly Row[] = [
  ["consent", (_kind, isGrant) => isGrant, "Import the event of the consent: it names whoever gave it."],
  [
    "issuance",
    (kind, isGrant) => kind === "credential" && !isGrant,
    "Import the event that issued it: it names whoever made it.",
  ],
  ["opening", (kind) => kind === "session", "Import the event that opened it: it names whoever asked for it."],
  ["identity", (kind) => kind !== "session", "Import the event that made the identity: it names whoever made it."],
  [
    "declaration",
    (kind, isGrant) => kind === "credential" && !isGrant,
    "Name its owner in a tag: where that is whoever made it, the two together are certain.",
  ],
];
