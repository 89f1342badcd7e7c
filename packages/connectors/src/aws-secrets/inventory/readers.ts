import type { IdentityId } from "@leasehold/core/kernel";
import { MOST_TRUSTED } from "@leasehold/core/signal";
import { iamIdentity, iamRole } from "../../../kit/index.ts";

type Json = Readonly<Record<string, unknown>>;

const READS = /^(\*|secretsmanager:(\*|(batch)?get\*|(batch)?getsecret.*|g.*\*))$/i;

/**
 * The users and roles whom a secret's own policy lets read its value. Conditions and what is denied are not taken off: it may be
 * fewer, never more. Null where it lets in an account, everybody, or more than are kept. Services are no readers of ours.
 */
export function readersOf(policy: string | undefined): IdentityId[] | null | undefined {
  if (policy === undefined) return []; // it has none of its own
  const statements = parsed(policy)?.["Statement"];
  if (statements === undefined) return undefined; // what we cannot read is unknown, not nobody
  const all = many(statements).filter(isJson).filter(letsRead).map(namedBy);
  if (all.includes(null)) return null;
  const ids = [...new Set(all.flatMap((some) => some ?? []))].sort();
  return ids.length > MOST_TRUSTED ? null : ids;
}

function parsed(text: string): Json | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isJson(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

const isJson = (one: unknown): one is Json => typeof one === "object" && one !== null && !Array.isArray(one);
const many = (one: unknown): readonly unknown[] => (Array.isArray(one) ? one : one === undefined ? [] : [one]);
const texts = (one: unknown): readonly string[] => many(one).filter((value) => typeof value === "string");

const letsRead = ({ Effect, Action, NotAction }: Json): boolean =>
  Effect === "Allow" && (NotAction !== undefined || texts(Action).some((one) => READS.test(one)));

function namedBy({ Principal, NotPrincipal }: Json): readonly IdentityId[] | null {
  if (NotPrincipal !== undefined || !isJson(Principal)) return null; // "*" is everybody
  const ids = texts(Principal["AWS"])
    .filter((one) => !GONE.test(one))
    .map(identityIn);
  return ids.includes(undefined) ? null : ids.filter((one) => one !== undefined);
}

const GONE = /^A(ID|RO)A[A-Z0-9]+$/; // AWS puts its own id in the place of a user or role that was deleted

/** A principal without user or role is a whole account. */
function identityIn(principal: string): IdentityId | undefined {
  if (/^arn:aws[a-z-]*:iam::\d{12}:user\//.test(principal)) return iamIdentity(principal).id;
  return /^arn:aws[a-z-]*:iam::\d{12}:role\//.test(principal) ? iamRole(principal).id : undefined;
}
