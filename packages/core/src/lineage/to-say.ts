import type { Owner } from "../attribution/index.ts";
import type { Instant } from "../kernel/index.ts";
import { exposureOf } from "./exposed.ts";
import type { Contribution, Found, Node, PendingName, Subject } from "./model.ts";
import { currentRun, departureOf, isVanished, knownBefore } from "./standing.ts";

/** How the signals came that made this write. */
export interface Delivery {
  readonly live: boolean; // an import or a replay says nothing to anybody
  readonly recordedAt: Instant;
  readonly installed: Instant;
  readonly found?: Found | undefined; // what we asked for ourselves, and no event brought
  readonly aboutStanding: boolean; // one of them says how the account stands
  readonly switched: boolean; // one of them is an event of switching it on or off, not a look at it
}

/** How signals came, for one subject of theirs. */
export function deliveryOf(
  came: Omit<Delivery, "aboutStanding" | "switched">,
  said: readonly Pick<Contribution, "facts">[],
): Delivery {
  return {
    ...came,
    aboutStanding: said.some(({ facts }) => facts["standing"] !== undefined || facts["vanished"] !== undefined),
    switched: said.some(({ facts }) => facts["state"] !== undefined && facts["type"] === undefined),
  };
}

export interface ToSay {
  readonly names: readonly PendingName[];
  readonly announced: Instant | undefined; // the departure that was last announced, from now on
  readonly reported: boolean; // it has left, and that is for the report: from before us, or nobody can tell since when
}

/** What a write must announce, beside what is waiting already. Pure: the sweep asks it before it writes at all. */
export function toSay(before: Node | undefined, after: Subject, owner: Owner | undefined, how: Delivery): ToSay {
  if (!how.live) return nothing(before);
  if (after.kind === "account") return ofAccount(before, after, how);
  if (after.kind === "identity" || after.kind === "session") return nothing(before);
  const names = [
    ...(hasLeaked(before, after, how) ? (["credential.exposed"] as const) : []),
    ...(before && hasChanged(before, after, how) ? (["credential.changed"] as const) : []),
    ...(before && hasNewOwner(before, owner) ? (["owner.changed"] as const) : []),
  ];
  return { ...nothing(before), names };
}

const nothing = (before: Node | undefined): ToSay => ({ names: [], announced: before?.announced, reported: false });

function ofAccount(before: Node | undefined, after: Subject, how: Delivery): ToSay {
  const standing = how.aboutStanding ? ofStanding(before, after, how) : nothing(before);
  const moved: readonly PendingName[] = isNew("moved", before, after, how) ? ["person.moved"] : [];
  return { ...standing, names: [...standing.names, ...moved] };
}

function ofStanding(before: Node | undefined, after: Subject, how: Delivery): ToSay {
  const departure = departureOf(after);
  if (departure !== undefined) return ofDeparture(before, after, departure, how);
  if (isBack(before, after)) return { names: ["person.reinstated"], announced: undefined, reported: false };
  if (HELD.some((standing) => isHeld(standing, before, after, how)) || hasVanished(before, after, how))
    return { ...nothing(before), names: ["person.held"] };
  return nothing(before);
}

/** Announced is state of its own: what was imported is known and not yet said, and what was said is not said again by the next source. */
function ofDeparture(before: Node | undefined, after: Subject, departure: Instant, how: Delivery): ToSay {
  const { announced } = nothing(before);
  if (announced !== undefined && announced >= departure) return nothing(before);
  if (departure < how.installed || hasNoDate(after, departure, how)) return { ...nothing(before), reported: true };
  return { names: ["person.left"], announced: departure, reported: false };
}

/** A list that dates by the look met somebody who had left when we first looked: that may have been years ago. */
function hasNoDate(after: Subject, departure: Instant, { recordedAt }: Delivery): boolean {
  const { left, standing } = after.facts;
  const datedByLook = standing !== undefined && standing.at >= recordedAt;
  return datedByLook && !(left && left.at >= departure) && !knownBefore(after, "departed");
}

function isBack(before: Node | undefined, after: Subject): boolean {
  if (before === undefined || after.facts["standing"]?.value !== "active") return false;
  const was = before.subject.facts["standing"]?.value;
  if (isVanished(before.subject) && !isVanished(after)) return true;
  return before.announced !== undefined || was === "departed" || HELD.some((held) => held === was);
}

const HELD = ["suspended", "on-leave"] as const;

function isHeld(
  standing: (typeof HELD)[number],
  before: Node | undefined,
  after: Subject,
  { installed }: Delivery,
): boolean {
  const since = currentRun(after, standing);
  if (since === undefined || since < installed || before?.subject.facts["standing"]?.value === standing) return false;
  return (standing === "suspended" && after.facts["held"] !== undefined) || knownBefore(after, standing);
}

const hasVanished = (before: Node | undefined, after: Subject, how: Delivery): boolean =>
  isVanished(after) && isNew("vanished", before, after, how);

/** Each further word of it counts: it may have leaked twice. */
function hasLeaked(before: Node | undefined, after: Subject, { installed }: Delivery): boolean {
  const leaked = exposureOf(after);
  return leaked !== undefined && leaked.at >= installed && leaked.at !== (before && exposureOf(before.subject)?.at);
}

function isNew(name: string, before: Node | undefined, after: Subject, { installed }: Delivery): boolean {
  const fact = after.facts[name];
  return fact !== undefined && fact.at >= installed && fact.at !== before?.subject.facts[name]?.at;
}

/** Switched off and on again between two looks is a change too: then only an event's time has moved. */
function hasChanged(before: Node, after: Subject, { switched }: Delivery): boolean {
  const [was, is] = [before.subject.facts["state"], after.facts["state"]];
  return was !== undefined && is !== undefined && (was.value !== is.value || (switched && was.at !== is.at));
}

const hasNewOwner = (before: Node, owner: Owner | undefined): boolean =>
  owner !== undefined && owner.confidence >= 0.8 && owner.account !== before.owner?.account;
