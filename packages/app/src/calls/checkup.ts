import type { Finding } from "@leasehold/core/finding";
import { Fault, hoursBetween, type Instant } from "@leasehold/core/kernel";
import { type BrakeView, brakeView } from "../brake/index.ts";
import { type FeedView, feedView } from "../feed/index.ts";
import { type Voiced, voicedNow } from "../groups/index.ts";
import { openFindings } from "../question/index.ts";
import { refusedLately } from "../refusals/index.ts";
import { isOverdue } from "../winddown/index.ts";
import { every, type Provider, type Walked, type World } from "../world/index.ts";

/** Everything that the world can say of itself, and each provider of its own readiness. */
export interface Checkup {
  readonly now: Instant;
  readonly connectors: readonly Connected[];
  readonly findings: readonly Finding[];
  readonly cases: number; // open
  readonly overdue: readonly string[]; // cases and wind-downs that should have moved an hour ago
  readonly brake: BrakeView;
  readonly voices: readonly Voiced[]; // who speaks as security, and who operates, read just now
}
export interface Connected {
  readonly id: string;
  readonly title: string;
  readonly mode: "observe" | "ask" | "act";
  readonly proof: string; // the strongest thing that the connector was tested against
  readonly desk: boolean;
  readonly lists: boolean;
  readonly polls: boolean;
  readonly feed: FeedView;
  readonly coverage:
    | {
        readonly whole: boolean;
        readonly at: Instant;
        readonly seen: number;
        readonly ageHours: number;
        readonly gaps?: readonly string[];
        readonly places?: readonly Walked[]; // where it works in several accounts
      }
    | undefined;
  readonly refused: Awaited<ReturnType<typeof refusedLately>>; // by its way in, of the last seven days
  readonly check: Checked | undefined; // asked just now; undefined: it has no way to be asked
}
/** What is missing, each a sentence that says what to do next; or why nobody could say. */
export type Checked =
  | { readonly missing: readonly string[] }
  | { readonly fault: string; readonly permission?: string; readonly because?: string }; // because: what is wrong with our own side

/** `patience`: how long one provider may take, begun when it is asked. */
export async function checkup(world: World, patience: () => AbortSignal): Promise<Checkup> {
  const [cases, windDowns] = [
    await every((cursor) => world.cases.list("open", cursor)),
    await every((cursor) => world.windDowns.listOpen(cursor)),
  ];
  return {
    now: world.clock(),
    connectors: await connectorsOf(world, patience),
    findings: await openFindings(world),
    cases: cases.length,
    overdue: await overdueOf(world, [...cases, ...windDowns]),
    brake: await brakeView(world),
    voices: await voicedNow(world),
  };
}

async function connectorsOf(
  { estate, ledger, clock, marks, findings }: World,
  patience: () => AbortSignal,
): Promise<readonly Connected[]> {
  const coverage = await ledger.coverage();
  const heartbeats = await ledger.heartbeats();
  return Promise.all(
    estate.providers().map(async ({ id, title, mode, proof, desk, page, since, check }) => {
      const last = coverage.find((one) => one.connector === id);
      const ageHours = last ? Math.round(hoursBetween(last.at, clock())) : 0;
      return {
        ...{ id, title, mode, proof, desk: desk !== undefined, lists: page !== undefined },
        polls: since !== undefined,
        feed: await feedView({ marks, findings, clock }, id, heartbeats),
        coverage: last && {
          whole: last.whole,
          at: last.at,
          seen: last.seen,
          ageHours,
          ...(last.gaps && { gaps: last.gaps }),
          ...(last.places && { places: last.places }),
        },
        refused: await refusedLately({ marks, clock }, id),
        check: check && (await checked(check, patience())),
      };
    }),
  );
}

/** One that fails or never answers is no reason that the others are not told. Of an error that is no fault only that is said. */
async function checked(check: NonNullable<Provider["check"]>, enough: AbortSignal): Promise<Checked> {
  const asked = async () => ({ missing: await check() });
  try {
    return await Promise.race([asked(), tooLong(enough)]);
  } catch (error) {
    if (!(error instanceof Fault)) return { fault: "Unexpected" };
    const { permission, variable } = error.facts;
    const named = typeof variable === "string" ? `: ${variable}` : "";
    return {
      ...{ fault: error.name, ...(typeof permission === "string" && { permission }) },
      ...(error.name === "BadInput" && { because: `${error.message}${named}` }),
    };
  }
}

const tooLong = (enough: AbortSignal): Promise<Checked> =>
  new Promise((resolve) => {
    const end = () => resolve({ fault: "Unavailable" });
    if (enough.aborted) end();
    else enough.addEventListener("abort", end, { once: true });
  });

async function overdueOf(
  world: World,
  ids: readonly (`cas_${string}` | `wdc_${string}`)[],
): Promise<readonly string[]> {
  const late: string[] = [];
  for (const id of ids) if (await isOverdue(world, id)) late.push(id);
  return late;
}
