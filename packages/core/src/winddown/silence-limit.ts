import type { Rung, Standing } from "./model.ts";

/** Why silence stops at flagged, each a few words; none where it does not. The same doubts that `silenceLimit` has. */
export function doubtsOf(it: Standing): readonly string[] {
  const doubts: readonly (readonly [boolean, string])[] = [
    [it.mode !== "act", `its connector's mode is ${it.mode}`],
    [it.owner === undefined, "nobody is known to own it"],
    [!it.departed, "its owner has not left, as far as the directory says"],
    [it.shared, "several people use it"],
    [it.contested, "somebody switched it on after us, it was undone, or what became of it is not known"],
    [!it.unforgeable, "whoever holds it could have set all that names its owner"],
    [it.inUse === true, "it is in use"],
    [it.inUse === undefined, "nobody can say whether it is in use"],
    [!(it.confidence >= 0.8), "its owner is not certain enough"],
  ];
  return doubts.flatMap(([stands, words]) => (stands ? [words] : []));
}

/** How far a credential may be taken when nobody answers. Every doubt stops it higher up. */
export function silenceLimit(it: Standing): Rung {
  if (it.mode !== "act" || it.owner === undefined || !it.departed || it.shared || it.contested || !it.unforgeable)
    return "flagged";
  if (it.inUse !== false || !(it.confidence >= 0.8)) return "flagged"; // unknown counts as in use; what is no number is no confidence
  return it.confidence >= 0.95 ? "disabled" : "quarantined";
}
