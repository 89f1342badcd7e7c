import type { EvidenceKind } from "./model.ts";

/** Evidence of one class tells the same thing again, however often it is said: it counts once. */
export type SourceClass = "issuance" | "identity" | "opening" | "consent" | "account" | "declaration";

/** Who could have made evidence up. Whoever may push to a repository also says what its pipelines do: no more than a holder is. */
export type Forger = "nobody" | "administrator" | "pusher" | "holder";

/** Neither who holds the credential nor who acts through it could have set it. */
export const isSound = ({ forgeableBy }: Pick<Kind, "forgeableBy">): boolean =>
  forgeableBy === "nobody" || forgeableBy === "administrator";

/** What one kind of evidence is worth by itself, how long, and who could have made it up. */
export interface Kind {
  readonly weight: number; // natural logarithm of the likelihood ratio
  readonly halfLife: number; // days
  readonly sourceClass: SourceClass;
  readonly forgeableBy: Forger;
  readonly byId?: true; // whoever could forge it: the candidate is an account's id, and no address
  readonly inferred?: true; // no id joins it to the candidate: with all that the holder could have written it is never certain
  readonly namesNobody?: true; // it makes "nobody we know" likelier, and no candidate
}

const DECADE = 3_650;

const OF_RUN = { byId: true, inferred: true } as const;
const NAMELESS = { namesNobody: true } as const;
const kind = (
  weight: number,
  halfLife: number,
  sourceClass: SourceClass,
  forgeableBy: Forger,
  more: Pick<Kind, "byId" | "inferred" | "namesNobody"> = {},
): Kind => ({ weight, halfLife, sourceClass, forgeableBy, ...more });

/**
 * Nobody starts a run under another's name: GitHub names whoever pushed, asked or ran it again. So whose runs were there is out
 * of the hands of the holder, whatever they write into commits and names of sessions. But who runs the repository decides what
 * others' runs do, and whether we hear of them; and a run that we did not hear of is nobody's rival. Where a tenth is not heard of,
 * and one runs every hour for the same ref, 4 in 100 of those named alone are wrong (test/laws/pipelines.test.ts): the weights
 * take that off what an id would be worth.
 *
 * The weights, in one place, so that a rebuild with another table is one change. Fitted by `npm run bench -- attribution-fit
 * --people 500 --seeds 20` on the odd seeds of 1 to 20, and measured on the even ones. What no estate has (SAML, names like a
 * person's) is set beside what is like it; half-lives are judgement. The fit would have runs of pipelines at 2.92: its repositories
 * are quieter than many, so they are kept to what a session is worth.
 * What is learned through a chain of sessions has the kind of the deed and of the hop that named somebody: exact ids join the
 * hops, and take nothing off. So a chain and a direct word of the same deed are of one class and count once.
 */
export const KINDS: Readonly<Record<EvidenceKind, Kind>> = {
  "issued-by": kind(2.92, DECADE, "issuance", "nobody"),
  "issued-in-sso-session": kind(2.79, DECADE, "issuance", "administrator"),
  "issued-in-saml-session": kind(2.74, DECADE, "issuance", "administrator"),
  "issued-under-source-identity": kind(2.5, 365, "issuance", "holder"),
  "issued-in-session": kind(2.5, 365, "issuance", "holder"),
  "identity-made-by": kind(2.63, DECADE, "identity", "nobody"),
  "identity-made-in-sso-session": kind(2.51, DECADE, "identity", "administrator"),
  "identity-made-in-saml-session": kind(2.47, DECADE, "identity", "administrator"),
  "identity-made-under-source-identity": kind(2.25, 365, "identity", "holder"),
  "identity-made-in-session": kind(2.25, 365, "identity", "holder"),
  "opened-by": kind(2.92, DECADE, "opening", "nobody"),
  "opened-in-sso-session": kind(2.79, DECADE, "opening", "administrator"),
  "opened-in-saml-session": kind(2.74, DECADE, "opening", "administrator"),
  "opened-under-source-identity": kind(2.5, 365, "opening", "holder"),
  "opened-in-session": kind(2.5, 365, "opening", "holder"),
  "opened-in-run": kind(2.79, DECADE, "opening", "administrator", OF_RUN),
  "issued-in-run": kind(2.79, DECADE, "issuance", "administrator", OF_RUN),
  "identity-made-in-run": kind(2.51, DECADE, "identity", "administrator", OF_RUN),
  "opened-in-long-run": kind(2.79, DECADE, "opening", "administrator", NAMELESS),
  "issued-in-long-run": kind(2.79, DECADE, "issuance", "administrator", NAMELESS),
  "identity-made-in-long-run": kind(2.51, DECADE, "identity", "administrator", NAMELESS),
  "opened-in-automatic-run": kind(2.79, DECADE, "opening", "administrator", NAMELESS),
  "issued-in-automatic-run": kind(2.79, DECADE, "issuance", "administrator", NAMELESS),
  "identity-made-in-automatic-run": kind(2.51, DECADE, "identity", "administrator", NAMELESS),
  "identity-renamed": kind(2.63, DECADE, "identity", "nobody", NAMELESS), // of what it takes away; it is never added to anything
  "authorised-by": kind(4.6, DECADE, "consent", "nobody"),
  "held-by": kind(0.3, DECADE, "account", "administrator"),
  "agent-of": kind(0.2, DECADE, "account", "administrator"), // below the address itself: whoever names an agent so says whose it was meant to be
  declared: kind(1.33, 365, "declaration", "holder"), // what makes old tags wrong is mostly that people left or moved, and that is reckoned by itself
  "declared-in-code": kind(1, 365, "declaration", "pusher", { byId: true }), // below a tag on the thing itself: it says who reviews the workflows, and often that is several. No estate has it
};

/** The chances that somebody handed on without a word what they had made. */
export interface HandedOn {
  readonly left: number; // before they left
  readonly moved: number; // when they moved to another team
}

/** All that the fold goes by. Another table over the same state is another attribution, and nothing is stored of either. */
export interface Weights {
  readonly kinds: Readonly<Record<EvidenceKind, Kind>>;
  readonly handedOn: HandedOn;
}

export const WEIGHTS: Weights = { kinds: KINDS, handedOn: { left: 0.03, moved: 0.03 } };
