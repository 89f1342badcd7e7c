import type { Config, Group } from "@leasehold/app/config";
import { type GroupSize, groupSizes } from "@leasehold/app/groups";
import { badInput, Fault, instantOf } from "@leasehold/core/kernel";
import type { Call } from "../../command/index.ts";
import { secretsOf } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";

/** What a check says of one group: how many are in it, or what keeps this machine from asking. */
export type GroupRead = Group & { readonly where: string } & (
    | { readonly people: number }
    | { readonly unread: string }
  );

/**
 * Asks the directory of each group that decides something, where this machine has the credentials that the file names. A group
 * that cannot be read, or with nobody in it, is an error here, and not when somebody must decide.
 */
export async function groupsNow({ io }: Pick<Call, "io">, config: Config): Promise<readonly GroupRead[]> {
  const named = [...config.security, ...config.operators].filter((one) => typeof one !== "string");
  if (named.length === 0) return [];
  const wanted = Object.entries(config.connectors).filter(([id]) => named.some(({ connector }) => connector === id));
  const { realEstate } = await import("@leasehold/local/laptop");
  const restricted = { ...config, connectors: Object.fromEntries(wanted) };
  const { estate } = await realEstate(
    restricted,
    secretsOf(io),
    () => instantOf(Date.now()),
    () => {},
  );
  return readings(await groupSizes({ estate }, config));
}

/** Faults become errors that name the field; only that this machine holds no credentials is none. */
export function readings(sizes: readonly GroupSize[]): readonly GroupRead[] {
  const wrong = sizes.flatMap((one) => wrongIn(one));
  const away = sizes.find(({ read }) => "not" in read && AWAY.includes(read.not.name));
  if (wrong.length === 0 && away !== undefined && "not" in away.read)
    throw new Fault(away.read.not.name, "a group could not be read just now: try again", {
      ...{ where: away.where, connector: away.connector, group: away.group },
    });
  if (wrong.length > 0)
    throw badInput(
      `a group that decides must be readable, and have somebody in it: ${wrong.map(({ what }) => what).join("; ")}`,
      {
        where: wrong.map(({ where }) => where).join(", "),
      },
    );
  return sizes.map(({ read, ...one }) =>
    "not" in read ? { ...one, unread: needs(read.not) ?? "" } : { ...one, ...read },
  );
}

const AWAY: readonly string[] = ["Unavailable", "Throttled"];

/** The variable or profile that this machine would need; undefined where something else is wrong. */
function needs({ facts }: Fault): string | undefined {
  const { variable, profile } = facts;
  if (typeof variable === "string") return `the variable ${variable}`;
  return typeof profile === "string" ? `credentials for the AWS profile ${profile}` : undefined;
}

function wrongIn({
  where,
  connector,
  group,
  read,
}: GroupSize): readonly { readonly where: string; readonly what: string }[] {
  const of = `${where}: group ${group} of ${connector}`;
  if (!("not" in read)) return read.people > 0 ? [] : [{ where, what: `${of}: nobody is in it` }];
  const { name, message, facts } = read.not;
  if (AWAY.includes(name) || needs(read.not) !== undefined) return [];
  const permission = facts["permission"];
  return [{ where, what: `${of}: ${typeof permission === "string" ? `grant ${permission}` : message}` }];
}

export function groupLine(one: GroupRead): string {
  const of = `${one.where}: group ${one.group} of ${one.connector}`;
  return "people" in one
    ? `${of}: ${count(one.people, "person", "people")} in it, read just now`
    : `${of}: not read, this machine has not ${one.unread}; \`leasehold doctor\` reads it where Leasehold runs`;
}
