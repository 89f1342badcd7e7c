import { digest } from "@leasehold/core/kernel";

type Json = Readonly<Record<string, unknown>>;

/** What is known of a permission set's inline policy: whether our statement about one user is in it, and what is not of ours. */
export interface Policy {
  readonly ours: "none" | "unclear" | Json; // unclear: it cannot be read, or a statement of our name is another's
  readonly beside?: string | undefined; // as ours has it: the rest of the permission set when it was written, in short
  readonly rest: readonly Json[]; // no statement of ours, about whomever
}

const SID = "LeaseholdEndsSessions";
const BESIDE = "At"; // in no id of a user, so that none begins another's
const USER_ID = /^([0-9a-f]{10}-)?[\dA-Fa-f]{8}(-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/;

/** As Identity Store makes them: no wildcard and no variable of a policy is one. */
export const isUserId = (text: string): boolean => USER_ID.test(text);

const sidOf = (userId: string): string => `${SID}${userId.replaceAll("-", "")}${BESIDE}`;

/** Letters and digits, of which an Sid is made. */
export const inShort = (what: unknown): string =>
  digest(what)
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 24);

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/prereqs-revoking-user-permissions.html */
const statementOf = (userId: string, beside: string): Json => ({
  ...{ Sid: `${sidOf(userId)}${beside}`, Effect: "Deny", Action: "*", Resource: "*" },
  Condition: { StringEquals: { "identitystore:UserId": userId } },
});

export function policyIn(text: string, userId: string): Policy {
  const statements = statementsIn(text);
  if (statements === undefined) return { ours: "unclear", rest: [] };
  const rest = statements.filter((one) => writtenFor(one) === undefined);
  const named = statements.filter(({ Sid }) => typeof Sid === "string" && Sid.startsWith(sidOf(userId)));
  const [one] = named;
  if (one === undefined) return { ours: "none", rest };
  const written = named.length === 1 ? writtenFor(one) : undefined;
  return written?.userId === userId ? { ours: one, beside: written.beside, rest } : { ours: "unclear", rest };
}

/** Everybody of whom a statement of ours is in it. */
export function deniedIn(text: string): readonly string[] {
  const ids = (statementsIn(text) ?? []).flatMap((one) => writtenFor(one)?.userId ?? []);
  return [...new Set(ids)].filter((id) => typeof policyIn(text, id).ours === "object");
}

/** Word for word as we write it, about whomever. */
function writtenFor(one: Json): { readonly userId: string; readonly beside: string } | undefined {
  const equals = isJson(one["Condition"]) ? one["Condition"]["StringEquals"] : undefined;
  const userId = isJson(equals) ? String(equals["identitystore:UserId"]) : "";
  const beside = String(one["Sid"]).slice(sidOf(userId).length);
  const isOurs = isUserId(userId) && /^[A-Za-z0-9]{1,24}$/.test(beside) && isSame(one, statementOf(userId, beside));
  return isOurs ? { userId, beside } : undefined;
}

/** With ours before all others, whose text stays as it is, byte for byte, wherever they are a list. */
export function denying(text: string, userId: string, beside: string): string {
  const ours = statementOf(userId, beside);
  if (text.trim() === "") return JSON.stringify({ Version: "2012-10-17", Statement: [ours] });
  const wanted = { ...read(text), Statement: [ours, ...(statementsIn(text) ?? [])] };
  const at = [...text.matchAll(/"Statement"\s*:\s*\[/g)].map(({ index, 0: { length } }) => index + length);
  const spliced = at.map((from) => `${text.slice(0, from)}${JSON.stringify(ours)},${text.slice(from)}`);
  return spliced.find((one) => isSame(read(one), wanted)) ?? JSON.stringify(wanted);
}

/** Without it, and all else as it stands; undefined where it was all, and so no policy. */
export function allowing(text: string, userId: string): string | undefined {
  const { ours } = policyIn(text, userId);
  if (typeof ours !== "object") return text;
  const left = (statementsIn(text) ?? []).filter((one) => one !== ours && !isSame(one, ours));
  if (left.length === 0) return undefined;
  const wanted = { ...read(text), Statement: left };
  const spliced = text.replace(`${JSON.stringify(ours)},`, () => "");
  return isSame(read(spliced), wanted) ? spliced : JSON.stringify(wanted);
}

function statementsIn(text: string): readonly Json[] | undefined {
  if (text.trim() === "") return [];
  const { Statement } = read(text) ?? {};
  const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return all.every(isJson) ? all : undefined;
}

function read(text: string): Json | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return isJson(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const isJson = (one: unknown): one is Json => typeof one === "object" && one !== null && !Array.isArray(one);

const isSame = (a: unknown, b: unknown): boolean => a !== undefined && digest(a) === digest(b);
