import { digest } from "@leasehold/core/kernel";

type Json = Readonly<Record<string, unknown>>;

/** What is known of a secret's own policy: whether our statement is in it, and all else of it in short. */
export interface Policy {
  readonly reads: "Allowed" | "Denied" | "unclear"; // unclear: it cannot be read, or a statement of our name is another's
  readonly rest: string; // of everything that is not ours; "none" where there is nothing
}

const SID = "LeaseholdDenyReads";
const OURS = {
  ...{ Sid: SID, Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" },
};
const NONE = "none";

export function policyIn(text: string | undefined): Policy {
  if (text === undefined) return { reads: "Allowed", rest: NONE };
  const statements = statementsIn(text);
  if (statements === undefined) return { reads: "unclear", rest: NONE };
  const named = statements.filter(({ Sid }) => Sid === SID);
  const others = statements.filter(({ Sid }) => Sid !== SID);
  const isOurs = named.length === 1 && digest(plain(named[0] ?? {})) === digest(plain(OURS));
  return {
    reads: named.length === 0 ? "Allowed" : isOurs ? "Denied" : "unclear",
    rest: others.length === 0 ? NONE : digest(others),
  };
}

/** With our statement beside what is there, which is handed back as it was read. */
export function denying(text: string | undefined): string {
  const { Statement: _, ...rest } = text === undefined ? { Version: "2012-10-17" } : (JSON.parse(text) as Json);
  return JSON.stringify({ ...rest, Statement: [...statementsOf(text), OURS] });
}

/** Without it; undefined where nothing is left, and so no policy. */
export function allowing(text: string | undefined): string | undefined {
  const others = statementsOf(text).filter(({ Sid }) => Sid !== SID);
  if (text === undefined || others.length === 0) return undefined;
  return JSON.stringify({ ...(JSON.parse(text) as Json), Statement: others });
}

const statementsOf = (text: string | undefined) => (text === undefined ? [] : (statementsIn(text) ?? []));

function statementsIn(text: string): readonly Json[] | undefined {
  try {
    const { Statement } = JSON.parse(text) as Json;
    const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return all.every(isJson) ? all : undefined;
  } catch {
    return undefined;
  }
}

const isJson = (one: unknown): one is Json => typeof one === "object" && one !== null && !Array.isArray(one);

/** AWS may write one of something as a list of one, and everybody as all of AWS. */
const plain = ({ Principal, ...rest }: Json): Json =>
  Object.fromEntries(
    Object.entries({ ...rest, Principal: isJson(Principal) ? Principal["AWS"] : Principal }).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? value[0] : value,
    ]),
  );
