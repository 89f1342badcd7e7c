import { type CredentialId, type Instant, later } from "@leasehold/core/kernel";
import type { Node, Subject } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { each, type World } from "../world/index.ts";

/** What a whole list has shown: everything that stands on it, and which kinds of thing it lists at all. */
export interface Shown {
  readonly connector: string;
  readonly began: Instant;
  readonly seen: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>; // by kindOf
  readonly regions: ReadonlySet<string> | undefined; // that were listed; undefined where the list knows of none
}

/** A list shows the types of credential and identity, in the tenants, that at least one line of it is about; of others it says nothing. */
export const kindOf = (tenant: string, type: string): string => JSON.stringify([tenant, type]);

const SETTLES = 0.25; // hours; what is younger may be missing from a list that was made before it

/** The credentials and identities that a whole list does not have any more. Ask only where every page was whole. */
export async function absentFrom({ graph }: Pick<World, "graph">, shown: Shown): Promise<readonly Signal[]> {
  const gone: Signal[] = [];
  for (const kind of listsIdentities(shown) ? (["credential", "identity"] as const) : (["credential"] as const))
    for await (const { value } of each((cursor) => graph.list(kind, cursor)))
      if (isMissing(value.subject, shown) && !isHeldOff(value)) gone.push(goneAt(value.subject, shown));
  return gone;
}

/** Of most providers the list names credentials alone, and then no identity is looked at. */
const listsIdentities = ({ seen }: Shown): boolean => [...seen].some((id) => id.startsWith("idn_"));

function isMissing(subject: Subject, { connector, began, seen, kinds, regions }: Shown): boolean {
  const { id, kind, tenant, facts } = subject;
  if (seen.has(id) || facts["connector"]?.value !== connector) return false;
  const there = facts[kind === "identity" ? "deleted" : "state"];
  if (there === undefined || there.value === (kind === "identity" ? "yes" : "deleted")) return false;
  if (there.at > later(began, -SETTLES)) return false;
  const region = regionOf(subject);
  if (region !== undefined && regions?.has(region) === false) return false; // nobody looked there
  return kinds.has(kindOf(tenant, facts["type"]?.value ?? ""));
}

/** As its handle has it, or the ARN that is its name; undefined of what lies in none. */
function regionOf({ facts }: Subject): string | undefined {
  const handle = Handle.safeParse(JSON.parse(facts["handle"]?.value ?? "{}"));
  return handle.data?.region ?? /^arn:[^:]+:[^:]+:([^:]+):/.exec(facts["name"]?.value ?? "")?.[1];
}

const Handle = z.object({ region: z.optional(z.string()) });

/** We took it down, and no list has a line for it while it is down: it is not gone, and can be put back. */
function isHeldOff({ subject, windDown, left }: Node): boolean {
  const ours = windDown !== undefined || left !== undefined;
  return ours && subject.facts["listed"]?.value === "while on";
}

/** A signal like any other, so that a rebuild from the archive comes to the same. */
function goneAt({ id, kind, tenant, facts }: Subject, { connector, began }: Shown): Signal {
  const said = {
    source: { connector, eventId: `list/${began}`, occurredAt: began },
    ...{ tenant, by: { realm: "leasehold", name: "a whole list", via: "unknown" } },
  };
  if (kind !== "identity") return Signal.parse({ kind: "credential.deleted", ...said, credential: id as CredentialId });
  const [realm, name] = [facts["realm"]?.value, facts["name"]?.value];
  return Signal.parse({ kind: "identity.deleted", ...said, identity: { id, realm, name } });
}
