import { type Case, type Item, tokenOf } from "@leasehold/core/casework";
import {
  type AccountId,
  badInput,
  type CaseId,
  type CredentialId,
  Fault,
  hoursBetween,
  hoursIn,
  Instant,
  later,
} from "@leasehold/core/kernel";
import { departureOf, type Node } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import { brakeView } from "../brake/index.ts";
import { custodianFor, toPlan } from "../casework/index.ts";
import { gapsOf, type Named, named, ownedBy, ownerNow, type People, peopleOf, resolve } from "../question/index.ts";
import { begin, livePerson } from "../winddown/index.ts";
import { inChunks, type ReadingPorts } from "../world/index.ts";
import { courseOf } from "./course.ts";
import { type About, itemPreview } from "./item.ts";
import type { Missing, Preview, Skipped } from "./model.ts";
import { remembering } from "./remembering.ts";
import { lookedAt } from "./side-by-side.ts";
import { supposingGone } from "./supposing.ts";

export interface Asked {
  readonly id: string; // a person, an account, or one credential
  readonly asOf?: string | undefined; // when the departure is supposed to be: an instant, or a span from now on; else now
  readonly after?: string | undefined; // the last credential of the page before
}

const PAGE = 50; // credentials: each is looked at with its provider, and a stage answers within half a minute

const FURTHEST = 366 * 24; // hours

/**
 * What would happen if this person left, or what will since they have: every item to its end, by the functions that carry it
 * out, on a clock that runs ahead. It is given no hand and no port that writes. A page at a time; totals, chain, brake and
 * what could not be seen are of the whole on every page.
 */
export async function preview(ports: ReadingPorts, { id: text, asOf, after }: Asked): Promise<Preview> {
  const made = ports.clock();
  const from = asOf === undefined ? made : instantOf(made, asOf);
  if (from < made)
    throw badInput("a preview is of now or of later: `leasehold who --at` asks the past", { where: "asOf" });
  if (hoursBetween(made, from) > FURTHEST) throw badInput("a preview is of a year at most", { where: "asOf" });
  const known: ReadingPorts = { ...remembering(ports), clock: () => from };
  const subject = await subjectOf(known, text);
  const { world, live, supposed } = await suppose(known, subject.accounts, from);
  const people = peopleOf(world, from);
  const person = subject.accounts[0] && (await named(peopleOf(known, from), subject.accounts[0]));
  const open = await caseOf(world, subject, from);
  const all = await wantedIn(world, people, open, subject);
  const { page, next } = pageOf(all, after);
  const items = await itemsOf(world, people, open.case, await begunIn(world, open, page), all);
  return {
    ...{ made, from, token: tokenOf(items), person, live, supposed, case: open.id, items },
    ...{ totals: await totalsOf(world, all), next },
    chain: await chainOf(world, people, open.case),
    brake: await brakeView(world),
    missing: await missingOf(
      world,
      items.map(({ connector }) => connector ?? ""),
    ),
    notVisible: await unseen(world, people, subject, all),
  };
}

function instantOf(now: Instant, text: string): Instant {
  const hours = hoursIn(text);
  const read = hours === undefined ? Instant.safeParse(text).data : later(now, hours);
  if (read !== undefined) return read;
  throw badInput("this is no time: write 3d or 12h from now on, or an instant such as 2026-11-02T09:00:00Z", {
    where: "asOf",
  });
}

interface Asks {
  readonly accounts: readonly AccountId[]; // of the person, the one that stands for all of them first
  readonly credential: CredentialId | undefined; // the only one that is asked about
}

async function subjectOf(world: ReadingPorts, text: string): Promise<Asks> {
  const id = await resolve(world, text);
  const people = peopleOf(world, world.clock());
  if (id.startsWith("acc_")) return { accounts: await accountsOf(people, id as AccountId), credential: undefined };
  const node = id.startsWith("crd_") ? await world.graph.node(id) : undefined;
  if (node === undefined)
    throw badInput("this is neither a person nor a credential: give an e-mail address, an account or a key", {
      where: "id",
    });
  const { owner } = await ownerNow(people, node.value.subject, world.clock());
  return { accounts: owner ? await accountsOf(people, owner.account) : [], credential: id as CredentialId };
}

async function accountsOf(people: People, account: AccountId): Promise<readonly AccountId[]> {
  const { first, accounts } = await people.cluster(account);
  return [first, ...accounts.filter((one) => one !== first)];
}

/** Whoever has left has; of anybody else it is supposed. The directory is asked, as it would be before anything is done. */
async function suppose(known: ReadingPorts, accounts: readonly AccountId[], from: Instant) {
  const [first] = accounts;
  if (first === undefined) return { world: known, live: "unknown", supposed: false } as const;
  const people = peopleOf(known, from);
  const { state: live } = await livePerson(known, people, first);
  const { value } = await people.standing(first);
  const supposed = value !== "departed";
  return { world: supposed ? await supposingGone(known, accounts, from) : known, live, supposed };
}

interface Open {
  readonly id: CaseId | undefined;
  readonly case: Case;
}

async function caseOf(world: ReadingPorts, { accounts, credential }: Asks, from: Instant): Promise<Open> {
  for (const account of accounts) {
    const id = (await world.graph.node(account))?.value.openCase;
    const stored = id && (await world.cases.get(id));
    if (stored?.case.status === "open") return { id: stored.case.id, case: stored.case };
  }
  const [first] = accounts;
  const left = first && (await world.graph.node(first))?.value.subject;
  const occurredAt = (left && departureOf(left)) ?? from;
  const subject = first ?? credential;
  return {
    id: undefined,
    case: {
      ...{ id: "cas_foreseen", accounts, gate: "departed", items: [], status: "open", lives: 1 },
      ...{ closed: undefined, completeness: undefined },
      triggers: subject
        ? [{ kind: first ? "left" : "orphan", subject, occurredAt, recordedAt: from, eventId: "~supposed" }]
        : [],
    },
  };
}

interface Begun {
  readonly node: Node;
  readonly windDown: WindDown;
  readonly isOpen: boolean;
  readonly item: Item | undefined;
}

/** Everything that it is about, in the order in which it is shown. What is in the graph no longer is left out. */
async function wantedIn(world: ReadingPorts, people: People, open: Open, asks: Asks): Promise<readonly CredentialId[]> {
  const [first] = asks.accounts;
  const owned = first === undefined ? [] : await ownedBy(world, people, first);
  const fresh = toPlan(open.case, owned).map(({ credential }) => credential);
  const all = [...open.case.items.map(({ credential }) => credential), ...fresh];
  const wanted = asks.credential === undefined ? all : [asks.credential];
  const known = await inChunks(wanted, async (one) => ((await world.graph.node(one)) === undefined ? [] : [one]));
  return known.flat();
}

function pageOf(all: readonly CredentialId[], after: string | undefined) {
  const before = after === undefined ? -1 : all.indexOf(after as CredentialId);
  if (after !== undefined && before < 0)
    throw badInput("this credential is in the plan no longer: ask for it from its beginning", { where: "after" });
  const page = all.slice(before + 1, before + 1 + PAGE);
  return { page, next: before + 1 + PAGE < all.length ? page.at(-1) : undefined };
}

async function totalsOf(world: ReadingPorts, all: readonly CredentialId[]): Promise<Preview["totals"]> {
  const reach: Record<string, number> = {};
  const nodes = await inChunks(all, (one) => world.graph.node(one));
  for (const node of nodes) {
    const known = node?.value.subject.facts["reach"]?.value ?? "unknown";
    reach[known] = (reach[known] ?? 0) + 1;
  }
  return {
    credentials: all.length,
    reach,
    underWay: nodes.filter((node) => node?.value.windDown !== undefined).length,
  };
}

/** Every wind-down as it is, and as it would be begun where there is none. */
async function begunIn(world: ReadingPorts, open: Open, wanted: readonly CredentialId[]): Promise<readonly Begun[]> {
  const begun: Begun[] = [];
  for (const credential of wanted) {
    const node = await world.graph.node(credential);
    const item = open.case.items.find((one) => one.credential === credential);
    const id = node?.value.windDown ?? item?.windDown;
    const stored = id && (await world.windDowns.get(id));
    if (node === undefined) continue;
    const windDown = stored?.windDown ?? begin({ ...world, random: counted(begun.length) }, open.case.id, node.value);
    begun.push({ node: node.value, windDown, isOpen: stored !== undefined, item });
  }
  return begun;
}

/** Ids of what is only foreseen need be no surprise to anybody: they tell one from another, here. */
const counted = (nth: number) => (bytes: number) =>
  Uint8Array.from({ length: bytes }, (_, at) => (nth >> (8 * at)) & 255);

async function itemsOf(
  world: ReadingPorts,
  people: People,
  open: Case,
  begun: readonly Begun[],
  included: readonly CredentialId[],
) {
  const of = { case: open, windDowns: begun.map(({ windDown }) => windDown) };
  await lookedAt(world, of.windDowns);
  const silence = await courseOf(world, of, "nothing", world.clock());
  const yes = await courseOf(world, of, "yes", world.clock());
  const custodian = (windDown: WindDown) =>
    custodianFor(world, people, open, { ...windDown, tried: [], answer: undefined });
  return Promise.all(
    begun.map(async (one) => {
      const about: About = {
        ...{ ...one, included, custodian: (await custodian(one.windDown))?.account },
        ...{ silence: silence.get(one.windDown.id) ?? [], yes: yes.get(one.windDown.id) ?? [] },
      };
      return itemPreview(world, people, about);
    }),
  );
}

async function chainOf(world: ReadingPorts, people: People, { accounts, triggers }: Case): Promise<Preview["chain"]> {
  const departure = triggers.find(({ kind }) => kind !== "moved")?.occurredAt ?? world.clock();
  const fallback = world.config.fallback.email;
  const chain = await people.chain({ leaver: accounts, departure, now: world.clock(), tried: [], fallback });
  const skipped: Skipped[] = [];
  for (const { account, because } of chain.skipped) skipped.push({ ...(await named(people, account)), because });
  const custodians: Named[] = [];
  for (const account of chain.custodians) custodians.push(await named(people, account));
  return { custodians, skipped };
}

/** What every connector concerned says of its own rights, asked now. */
async function missingOf(world: ReadingPorts, connectors: readonly string[]): Promise<readonly Missing[]> {
  const concerned = world.estate
    .providers()
    .filter(({ id, person }) => person !== undefined || connectors.includes(id));
  const all = await Promise.all(
    concerned.map(async ({ id, check }) => {
      const what = check === undefined ? [] : await check().catch(faultOf);
      return { connector: id, what };
    }),
  );
  return all.filter(({ what }) => what.length > 0);
}

function faultOf(error: unknown): readonly string[] {
  if (!(error instanceof Fault)) throw error;
  return [`It could not be asked: ${error.message} (${error.name}).`];
}

async function unseen(
  world: ReadingPorts,
  people: People,
  { accounts: [first], credential }: Asks,
  items: readonly CredentialId[],
): Promise<readonly string[]> {
  const owned = first === undefined || credential !== undefined ? [] : await ownedBy(world, people, first);
  const others = owned.filter((one) => !one.first && one.state !== "deleted" && !items.includes(one.credential));
  const noDesk = !world.config.desks.some((id) => world.estate.provider(id)?.desk);
  return [
    ...(noDesk ? ["No desk is configured: nobody could be asked, so nothing would happen on silence."] : []),
    ...(others.length > 0
      ? [`${others.length} more may be theirs, and somebody else is likelier: \`leasehold owns\` lists them.`]
      : []),
    ...(await gapsOf(world)),
  ];
}
