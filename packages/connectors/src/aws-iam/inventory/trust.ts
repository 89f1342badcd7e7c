import { MOST_TRUSTED } from "@leasehold/core/signal";

type Json = Readonly<Record<string, unknown>>;

const LONGEST = 256;

/**
 * Who may assume a role, each in a few words: `aws *`, `aws 444455556666`, `service lambda.amazonaws.com`, `oidc
 * token.actions.githubusercontent.com repo:acme/search:*`, `saml …`. Behind an AWS principal stands which conditions narrow it.
 * What is denied is not taken off: it may be fewer, never more. Null: more than are kept; undefined: it cannot be read.
 */
export function trustsOf(document: string | undefined): readonly string[] | null | undefined {
  const statements = parsed(document)?.["Statement"];
  if (statements === undefined) return undefined;
  const all = many(statements).filter(isJson).filter(opens).flatMap(trustedBy);
  const distinct = [...new Set(all)].sort();
  return distinct.length > MOST_TRUSTED || distinct.some(({ length }) => length > LONGEST) ? null : distinct;
}

function parsed(text: string | undefined): Json | undefined {
  try {
    const read: unknown = JSON.parse(text?.startsWith("%") ? decodeURIComponent(text) : (text ?? "")); // IAM hands documents out URL-encoded
    return isJson(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

const isJson = (one: unknown): one is Json => typeof one === "object" && one !== null && !Array.isArray(one);
const many = (one: unknown): readonly unknown[] => (Array.isArray(one) ? one : one === undefined ? [] : [one]);
const texts = (one: unknown): readonly string[] => many(one).filter((value) => typeof value === "string");
const entries = (one: unknown): readonly (readonly [string, unknown])[] => (isJson(one) ? Object.entries(one) : []);

/** A statement about tags and source identities alone lets nobody in. */
const opens = ({ Effect, Action, NotAction }: Json) =>
  Effect === "Allow" &&
  (NotAction !== undefined || texts(Action).some((one) => /^(\*|sts:(\*|Assume.*|a.*\*))$/i.test(one)));

function trustedBy({ Principal, NotPrincipal, Condition }: Json): readonly string[] {
  const conditions = conditionsIn(Condition);
  const by = conditions.size === 0 ? "" : ` if ${[...conditions.keys()].sort().join(", ")}`;
  if (NotPrincipal !== undefined || Principal === "*") return [`aws *${by}`];
  return entries(Principal).flatMap(([kind, names]) =>
    texts(names).flatMap((name) => {
      if (kind === "AWS") return [`aws ${name}${by}`];
      if (kind === "Service") return [`service ${name}`];
      return kind === "Federated" ? federated(name, conditions) : [];
    }),
  );
}

/** Of an OpenID Connect provider the subjects that are let in; where no condition speaks of them, everybody whom it vouches for. */
function federated(provider: string, conditions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (provider.includes(":saml-provider/")) return [`saml ${provider}`];
  const name = provider.replace(/^arn:[^/]*:oidc-provider\//, "");
  const named = conditions.get(`${name.toLowerCase()}:sub`) ?? [];
  return (named.length === 0 ? ["*"] : named).map((subject) => `oidc ${name} ${subject}`);
}

const SOURCE_IDENTITY = "sts:sourceidentity";

/**
 * The source identities that a role lets in, each by its whole name. None where a statement that lets somebody in asks for no
 * such name, or takes a pattern: then whose sessions there are cannot be told from its policy.
 */
export function sourceIdentitiesOf(document: string | undefined): readonly string[] {
  const all = many(parsed(document)?.["Statement"])
    .filter(isJson)
    .filter(opens)
    .map(({ Condition }) => namedExactly(Condition));
  return all.includes(undefined) ? [] : [...new Set(all.flatMap((one) => one ?? []))].sort();
}

function namedExactly(condition: unknown): readonly string[] | undefined {
  const keys = entries(condition).flatMap(([test, of]) => (/^String(Equals|Like)$/.test(test) ? entries(of) : []));
  const names = texts(keys.find(([key]) => key.toLowerCase() === SOURCE_IDENTITY)?.[1]);
  return names.length > 0 && names.every((one) => /^[\w+=,.@-]{2,64}$/.test(one)) ? names : undefined;
}

const NAMES = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/;

/** Keys in small letters, as IAM compares them, each with the values that it may have. A condition that excludes names nobody who is let in. */
function conditionsIn(condition: unknown): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [test, keys] of entries(condition))
    for (const [key, value] of entries(keys)) {
      const known = all.get(key.toLowerCase()) ?? [];
      all.set(key.toLowerCase(), NAMES.test(test) ? [...known, ...texts(value)] : known);
    }
  return all;
}
