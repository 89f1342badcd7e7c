import { type Limits, usage } from "@leasehold/core/brake";
import type { Case } from "@leasehold/core/casework";
import { type CaseId, type CredentialId, digest, type Instant, type WindDownId } from "@leasehold/core/kernel";
import type { WindDown } from "@leasehold/core/winddown";
import { activesNow } from "../brake/index.ts";
import type { Config } from "../config/index.ts";
import { named, type People, peopleOf } from "../question/index.ts";
import { identityName } from "../winddown/index.ts";
import { each, type ReadingPorts, type Watched } from "../world/index.ts";
import { type Ahead, courseOf } from "./course.ts";
import type { Course } from "./model.ts";
import { remembering } from "./remembering.ts";
import { lookedAt } from "./side-by-side.ts";

/** What a proposed configuration would do to the wind-downs that are open, where nobody answers. Nothing of it is applied. */
export interface Difference {
  readonly made: Instant;
  readonly open: number; // wind-downs
  readonly compared: number;
  readonly differing: readonly DifferingItem[];
  readonly brake: readonly { readonly limit: keyof Limits; readonly present: number; readonly proposed: number }[];
  readonly notVisible: readonly string[];
  readonly next: CaseId | undefined; // more are to be compared, after this case
}

/** The first step in which the two courses part; undefined where one of them has ended before. */
export interface DifferingItem {
  readonly windDown: WindDownId;
  readonly credential: CredentialId;
  readonly identity: string | undefined;
  readonly type: string | undefined;
  readonly present: Course | undefined;
  readonly proposed: Course | undefined;
}

const MOST = 200; // wind-downs in all
const PAGE = 20; // wind-downs at a time, or one case: each is looked at with its provider, and a stage answers within half a minute

/** A page of the open wind-downs, case by case; what it says of brake and coverage is of the whole on every page. */
export async function differenceOf(ports: ReadingPorts, proposed: Config, after?: CaseId): Promise<Difference> {
  const made = ports.clock();
  const world: ReadingPorts = { ...remembering(ports), clock: () => made };
  const open = await openOf(world);
  const differing: DifferingItem[] = [];
  const { page, next } = pageOf(open.cases, after);
  await lookedAt(
    world,
    page.flatMap(({ windDowns }) => windDowns),
  );
  for (const of of page) differing.push(...(await partings(world, under(world, proposed), of)));
  return {
    ...{ made, open: open.count, compared: countOf(page), differing, brake: await brakeOf(world, proposed), next },
    notVisible: unseen(world, proposed, open.count - countOf(open.cases)),
  };
}

const countOf = (cases: readonly Of[]) => cases.reduce((sum, { windDowns }) => sum + windDowns.length, 0);

/** The next cases in the order of their ids: a case that opens meanwhile is on a later page, or was not open when this began. */
function pageOf(all: readonly Of[], after: CaseId | undefined) {
  const left = all.filter(({ case: { id } }) => after === undefined || id > after);
  const sorted = left.toSorted((one, other) => (one.case.id < other.case.id ? -1 : 1));
  const page: Of[] = [];
  for (const one of sorted) {
    if (page.length > 0 && countOf([...page, one]) > PAGE) break;
    page.push(one);
  }
  return { page, next: page.length < sorted.length ? page.at(-1)?.case.id : undefined };
}

interface Of {
  readonly case: Case;
  readonly windDowns: readonly WindDown[];
}

async function openOf(world: ReadingPorts): Promise<{ readonly count: number; readonly cases: readonly Of[] }> {
  const cases = new Map<string, Of>();
  let count = 0;
  for await (const id of each(world.windDowns.listOpen)) {
    count += 1;
    const windDown = count > MOST ? undefined : (await world.windDowns.get(id))?.windDown;
    const stored = windDown && (await world.cases.get(windDown.case));
    if (windDown === undefined || stored === undefined) continue;
    const known = cases.get(windDown.case)?.windDowns ?? [];
    cases.set(windDown.case, { case: stored.case, windDowns: [...known, windDown] });
  }
  return { count, cases: [...cases.values()] };
}

/** The same world under another configuration; what it names no more cannot be looked at. */
function under(world: ReadingPorts, config: Config): ReadingPorts {
  const moded = (one: Watched): Watched => ({ ...one, mode: config.connectors[one.id]?.mode ?? "observe" });
  return {
    ...{ ...world, config },
    estate: {
      provider: (id) => {
        const provider = config.connectors[id] === undefined ? undefined : world.estate.provider(id);
        return provider && moded(provider);
      },
      providers: () =>
        world.estate
          .providers()
          .filter(({ id }) => config.connectors[id] !== undefined)
          .map(moded),
    },
  };
}

async function partings(present: ReadingPorts, proposed: ReadingPorts, of: Of): Promise<readonly DifferingItem[]> {
  const now = await courseOf(present, of, "nothing", present.clock());
  const then = await courseOf(proposed, of, "nothing", present.clock());
  const people = peopleOf(present, present.clock());
  const found: DifferingItem[] = [];
  for (const { id, credential } of of.windDowns) {
    const [one = [], other = []] = [now.get(id), then.get(id)];
    const at = partAt(one, other);
    const node = at === undefined ? undefined : await present.graph.node(credential);
    if (at === undefined) continue;
    found.push({
      ...{ windDown: id, credential, type: node?.value.subject.facts["type"]?.value },
      identity: node && (await identityName(present, node.value)),
      ...{ present: await shown(people, one[at]), proposed: await shown(people, other[at]) },
    });
  }
  return found;
}

function partAt(one: readonly Ahead[], other: readonly Ahead[]): number | undefined {
  const longest = one.length > other.length ? one : other;
  const at = longest.findIndex((_, n) => digest(one[n] ?? null) !== digest(other[n] ?? null));
  return at < 0 ? undefined : at;
}

async function shown(people: People, one: Ahead | undefined): Promise<Course | undefined> {
  return one?.does === "asks" ? { ...one, custodian: await named(people, one.custodian) } : one;
}

async function brakeOf({ ledger, config, clock }: ReadingPorts, proposed: Config): Promise<Difference["brake"]> {
  const { value: window } = await ledger.brake();
  const limitsOf = async (brake: Limits) => usage(window, clock(), brake, await activesNow(ledger));
  const then = await limitsOf(proposed.brake);
  return (await limitsOf(config.brake))
    .map(({ limit, most }, n) => ({ limit, present: most, proposed: then[n]?.most ?? most }))
    .filter((one) => one.present !== one.proposed);
}

function unseen(world: ReadingPorts, proposed: Config, left: number): readonly string[] {
  const present = world.estate.providers().map(({ id }) => id);
  const added = Object.keys(proposed.connectors).filter((id) => !present.includes(id));
  return [
    ...(left > 0
      ? [`${left} of the open wind-downs were not compared: ${MOST} are looked at, and none without its case.`]
      : []),
    ...(added.length > 0
      ? [`Not configured now, so nothing could be looked at through them: ${added.join(", ")}.`]
      : []),
    "A question that stands keeps the deadline that it was put with.",
  ];
}
