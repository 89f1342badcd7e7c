import { consentFor, happened, logged } from "./acts.ts";
import { type Dice, dice } from "./dice.ts";
import { inventory, type Made } from "./iam.ts";
import { centreUsers, provisioned } from "./identity-center.ts";
import type { Entry, Human, LabelledEstate, Stream, Truth } from "./model.ts";
import { grantListed, lifecycle, usersListed } from "./okta.ts";
import { chainOf, oracleOf } from "./oracle.ts";
import { everybody, hasLeft, lifeAt } from "./people.ts";
import { peopleFile, truePerson } from "./people-file.ts";
import { ACCOUNT, iso, NOW, ORG, STORE } from "./places.ts";
import { accountable, plans } from "./plan.ts";

export interface Wanted {
  readonly people: number;
  readonly seed: number;
}

/** A labelled organisation. The same number of people and the same seed give the same one, to the last byte. */
export function generate({ people: count, seed }: Wanted): LabelledEstate {
  const from = dice("estate", String(count), String(seed));
  const people = everybody(count, from);
  const engineers = people.filter(({ engineer }) => engineer);
  const made = plans(people, from).map((planned, nth) => ({ planned, told: happened(planned, nth, from) }));
  const entries = [...made.flatMap(({ told }) => told.entries), ...people.flatMap((one) => livesOf(one, from))];
  const roles = rolesOf(count, made, from);
  return {
    cloudtrail: stream(entries, "cloudtrail"),
    okta: stream(entries, "okta"),
    github: stream(entries, "github"),
    oktaUsers: usersListed(people),
    oktaGrants: grantsListed(made, from),
    identityCenterUsers: centreUsers(people),
    ...inventory(people, made, roles),
    people: peopleFile(people),
    truth: {
      ...{ seed, now: iso(NOW), account: ACCOUNT, identityStore: STORE, oktaOrg: ORG },
      people: people.map(truePerson),
      credentials: made.map((one) => truthOf(one, engineers)),
    },
  };
}

/** What the directories' logs say of one person; of these, too, a part is missing. */
function livesOf(human: Human, seed: Dice): readonly Entry[] {
  const from = seed.fork("lost", human.number);
  return [
    ...lifecycle(human, seed).map(({ at, record }) => logged("okta", at, record, from)),
    ...provisioned(human, seed).map(({ at, record }) => logged("cloudtrail", at, record, from)),
  ];
}

const stream = (entries: readonly Entry[], of: Stream): readonly object[] =>
  entries
    .filter((one) => one.stream === of && one.kept)
    .toSorted((a, b) => a.at - b.at)
    .map(({ record }) => record);

const grantsListed = (made: readonly Made[], seed: Dice): readonly object[] =>
  made
    .filter(({ planned: { path, owner, at } }) => path === "oauth" && lifeAt(owner.okta, at)?.purged === false)
    .map(({ planned }) => grantListed(consentFor(planned, seed)));

const RATIO = { low: 45, high: 82, from: 2_500 } as const; // identities for each person, in a company of so many

/** Roles of people's making, and as many of workloads as make the organisation as crowded as one of its size. */
function rolesOf(people: number, made: readonly Made[], seed: Dice): readonly string[] {
  const used = [...new Set(made.flatMap(({ planned }) => planned.role?.name ?? []))].sort();
  const density = seed.fork("density").between(RATIO.low, RATIO.high) * Math.min(1, people / RATIO.from);
  const missing = Math.max(0, Math.round(people * density) - used.length - made.length);
  return [...used, ...Array.from({ length: missing }, (_, nth) => `workload-${nth}`)];
}

function truthOf({ planned, told }: Made, engineers: readonly Human[]): Truth {
  const person = accountable(planned);
  return {
    ...{ id: planned.id, agent: planned.agent, path: planned.path, handles: told.handles, madeAt: iso(planned.at) },
    ...{ accountable: person.number, maker: planned.maker.number, standing: hasLeft(person) ? "left" : "present" },
    ...{ hops: told.hops, chain: chainOf(planned, told), sharedBy: planned.role?.members.length ?? 1 },
    oracle: oracleOf(planned, told, engineers),
  };
}
