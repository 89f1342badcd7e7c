import type { Dice } from "./dice.ts";
import type { Human, Path, Planned, Role, Tag } from "./model.ts";
import { hasLeft, lifeAt, wasThere } from "./people.ts";
import { DAY, LOGS_BEGIN, NOW } from "./places.ts";

/** Of twenty credentials: four, a fifth, come from a role that three or more people use. */
const DECK: readonly Path[] = [
  ...["laptop", "laptop", "laptop", "laptop", "oauth", "oauth", "oauth", "oauth"],
  ...["shared-role", "shared-role", "shared-role", "shared-role", "ci", "ci", "ci"],
  ...["bedrock", "bedrock", "sandbox", "sandbox", "chain"],
] as const as readonly Path[];

/** How likely everything is: what the oracle knows, and nobody else. */
export const CHANCES = {
  agents: 0.8, // for each person
  madeForOthers: 0.03, // somebody makes it for the one who will answer for it
  handedOn: { leaver: 0.15, mover: 0.1 }, // before going, to somebody of the team
  handoverTold: 0.6, // of those: the tag is changed
  tagged: 0.6,
  taggedPhantom: 0.2,
  tagNamesTeam: 0.1, // of tags
  tagWrong: 0.05, // of tags that name a person
  lost: 0.1, // of records
} as const;

const WORDS =
  "refund triage search notes invoice ledger ticket churn forecast review deploy index report audit intake".split(" ");

/** Every agent's credentials: three to ten each. */
export function plans(people: readonly Human[], seed: Dice): readonly Planned[] {
  const engineers = people.filter(({ engineer }) => engineer);
  const owners = engineers.filter((one) => stints(one).length > 0);
  const deck = dealing(seed.fork("deck"));
  const planned: Planned[] = [];
  for (let nth = 0; nth < Math.max(1, Math.round(people.length * CHANCES.agents)); nth += 1) {
    const from = seed.fork("agent", String(nth));
    const owner = from.one(owners);
    const agent = `${from.one(WORDS)}-agent-${nth}`;
    const credentials = from.between(3, 10);
    for (let more = 0; more < credentials; more += 1) {
      const at = instantFor(owner, from);
      const id = `${agent}/${more}`;
      planned.push(plan({ id, agent, owner, at, engineers }, deck(), seed.fork("credential", id)));
    }
  }
  return planned;
}

function dealing(from: Dice): () => Path {
  let hand: Path[] = [];
  return () => {
    if (hand.length === 0) hand = [...from.shuffled(DECK)];
    return hand.pop() as Path;
  };
}

/** When somebody was there and the logs were kept: the times in which they can have come to a credential. */
function stints({ joins, leaves, returns }: Human): readonly (readonly [number, number])[] {
  const again: readonly (readonly [number, number])[] = returns === undefined ? [] : [[returns, NOW]];
  const spans: readonly (readonly [number, number])[] = [[joins, leaves ?? NOW], ...again];
  return spans
    .map(([from, to]) => [Math.max(from + DAY, LOGS_BEGIN + 5 * DAY), Math.min(to, NOW - 5 * DAY)] as const)
    .filter(([from, to]) => to - from > DAY);
}

function instantFor(owner: Human, from: Dice): number {
  const [begins, ends] = from.one(stints(owner));
  return begins + from.between(0, Math.floor((ends - begins) / 1_000) - 1) * 1_000;
}

interface Draft {
  readonly id: string;
  readonly agent: string;
  readonly owner: Human;
  readonly at: number;
  readonly engineers: readonly Human[];
}

function plan(draft: Draft, dealt: Path, from: Dice): Planned {
  const { owner, at, engineers, id, agent } = draft;
  const path = dealt === "oauth" && lifeAt(owner.okta, at) === undefined ? "sandbox" : dealt; // no account there to consent with
  const there = engineers.filter((one) => wasThere(one, at));
  const role = roleFor(path, draft, there, from);
  const others = (role?.members ?? there).filter((one) => one !== owner);
  const forOthers = path !== "oauth" && path !== "chain" && others.length > 0 && from.chance(CHANCES.madeForOthers);
  const heir = path === "oauth" ? undefined : heirOf(owner, at, engineers, from);
  const tag = path === "oauth" ? undefined : tagFor(heir?.told ? heir.human : owner, { path, there }, from);
  return { id, agent, path, at, owner, maker: forOthers ? from.one(others) : owner, heir, role, tag };
}

const FEWEST = 3; // people, for a role to be shared

function roleFor(path: Path, { owner, agent }: Draft, there: readonly Human[], from: Dice): Role | undefined {
  if (path === "ci") return { name: `gha-${agent}`, members: [owner] };
  if (path === "chain") return { name: `${agent}-builder`, members: [owner] };
  if (path !== "shared-role") return undefined;
  const team = there.filter((one) => one !== owner && isTeammate(one, owner));
  const more = from.shuffled(there.filter((one) => one !== owner && !team.includes(one)));
  const members = [owner, ...team, ...more.slice(0, Math.max(0, FEWEST - 1 - team.length))];
  return { name: `deploy-team-${owner.manager ?? owner.number}`, members };
}

const isTeammate = (one: Human, other: Human) => one.manager === other.manager || one.number === other.manager;

function heirOf(owner: Human, made: number, engineers: readonly Human[], from: Dice): Planned["heir"] {
  const goes = hasLeft(owner) ? owner.leaves : owner.moves?.at;
  const share = hasLeft(owner) ? CHANCES.handedOn.leaver : CHANCES.handedOn.mover;
  if (goes === undefined || goes <= made + DAY || !from.chance(share)) return undefined;
  const at = goes - DAY / 2;
  const team = engineers.filter(
    (one) => one !== owner && isTeammate(one, owner) && wasThere(one, at) && wasThere(one, NOW),
  );
  return team.length === 0 ? undefined : { human: from.one(team), at, told: from.chance(CHANCES.handoverTold) };
}

function tagFor(
  rightful: Human,
  { path, there }: { path: Path; there: readonly Human[] },
  from: Dice,
): Tag | undefined {
  if (!from.chance(path === "bedrock" ? CHANCES.taggedPhantom : CHANCES.tagged)) return undefined;
  if (from.chance(CHANCES.tagNamesTeam)) return { value: `${rightful.department} team`, names: undefined };
  const named = from.chance(CHANCES.tagWrong) ? from.one(there) : rightful;
  return { value: named.address, names: named.number };
}

/** Who answers for it now. Whoever left without handing it on still does: an orphan. */
export const accountable = ({ owner, heir }: Planned): Human => heir?.human ?? owner;
