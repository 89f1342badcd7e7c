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
  readonly regions: ReadonlySet<string> | undefined; // or instances, that were listed; undefined where the list knows of none
}

/** A list shows the types of credential and identity, in the tenants, that at least one line of it is about; of others it says nothing. */
export const kindOf = (tenant: string, type: string): string => JSON.stringify([tenant, type]);
const tenantIn = (kind: string): string => String(JSON.parse(kind)[0]);

const SETTLES = 0.25; // hours; what is younger may be missing from a list that was made before it

/** What the graph has and a list does not. */
export interface Absent {
  readonly gone: readonly Signal[]; // believe it only where every page was whole
  readonly unlooked: readonly string[]; // tenants, Regions and instances in which credentials are known, and nobody looked
}

export async function absentFrom({ graph }: Pick<World, "graph">, shown: Shown): Promise<Absent> {
  const gone: Signal[] = [];
  const unlooked = new Set<string>();
  const tenants = new Set([...shown.kinds].map(tenantIn));
  for (const kind of listsIdentities(shown) ? (["credential", "identity"] as const) : (["credential"] as const))
    for await (const { value } of each((cursor) => graph.list(kind, cursor))) {
      const { subject } = value;
      if (isMissing(subject, shown) && !isHeldOff(value)) gone.push(goneAt(subject, shown));
      if (kind === "credential" && isThere(subject, shown)) unlooked.add(passedOver(subject, tenants, shown) ?? "");
    }
  return { gone, unlooked: [...unlooked].filter((one) => one !== "").sort() };
}

function isThere({ facts }: Subject, { connector }: Shown): boolean {
  const { connector: of, state } = facts;
  return of?.value === connector && state !== undefined && state.value !== "deleted";
}

/** Where it lies, if nobody looked there: its account is configured no longer, or its Region, or the instance it is of. */
function passedOver(subject: Subject, tenants: ReadonlySet<string>, { seen, regions }: Shown): string | undefined {
  if (seen.has(subject.id)) return undefined;
  if (!tenants.has(subject.tenant)) return subject.tenant;
  const within = liesIn(subject);
  return within !== undefined && regions?.has(within) === false ? within : undefined;
}

/** Of most providers the list names credentials alone, and then no identity is looked at. */
const listsIdentities = ({ seen }: Shown): boolean => [...seen].some((id) => id.startsWith("idn_"));

function isMissing(subject: Subject, { connector, began, seen, kinds, regions }: Shown): boolean {
  const { id, kind, tenant, facts } = subject;
  if (seen.has(id) || facts["connector"]?.value !== connector) return false;
  const there = facts[kind === "identity" ? "deleted" : "state"];
  if (there === undefined || there.value === (kind === "identity" ? "yes" : "deleted")) return false;
  if (there.at > later(began, -SETTLES)) return false;
  if (regions?.has(liesIn(subject) ?? "") === false) return false; // nobody looked there, or nobody can tell
  return kinds.has(kindOf(tenant, facts["type"]?.value ?? ""));
}

/** A Region, or the instance of a permission set: as its handle has it, or the ARN or id in its name. Undefined where none of them tells. */
function liesIn({ facts }: Subject): string | undefined {
  const handle = Handle.safeParse(JSON.parse(facts["handle"]?.value ?? "{}")).data;
  const name = handle?.permissionSet ?? handle?.arn ?? facts["name"]?.value ?? "";
  return handle?.region ?? /^arn:[^:]+:[^:]+:([^:]+):/.exec(name)?.[1] ?? INSTANCE.exec(name)?.[1];
}

const Text = z.optional(z.string());
const Handle = z.object({ region: Text, permissionSet: Text, arn: Text });
const INSTANCE = /\b((?:sso)?ins-[\w.-]{16})\/ps-/;

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
