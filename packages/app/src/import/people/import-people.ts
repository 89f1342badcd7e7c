import { type AccountId, badInput, derivedId, digest, type Instant } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import type { PeopleFile } from "../../config/index.ts";
import type { IngestPorts } from "../../ingest/index.ts";
import { inChunks, type Kept, type World } from "../../world/index.ts";
import { joinListed } from "../join-listed.ts";
import { missingFrom } from "./missing.ts";
import { type Member, type Roster, rosterOf } from "./roster.ts";

/** The source of a personnel system's file, as `authority` names it. */
export const PEOPLE_FILE = "people-file";

export type PeoplePorts = IngestPorts & Pick<World, "marks" | "clock" | "config">;

export interface PeopleGiven {
  readonly bytes: Uint8Array;
  readonly asOf: Instant; // when the file was made: what it says is so since then
  readonly acceptFewer?: boolean;
  readonly onProgress?: ((people: number, total: number) => void) | undefined;
}
export interface PeopleImported {
  readonly source: string;
  readonly people: number;
  readonly present: number; // active, on leave or suspended
  readonly before: number | undefined; // present in the file before
  readonly standing: Readonly<Record<string, number>>;
  readonly contractors: number;
  readonly leaving: number; // whose last day is to come: kept aside until then
  readonly contradictions: readonly number[]; // lines whose status and dates differ: nothing was said of how they stand
  readonly signals: number; // that said something new
  readonly writes: number;
  readonly asOf: Instant;
}

/** A file of people becomes accounts of a directory of its own. All of it is judged first; then it joins, as history does. */
export async function importPeople(world: PeoplePorts, given: PeopleGiven): Promise<PeopleImported> {
  const file = configured(world);
  const now = world.clock();
  const asOf = given.asOf > now ? now : given.asOf;
  const roster = rosterOf(given.bytes, file, now);
  const mark = `people/${file.source}`;
  const last = (await world.marks.get(mark))?.notes ?? {};
  const before = last["present"] === undefined ? undefined : Number(last["present"]);
  const present = roster.people.filter(isPresent).length;
  if (given.acceptFewer !== true) {
    guard(present, before);
    if (before !== undefined) guardLeavers(await leaversIn(world, roster, file.source), before);
  }
  const said = roster.people.map((one) => seenOf(one, { asOf, source: file.source }));
  const listed = roster.people.map(({ id }) => accountOf(file.source, id));
  const missing = await missingFrom(world, PEOPLE_FILE, listed, asOf);
  const joined = await joinListed(world, [...said, ...missing], { asOf, now, onProgress: given.onProgress });
  const ends = endsOf(roster, file.source);
  const known = String(last["aside"] ?? "")
    .split(" ")
    .filter(Boolean);
  const noted = (notes: typeof last, keys: readonly string[]) =>
    world.marks.put({ source: mark, stamp: asOf, at: now, notes: { ...notes, aside: keys.join(" ") } });
  const keys = ends.map(({ key }) => key);
  await noted(last, [...new Set([...known, ...keys])]); // before they are kept: a crash forgets none
  for (const end of ends) await world.later.put(end);
  await world.later.clear(known.filter((key) => !keys.includes(key)));
  await noted({ present }, keys);
  return { ...counted(roster), ...joined, source: file.source, present, before, asOf };
}

function configured({ config }: Pick<World, "config">): PeopleFile {
  if (config.people !== undefined) return config.people;
  throw badInput("the configuration does not say which column is what: people: { columns: { id: …, email: … } }", {
    where: "people.columns",
  });
}

const PRESENT = ["active", "on-leave", "suspended"];
const isPresent = ({ standing }: Member): boolean => PRESENT.includes(standing);

const LEAST = 0.95;

/** A half export looks like a wave of departures. */
function guard(present: number, before: number | undefined): void {
  if (before === undefined || present >= before * LEAST) return;
  throw badInput("over 5 % fewer people than in the last file: nothing was changed. If it is so, say --accept-fewer", {
    ...{ before, now: present, fewer: `${(100 * (1 - present / before)).toFixed(1)} %` },
  });
}

/** Whoever comes meanwhile makes up for nobody: two columns that were changed over leave as many as before. */
function guardLeavers(leave: number, before: number): void {
  if (before - leave >= before * LEAST) return;
  throw badInput("over 5 % of the people leave by this file: nothing was changed. If it is so, say --accept-fewer", {
    ...{ before, leave },
  });
}

/** How many the file says have left, of whom it last said that they work there. */
async function leaversIn({ graph }: PeoplePorts, { people }: Roster, source: string): Promise<number> {
  const gone = people.filter(({ standing }) => standing === "departed");
  const nodes = await inChunks(gone, ({ id }) => graph.node(accountOf(source, id)));
  return nodes.filter((node) => PRESENT.includes(node?.value.subject.facts["standing"]?.value ?? "")).length;
}

interface Of {
  readonly source: string;
  readonly asOf: Instant;
}

const accountOf = (source: string, id: string): AccountId => derivedId("acc", PEOPLE_FILE, source, id);

function seenOf(one: Member, { source, asOf }: Of): Signal {
  const { id, name, email, employeeNumber, team, manager, standing, left } = one;
  return Signal.parse({
    kind: "account.seen",
    source: { connector: PEOPLE_FILE, eventId: `${source}/${id}/${asOf}`, occurredAt: left ?? asOf },
    tenant: source,
    account: accountOf(source, id),
    handle: { source, id },
    ...{ standing, name, email, employeeNumber, team },
    manager: manager === undefined ? undefined : accountOf(source, manager),
    sameAs: email === undefined ? [] : [{ account: emailAccount(email), how: "email" }],
  });
}

/** Ends that are to come, to be kept aside until then: that day is no history, so it is announced. What an earlier file said of them and this one does not is taken back. */
const endsOf = ({ people }: Roster, source: string): readonly Kept[] =>
  people.flatMap((one) => {
    if (one.leaves === undefined) return [];
    const signal = endOf(one, source, one.leaves);
    return [{ key: digest(signal), signal, live: true, until: one.leaves }];
  });

/** It says the end alone, and is named by it: the same end in the next file is the same signal. */
const endOf = ({ id }: Member, source: string, leaves: Instant): Signal =>
  Signal.parse({
    kind: "account.seen",
    source: { connector: PEOPLE_FILE, eventId: `${source}/${id}/end/${leaves}`, occurredAt: leaves },
    ...{ tenant: source, account: accountOf(source, id), handle: { source, id }, standing: "departed", sameAs: [] },
  });

function counted({ people }: Roster) {
  const standing: Record<string, number> = {};
  for (const one of people) standing[one.standing] = (standing[one.standing] ?? 0) + 1;
  return {
    people: people.length,
    standing,
    contractors: people.filter(({ contractor }) => contractor).length,
    leaving: people.filter(({ leaves }) => leaves !== undefined).length,
    contradictions: people.filter(({ contradicts }) => contradicts).map(({ line }) => line),
  };
}
