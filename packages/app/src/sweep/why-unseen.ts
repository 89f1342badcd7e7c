import type { Owner } from "@leasehold/core/attribution";
import type { Instant } from "@leasehold/core/kernel";
import { departureOf, type Node, type Subject } from "@leasehold/core/lineage";
import type { Standing } from "@leasehold/core/person";

export interface Case {
  readonly credential: Subject;
  readonly owner: Owner | undefined;
  readonly standing: Standing;
  readonly account: Node | undefined; // the owner's, whose directory said how they stand
  readonly installed: Instant;
}
export interface Why {
  readonly because: string; // why it is an orphan
  readonly noEvent: string; // why no event opened anything for it
}

/** Why a credential has no owner in good standing, and why no event said so. Undefined where it has one. */
export function whyUnseen(it: Case): Why | undefined {
  const { owner, standing } = it;
  if (owner === undefined) return { because: "Nobody is a candidate.", noEvent: noIssuer(it) };
  if (owner.word === "unknown")
    return { because: "There are candidates, and none of them is likely.", noEvent: noIssuer(it) };
  if (standing.value === "active") return undefined;
  if (standing.value === "departed") return { because: "Its owner has left.", noEvent: noDeparture(it) };
  if (standing.value === "unknown")
    return {
      because: "No directory knows its owner.",
      noEvent: "No directory that is configured lists the owner's account, so no event of theirs can come.",
    };
  const since = standing.since === undefined ? "" : ` since ${standing.since}`;
  return {
    because: `Its owner is ${standing.value === "on-leave" ? "on leave" : standing.value}${since}.`,
    noEvent: "No departure has happened: this is a hold, which asks and never acts.",
  };
}

function noIssuer({ credential: { facts }, installed }: Case): string {
  const created = facts["createdAt"]?.value;
  if (created === undefined) return "Only a list knows it: no event that issued it was seen.";
  if (created < installed)
    return `It was made on ${created}, before the installation; no event of that time was imported that names a person.`;
  return "The event that made it names no person, or was not seen: it was a role, a service, or an event that did not come.";
}

function noDeparture({ account, installed }: Case): string {
  const departure = account && departureOf(account.subject);
  if (account === undefined || departure === undefined)
    return "The departure is another account's: no event named this one.";
  const left = account.subject.facts["left"];
  if (account.announced !== undefined && account.announced >= departure)
    return left === undefined || left.at < departure
      ? `No event was seen: a list of ${connectorOf(account)} says so since ${departure}, and it was announced then.`
      : `The event of ${departure} was seen and announced; its case has not taken this down yet.`;
  if (departure < installed)
    return `The departure of ${departure} is from before the installation: it was reported, not announced.`;
  return left === undefined || left.at < departure
    ? `No event was seen: a list of ${connectorOf(account)} says so, and nobody knows since when.`
    : `The event of ${departure} was imported as history, which announces nothing.`;
}

const connectorOf = ({ subject }: Node) => subject.facts["connector"]?.value ?? "the directory";
