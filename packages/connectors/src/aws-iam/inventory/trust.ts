import { MOST_TRUSTED } from "@leasehold/core/signal";
import * as z from "zod/mini";

const Text = z.string();
const Many = z.union([
  z.pipe(
    Text,
    z.transform((one) => [one]),
  ),
  z.array(Text),
]);
const Statement = z.object({
  Effect: Text,
  Action: z.optional(Many),
  NotAction: z.optional(Many),
  Principal: z.optional(z.union([Text, z.record(Text, Many)])),
  NotPrincipal: z.optional(z.unknown()),
  Condition: z.optional(z.record(Text, z.record(Text, z.union([Many, z.unknown()])))),
});
const Document = z.object({
  Statement: z.union([
    z.pipe(
      Statement,
      z.transform((one) => [one]),
    ),
    z.array(Statement),
  ]),
});
type Statement = z.infer<typeof Statement>;

const LONGEST = 256;

/**
 * Who may assume a role, each in a few words: `aws *`, `aws 444455556666`, `service lambda.amazonaws.com`, `oidc
 * token.actions.githubusercontent.com repo:acme/search:*`, `saml …`. Behind an AWS principal stands which conditions narrow it.
 * What is denied is not taken off: it may be fewer, never more. Null: more than are kept; undefined: it cannot be read.
 */
export function trustsOf(document: string | undefined): readonly string[] | null | undefined {
  const read = Document.safeParse(parsed(document));
  if (!read.success) return undefined;
  const all = read.data.Statement.filter(opens).flatMap(trustedBy);
  const distinct = [...new Set(all)].sort();
  return distinct.length > MOST_TRUSTED || distinct.some(({ length }) => length > LONGEST) ? null : distinct;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text?.startsWith("%") ? decodeURIComponent(text) : (text ?? "")); // IAM hands documents out URL-encoded
  } catch {
    return undefined;
  }
}

/** A statement about tags and source identities alone lets nobody in. */
const opens = ({ Effect, Action, NotAction }: Statement) =>
  Effect === "Allow" &&
  (NotAction !== undefined || (Action ?? []).some((one) => /^(\*|sts:(\*|Assume.*|a.*\*))$/i.test(one)));

function trustedBy({ Principal, NotPrincipal, Condition = {} }: Statement): readonly string[] {
  const conditions = conditionsIn(Condition);
  const narrowed = [...conditions.keys()].sort();
  const by = narrowed.length === 0 ? "" : ` if ${narrowed.join(", ")}`;
  if (NotPrincipal !== undefined || Principal === "*") return [`aws *${by}`];
  if (typeof Principal !== "object") return [];
  return Object.entries(Principal).flatMap(([kind, names]) =>
    names.flatMap((name) => {
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
  const subjects = conditions.get(`${name.toLowerCase()}:sub`) ?? ["*"];
  return subjects.map((subject) => `oidc ${name} ${subject}`);
}

/** Keys in small letters, as IAM compares them. A condition that excludes names nobody who is let in. */
function conditionsIn(condition: NonNullable<Statement["Condition"]>): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [test, keys] of Object.entries(condition)) {
    const names = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/.test(test);
    for (const [key, value] of Object.entries(keys)) {
      const values = names ? Many.safeParse(value).data : undefined;
      const known = all.get(key.toLowerCase());
      all.set(
        key.toLowerCase(),
        values === undefined ? (known ?? ["*"]) : [...(known ?? []).filter((one) => one !== "*"), ...values],
      );
    }
  }
  return all;
}
