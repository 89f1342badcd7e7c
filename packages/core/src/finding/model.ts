import { derivedId, type FindingId, type Instant } from "../kernel/index.ts";

export const FINDINGS = {
  "somebody changed it after us": "high",
  "outcome unknown": "high",
  "still alive": "critical",
  "tried after it was switched off": "low",
  "it has leaked": "critical",
  "not found and not confirmed gone": "medium",
  "nobody decided": "high",
  "waits for a person": "high",
  "the brake has no place": "high",
  "the brake tripped": "critical",
  "a hand is on the brake": "critical",
  "a backlog is held": "critical",
  "no desk took the question": "critical",
  "a trail is broken": "critical",
  "the store was restored": "critical",
  "off by an unknown hand": "high",
  "permission missing": "high",
  "provider unavailable": "medium",
  "false leaver": "medium",
  "issuance is on hold": "low",
  "back after their case was closed": "medium",
  "not on the list any more": "medium",
  "orphan credential": "high",
  "naked MCP server": "critical",
  "open to outsiders": "high",
  "the drill did not end": "high",
  "a source is silent": "critical",
  "dated in the future": "low",
  "calls were refused": "low",
  "the log stopped": "high",
  "the log was changed": "medium",
} as const satisfies Record<string, "low" | "medium" | "high" | "critical">;
export type FindingKind = keyof typeof FINDINGS;

/** What must not wait until somebody looks: whoever is on call is told at once, and once for each time that it is found. */
const PAGES: readonly FindingKind[] = [
  "it has leaked",
  "still alive",
  "the brake tripped",
  "a hand is on the brake",
  "a backlog is held",
  "no desk took the question",
  "a trail is broken",
  "the store was restored",
  "a source is silent",
];
export const isPaged = ({ kind }: Pick<Finding, "kind">): boolean => PAGES.includes(kind);

/** A judgement that something is wrong. The same thing found again is the same finding. */
export interface Finding {
  readonly id: FindingId;
  readonly kind: FindingKind;
  readonly severity: (typeof FINDINGS)[FindingKind];
  readonly about: string; // the id of a wind-down, credential, account or case; or a connector
  readonly at: Instant;
  readonly remedy: string; // what a person should do next, a sentence
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export function found(
  kind: FindingKind,
  about: string,
  at: Instant,
  remedy: string,
  facts: Finding["facts"] = {},
): Finding {
  return { id: derivedId("fnd", kind, about), kind, severity: FINDINGS[kind], about, at, remedy, facts };
}
