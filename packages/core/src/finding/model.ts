import { derivedId, type FindingId, type Instant } from "../kernel/index.ts";

export const FINDINGS = {
  "somebody changed it after us": "high",
  "outcome unknown": "high",
  "still alive": "critical",
  "not found and not confirmed gone": "medium",
  "nobody decided": "high",
  "waits for a person": "high",
  "the brake has no place": "high",
  "the brake tripped": "critical",
  "a backlog is held": "critical",
  "no desk took the question": "high",
  "permission missing": "high",
  "provider unavailable": "medium",
  "false leaver": "medium",
  "orphan credential": "high",
  "dated in the future": "low",
} as const satisfies Record<string, "low" | "medium" | "high" | "critical">;
export type FindingKind = keyof typeof FINDINGS;

/** A judgement that something is wrong. The same thing found again is the same finding. */
export interface Finding {
  readonly id: FindingId;
  readonly kind: FindingKind;
  readonly severity: (typeof FINDINGS)[FindingKind];
  readonly about: string; // the id of a wind-down, credential, account or case
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
