import { matches, maySpeakOfWorkflows, type Rule, readCodeOwners, UNNAMED_WORKFLOW } from "@leasehold/core/code-owners";
import { type AccountId, badInput, type Instant } from "@leasehold/core/kernel";
import { CODE_OWNERS, contributions, type Fact, repositoryMaker } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { type IngestPorts, ingest } from "../../ingest/index.ts";
import type { World } from "../../world/index.ts";
import { textOf } from "../text.ts";
import { accountsNamed, type Named } from "./accounts.ts";

export interface OwnersGiven {
  readonly bytes: Uint8Array;
  readonly repository: string; // owner/name
  readonly file: string; // its path there
  readonly asOf: Instant; // when the file was so
  readonly acceptNone?: boolean;
  readonly onProgress?: ((accounts: number) => void) | undefined;
}
export interface OwnersImported {
  readonly repository: string;
  readonly file: string;
  readonly asOf: Instant;
  readonly rules: number; // lines that name files
  readonly lines: readonly Rule[]; // of these, those that may speak of workflows, as they stand there
  readonly general: Rule | undefined; // the one that holds for a workflow whose name nobody tells
  readonly accounts: number; // that were found for whom those lines name
  readonly teams: readonly string[]; // whose members are not visible
  readonly unknown: readonly string[]; // names of which GitHub has told nothing yet
  readonly ambiguous: readonly string[]; // names that two accounts had on one day
  readonly skipped: readonly { readonly line: number; readonly because: string }[];
  readonly later: Instant | undefined; // a later file is known, and holds
  readonly writes: number;
}

type Ports = IngestPorts & Pick<World, "clock">;

/** What a repository's CODEOWNERS declares, as history: all of it is judged first, and one fact is written of the repository. */
export async function importOwners(world: Ports, given: OwnersGiven): Promise<OwnersImported> {
  const { file, acceptNone = false } = given;
  const repository = repositoryNamed(given.repository);
  const now = world.clock();
  const asOf = given.asOf > now ? now : given.asOf;
  const { rules, skipped } = readCodeOwners(textIn(given.bytes));
  if (!acceptNone && !rules.some(({ owners }) => owners.length > 0))
    throw badInput("no line of the file names an owner: nothing was changed. If it is so, say --accept-none", {
      ...{ where: "file", lines: rules.length, "lines that GitHub skips": skipped.length },
    });
  const lines = rules.filter(({ pattern }) => maySpeakOfWorkflows(pattern));
  refuseTheMany(lines);
  const named = await accountsNamed(
    world,
    lines.flatMap(({ owners }) => owners),
    given.onProgress,
  );
  const { known, signal } = await signalOf(world, { repository, file, asOf, now }, lines, named);
  const { writes } = await ingest(world, [signal], { live: false, recordedAt: now });
  return {
    ...{ repository, file, asOf, rules: rules.length, lines, skipped, writes },
    general: lines.findLast(({ pattern }) => matches(pattern, UNNAMED_WORKFLOW)),
    accounts: new Set(named.found.values()).size,
    ...{ teams: named.teams, unknown: named.unknown, ambiguous: named.ambiguous },
    later: known !== undefined && known.at > asOf ? known.at : undefined,
  };
}

const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})\/[A-Za-z0-9._-]{1,100}$/;

function repositoryNamed(text: string): string {
  if (REPOSITORY.test(text)) return text;
  throw badInput("a repository is named as GitHub names it: --repository owner/name", { flag: "--repository" });
}

const MOST_BYTES = 3_000_000; // GitHub takes no notice of a larger one
const MOST_LINES = 256;
const MOST_OWNERS = 32;

function textIn(bytes: Uint8Array): string {
  if (bytes.length >= MOST_BYTES)
    throw badInput("GitHub takes no notice of a CODEOWNERS of 3 MB and more: nothing was changed", {
      ...{ where: "file", bytes: bytes.length },
    });
  const text = textOf(bytes);
  if (text.includes("\u0000")) throw badInput("this is no text: nothing was changed", { where: "file" });
  return text;
}

function refuseTheMany(lines: readonly Rule[]): void {
  if (lines.length > MOST_LINES)
    throw badInput(`over ${MOST_LINES} lines may speak of workflows: begin those of other files with their folder`, {
      ...{ where: "file", lines: lines.length },
    });
  const crowd = lines.find(({ owners }) => owners.length > MOST_OWNERS);
  if (crowd === undefined) return;
  throw badInput(`a line names over ${MOST_OWNERS} owners: give the workflows a line of their own`, {
    ...{ line: crowd.line, owners: crowd.owners.length },
  });
}

interface Of extends Pick<OwnersImported, "repository" | "file" | "asOf"> {
  readonly now: Instant;
}

/**
 * Named by when it was read: of two readings of one file the later knows more of the names. What is known already is said again
 * as it was said, so that nothing is new but what a crash left undone.
 */
async function signalOf({ graph }: Ports, of: Of, lines: readonly Rule[], { found }: Named) {
  const accountsIn = ({ owners }: Rule): readonly AccountId[] => owners.flatMap((one) => found.get(one) ?? []);
  const say = (eventId: string, occurredAt: Instant) =>
    Signal.parse({
      kind: "repository.owned",
      source: { connector: CODE_OWNERS, eventId, occurredAt },
      ...{ tenant: of.repository.split("/")[0], repository: of.repository },
      rules: lines.map((rule) => ({ line: rule.line, pattern: rule.pattern, owners: accountsIn(rule) })),
    });
  const path = `${of.repository}/${of.file}`;
  const signal = say(`${path}@${of.now}`, of.asOf);
  const known = ownedBy((await graph.node(repositoryMaker(of.repository)))?.value.subject);
  const isKnown = known?.eventId.startsWith(`${path}@`) && known.value === ownedBy(contributions(signal)[0])?.value;
  return { known, signal: known && isKnown && known.at >= of.asOf ? say(known.eventId, known.at) : signal };
}

const ownedBy = (one: { readonly facts: Readonly<Record<string, Fact>> } | undefined) => one?.facts["owned"];
