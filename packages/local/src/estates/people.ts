import { type Dice, dice } from "./dice.ts";
import type { Human, OktaLife } from "./model.ts";
import { DAY, DOMAIN, LOGS_BEGIN, NOW } from "./places.ts";
import { oktaId, uuid } from "./vendor-ids.ts";

const FIRST =
  "Ada Grace Sam Nia Leo Mia Ben Pat Sue Fay Omar Lin Ravi Ines Tomas Yuki Noor Emil Zoe Ivan Lea Hugo Anya Kofi Rosa Milo Tess Arun Elin Dana Otto Vera Jae Niko Sana Theo Uma Wes Xia Abel".split(
    " ",
  );
const LAST =
  "Novak Hill Reyes Okafor Brandt Voss Ito Moss Park Okonjo Haddad Chen Patel Costa Vesely Tanaka Aziz Lund Marsh Petrov Blanc Keller Orlova Mensah Vega Stone Quinn Rao Berg Cole Adler Sorel Kim Salo Khan Webb Iyer Dunn Xu Stern".split(
    " ",
  );
const ENGINEERING = ["Platform", "Search", "Payments", "Data", "Support Engineering", "Machine Learning"];
const OTHERS = ["Sales", "Finance", "People", "Marketing"];
const TEAM = 8; // people

const SHARES = {
  engineers: 0.7,
  leavers: 0.08,
  rehires: 0.25,
  movers: 0.1,
  recycled: 0.03,
  contractors: 0.06,
} as const;

interface Draft {
  readonly nth: number;
  readonly from: Dice;
  readonly team: number;
}
type Name = Pick<Human, "first" | "last" | "address">;

/** Everybody who works or worked there. Some addresses went from one who left to one who came later. */
export function everybody(count: number, seed: Dice): readonly Human[] {
  const drafts = Array.from({ length: count }, (_, nth) => ({
    ...{ nth, from: seed.fork("human", String(nth)) },
    team: Math.floor(nth / TEAM),
  }));
  const newcomers = Math.round(count * SHARES.recycled);
  const names = namesFor(count);
  const nameOf = ({ nth }: Draft) => names[nth] as Name;
  const goes = ({ nth }: Draft) => nth % TEAM === 1 && Math.floor(nth / TEAM) < newcomers; // one of each of the first teams
  const people = drafts
    .slice(0, count - newcomers)
    .map((draft) => (goes(draft) ? predecessor(draft, nameOf(draft)) : human(draft, nameOf(draft))));
  const gone = people.filter((_, nth) => goes(drafts[nth] as Draft));
  const heirs = drafts.slice(count - newcomers).map((draft, nth) => {
    const before = gone[nth];
    return before?.leaves === undefined ? human(draft, nameOf(draft)) : successor(draft, before, before.leaves);
  });
  return [...people, ...heirs];
}

/** Somebody who left for good, so long ago that their address was given again. */
function predecessor(draft: Draft, name: Name): Human {
  const { from } = draft;
  const joins = NOW - from.between(600, 1_400) * DAY;
  return known(draft, name, { joins, leaves: NOW - from.between(160, 400) * DAY, returns: undefined });
}

function namesFor(count: number): readonly Name[] {
  const roll = dice("names");
  const firsts = roll.shuffled(FIRST);
  const lasts = roll.shuffled(LAST);
  return Array.from({ length: count }, (_, nth) => {
    const first = firsts[nth % firsts.length] ?? "";
    const last = lasts[(nth + Math.floor(nth / firsts.length)) % lasts.length] ?? "";
    const again = Math.floor(nth / (firsts.length * lasts.length));
    const local = `${first}.${last}${again === 0 ? "" : again + 1}`.toLowerCase();
    return { first, last, address: `${local}@${DOMAIN}` };
  });
}

function human({ nth, from, team }: Draft, name: Name): Human {
  const lead = nth % TEAM === 0;
  const joins = NOW - from.between(lead ? 1_000 : 30, 1_400) * DAY - from.between(0, 30_000_000);
  const leaves = !lead && from.chance(SHARES.leavers) ? leavingAt(joins, from) : undefined;
  const back = leaves !== undefined && leaves < NOW - 90 * DAY && from.chance(SHARES.rehires);
  const returns = back && leaves !== undefined ? leaves + from.between(30, 80) * DAY : undefined;
  return known({ nth, from, team }, name, { joins, leaves, returns });
}

function leavingAt(joins: number, from: Dice): number | undefined {
  const earliest = Math.max(joins + 60 * DAY, NOW - 420 * DAY);
  const latest = NOW - 5 * DAY;
  return earliest < latest ? earliest + from.between(0, Math.floor((latest - earliest) / DAY)) * DAY : undefined;
}

/** Somebody of the same name, who came after the other had left and was given the address again. */
function successor(draft: Draft, { first, last, address }: Human, gone: number): Human {
  const joins = gone + draft.from.between(20, 100) * DAY;
  const one = known(draft, { first, last, address }, { joins, leaves: undefined, returns: undefined });
  return { ...one, iamUser: one.iamUser === address ? undefined : one.iamUser }; // that name is taken
}

type Times = Pick<Human, "joins" | "leaves" | "returns">;

function known({ nth, from, team }: Draft, name: Name, times: Times): Human {
  const engineer = team % 10 < 10 * SHARES.engineers;
  const departments = engineer ? ENGINEERING : OTHERS;
  const department = departments[team % departments.length] ?? "";
  const lead = nth % TEAM === 0;
  const contractor = !lead && from.chance(SHARES.contractors);
  const moves = !lead && from.chance(SHARES.movers) ? movingAt(times, from, departments, department) : undefined;
  return {
    ...{ number: String(1001 + nth), ...name, ...times, department, engineer, contractor, moves },
    manager: nth === 0 ? undefined : String(1001 + (lead ? 0 : nth - (nth % TEAM))),
    okta: contractor ? [] : oktaLives(times, from),
    identityCenter: engineer ? centreLives(times, from) : [],
    iamUser: engineer && from.chance(0.5) ? iamNameOf(name, nth, from) : undefined,
    github: { id: 5_000_000 + nth, login: `${name.first}-${name.last}-${nth}`.toLowerCase() },
    sendsId: from.chance(0.8),
  };
}

function movingAt({ joins, leaves }: Times, from: Dice, all: readonly string[], here: string) {
  const earliest = Math.max(joins + 30 * DAY, LOGS_BEGIN + 60 * DAY);
  const latest = (leaves ?? NOW) - 10 * DAY;
  if (earliest >= latest) return undefined;
  const at = earliest + from.between(0, Math.floor((latest - earliest) / DAY)) * DAY;
  return { at, to: from.one(all.filter((one) => one !== here)) };
}

/** Who comes back is switched on again or made anew; who has left is sometimes deleted. */
function oktaLives({ joins, leaves, returns }: Times, from: Dice): readonly OktaLife[] {
  const first = { id: oktaId("00u", from), from: joins, until: leaves, purged: false };
  if (returns === undefined)
    return [{ ...first, purged: leaves !== undefined && leaves < NOW - 60 * DAY && from.chance(0.4) }];
  const anew = from.chance(0.5);
  return anew
    ? [first, { id: oktaId("00u", from), from: returns, until: undefined, purged: false }]
    : [{ ...first, until: undefined }];
}

/** Identity Center gives everybody who comes back a new id. */
function centreLives({ joins, leaves, returns }: Times, from: Dice): Human["identityCenter"] {
  const first = { id: uuid(from), from: joins, until: leaves };
  return returns === undefined ? [first] : [first, { id: uuid(from), from: returns, until: undefined }];
}

function iamNameOf({ first, last, address }: Name, nth: number, from: Dice): string {
  const short = `${first.slice(0, 1)}${last}${nth}`.toLowerCase();
  return from.one([`${first}.${last}.${nth}`.toLowerCase(), address, short, short]);
}

/** Whether somebody was employed at an instant. */
export const wasThere = ({ joins, leaves, returns }: Human, at: number): boolean =>
  at >= joins && (leaves === undefined || at < leaves || (returns !== undefined && at >= returns));

export const hasLeft = (one: Human): boolean => !wasThere(one, NOW);

/** Which of somebody's accounts was theirs at an instant. */
export const lifeAt = <T extends { readonly from: number }>(lives: readonly T[], at: number): T | undefined =>
  lives.findLast(({ from }) => from <= at);
