import type { Rung, Standing } from "./model.ts";

/** How far a credential may be taken when nobody answers. Every doubt stops it higher up. */
export function silenceLimit(it: Standing): Rung {
  if (it.mode !== "act" || it.owner === undefined || !it.departed || it.shared || it.contested || !it.unforgeable)
    return "flagged";
  if (it.inUse !== false || !(it.confidence >= 0.8)) return "flagged"; // unknown counts as in use; what is no number is no confidence
  return it.confidence >= 0.95 ? "disabled" : "quarantined";
}
