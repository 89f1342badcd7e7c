import { randomBytes } from "node:crypto";
import { readConfig } from "@leasehold/app/config";
import { type FirstLook, firstLook } from "@leasehold/app/first-look";
import { sweepEstate } from "@leasehold/app/sweep";
import type { World } from "@leasehold/app/world";
import { endpointFor, profileAccount, regionFor } from "@leasehold/connectors/kit";
import { badInput, Fault, type FaultName } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { realClock } from "../clock/index.ts";
import { type Reader, readersOf } from "./readers.ts";

export interface Scan {
  readonly profile: string;
  readonly account: string | undefined; // another one is refused; left out: whose the profile is
  readonly regions: readonly string[] | undefined; // left out: the profile's own
  readonly note: (line: string) => void;
  readonly log: World["log"];
}
export interface Listing {
  readonly connector: string;
  readonly title: string;
  readonly whole: boolean;
  readonly seen: number;
  readonly stopped: FaultName | undefined; // what AWS answered instead of a page
}
export interface Scanned {
  readonly account: string;
  readonly regions: readonly string[];
  readonly lists: readonly Listing[];
  readonly look: FirstLook;
}

/** A first look at one account, with nothing installed: what is learned stays in memory, and ends with it. */
export async function scan({ profile, account: named, regions: given, note, log }: Scan): Promise<Scanned> {
  const clock = realClock();
  const regions = regionsOf(given ?? [regionFor(profile) ?? ANYWHERE]);
  const [region = ANYWHERE] = regions;
  const account = await profileAccount(profile, { region, endpoint: endpointFor("STS", profile) });
  if (named !== undefined && named !== account)
    throw badInput("this profile is of another account than --account names", { profile, named, found: account });
  const { readers, unread } = await readersOf({ account, profile, regions }, clock);
  const file = openFile(":memory:");
  try {
    const world = worldOf(file, readers, { clock, log });
    const lists: Listing[] = [];
    const refused: string[] = [];
    for (const reader of readers) lists.push(await listed(world, reader, note, refused));
    const look = await firstLook(world);
    const notVisible = [...look.notVisible, ...refused, ...unread.map(needsMore), onlyIn(regions), NOBODY_ASKED];
    return { account, regions, lists, look: { ...look, whole: lists.every(({ whole }) => whole), notVisible } };
  } finally {
    file.close();
  }
}

const ANYWHERE = "us-east-1";

function regionsOf(named: readonly string[]): readonly string[] {
  if (named.every((one) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(one))) return [...new Set(named)];
  const found = named.join(",").slice(0, 100);
  throw badInput("name Regions, with a comma between them, as eu-central-1,us-east-1", { flag: "--region", found });
}

const needsMore = (title: string) => `${title} was not looked at: it needs settings of its own, in a configuration.`;
const onlyIn = (regions: readonly string[]) =>
  `Of what lives in Regions, only ${regions.join(", ")} was looked in: \`--region\` names others.`;
const NOBODY_ASKED =
  "No directory was asked who still works here: of nobody is it known that they are active, or have left.";

async function listed(world: World, { id, title }: Reader, note: Scan["note"], refused: string[]): Promise<Listing> {
  note(`listing ${title}`);
  let seen = 0;
  const kept = async (page: { readonly seen: readonly string[] }) => {
    seen += page.seen.length;
    note(`listing ${title}: ${seen} seen`);
  };
  try {
    const swept = await sweepEstate(world, id, { kept });
    if (swept.stopped !== undefined) refused.push(...(await whyOf(world, id, title)));
    return { connector: id, title, whole: swept.whole, seen: swept.seen, stopped: swept.stopped };
  } catch (error) {
    // what nobody planned for ends one list, and not what the others say; its text may quote what AWS said
    const { name, message } = error instanceof Fault ? error : unplanned(error);
    refused.push(`${title} was not seen to its end: ${message}.`);
    return { connector: id, title, whole: false, seen, stopped: name };
  }
}

const unplanned = (error: unknown) => ({
  name: "Unexpected" as const,
  message: `AWS answered in a way that nobody planned for (${String((error as Partial<Error>).name)})`,
});

/** Which permission it was, as the sweep has noted it. */
async function whyOf(world: World, id: string, title: string): Promise<readonly string[]> {
  const findings = await world.findings.of(id);
  return findings.map(({ kind, facts }) => {
    const { permission } = facts;
    return `${title} was not seen to its end: ${kind}${typeof permission === "string" ? ` (${permission})` : ""}.`;
  });
}

/** All ports are there, so that the use cases are the same; nobody hears what is published, and nothing is ever started. */
function worldOf(
  file: ReturnType<typeof openFile>,
  readers: readonly Reader[],
  { clock, log }: Pick<World, "clock" | "log">,
): World {
  return {
    ...sqliteStore(file, clock),
    ...{ clock, log, config: readConfig({ fallback: { email: "nobody@example.com" } }) },
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    estate: { provider: (id) => readers.find((one) => one.id === id), providers: () => readers },
    publish: async (events) => events.map(({ key }) => key),
    runs: {
      start: async () => Promise.reject(new Error("a scan starts nothing")),
      wake: async () => Promise.reject(new Error("a scan wakes nothing")),
    },
  };
}
