import { KINDS, type Kind, WEIGHTS, type Weights } from "@leasehold/core/attribution";

/** What is fitted, and how far it may go. All else in the table follows from these, or no estate tells anything about it. */
export const FREE = {
  by: [0.5, 2.92], // who made it, by an id: alone never certain, because some make things for others
  sso: [0.4, 2.92],
  run: [0.4, 2.92], // whose run of a pipeline it was, found by place and time
  sourceIdentity: [0.3, 2.5],
  sessionName: [0.2, 2.5],
  identity: [0.5, 0.9], // of that, where it is known of the identity only: some make users for whole teams
  consent: [2, 4.6], // 0.99 and no more
  declared: [0.2, 2.6],
  left: [0, 0.03], // more, and nothing of a leaver's would be certain; see docs/attribution.md
  moved: [0, 0.1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Free = Readonly<Record<keyof typeof FREE, number>>;

const SAML_LESS = 0.05; // many set their own subject; no estate has any

/** As shipped. */
export const shipped = (): Free => ({
  by: weightOf("issued-by"),
  sso: weightOf("issued-in-sso-session"),
  run: weightOf("issued-in-run"),
  sourceIdentity: weightOf("issued-under-source-identity"),
  sessionName: weightOf("issued-in-session"),
  identity: rounded(weightOf("identity-made-by") / weightOf("issued-by")),
  consent: weightOf("authorised-by"),
  declared: weightOf("declared"),
  ...WEIGHTS.handedOn,
});

const weightOf = (kind: keyof typeof KINDS): number => KINDS[kind].weight;

export function weightsFrom(free: Free): Weights {
  const shown = {
    by: free.by,
    "in-sso-session": free.sso,
    "in-saml-session": free.sso - SAML_LESS,
    "in-run": free.run,
    "in-long-run": free.run,
    "in-automatic-run": free.run,
    "under-source-identity": free.sourceIdentity,
    "in-session": free.sessionName,
  };
  const deeds = Object.entries(shown).flatMap(([how, weight]) => [
    [`issued-${how}`, weight],
    [`opened-${how}`, weight],
    [`identity-made-${how}`, weight * free.identity],
  ]);
  const fitted: Readonly<Record<string, number>> = {
    ...Object.fromEntries(deeds),
    ...{ "authorised-by": free.consent, declared: free.declared },
  };
  const kinds = Object.fromEntries(
    Object.entries(KINDS).map(([kind, of]: [string, Kind]) => [
      kind,
      { ...of, weight: rounded(fitted[kind] ?? of.weight) },
    ]),
  ) as Weights["kinds"];
  return { kinds, handedOn: { left: rounded(free.left), moved: rounded(free.moved) } };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** What is harder to forge weighs no less. */
export const isInOrder = ({ by, sso, run, sourceIdentity, sessionName, declared, identity }: Free): boolean =>
  by >= sso &&
  by >= run &&
  run >= sourceIdentity &&
  run * identity >= declared &&
  sso - SAML_LESS >= sourceIdentity &&
  sourceIdentity >= sessionName &&
  (sso - SAML_LESS) * identity >= declared;
