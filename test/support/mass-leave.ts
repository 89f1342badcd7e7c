import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import { type Instant, later } from "@leasehold/core/kernel";
import { demoEvents, demoWorlds, PEOPLE } from "@leasehold/local/demo";
import { understanding } from "@leasehold/local/history";
import { type Laptop, openLaptop } from "@leasehold/local/laptop";
import { makesKey, makesUser } from "../../packages/local/src/demo/events.ts";
import { MONDAY } from "./clock.ts";

const SECOND = 1 / 3_600; // hours
const keyOf = (n: number) => `AKIA${String(n + 1).padStart(9, "0")}EXAMPLE`;
const agentOf = (n: number) => `agent-${n + 1}`;

/** Sue's part in whatever is said, played by the nth person: other ids, another address, another name. */
function playedBy<T>(n: number, sues: T): T {
  const { okta, email, name, employeeNumber, identityCenter } = PEOPLE.sue;
  const id = String(n).padStart(5, "0");
  const text = JSON.stringify(sues)
    .replaceAll(okta, `00u1p${id}park0exam`)
    .replaceAll(email, `p${id}@example.com`)
    .replaceAll(identityCenter, `${String(100_000 + n).padStart(8, "0")}-89ab-4def-8123-456789abcdef`)
    .replaceAll(name, `Person ${id}`)
    .replaceAll(employeeNumber, `9${id}`);
  return JSON.parse(text) as T;
}

/** So many active people in Okta, and of the first of them a key each. */
export function openOrganisation(path: string, active: number, leavers: number): Promise<Laptop> {
  const worlds = demoWorlds(MONDAY);
  const [model] = worlds["aws-iam"].users;
  const sue = worlds.okta.users.find(({ id }) => id === PEOPLE.sue.okta);
  if (model === undefined || sue === undefined) throw new Error("the demo has nobody to copy");
  const others = worlds.okta.users.filter((user) => user !== sue);
  const people = Array.from({ length: active - others.length }, (_, n) => playedBy(n, sue));
  const users = Array.from({ length: leavers }, (_, n) => ({
    ...{ ...model, userName: agentOf(n), tags: { owner: playedBy(n, PEOPLE.sue.email) } },
    keys: model.keys.map((key) => ({ ...key, accessKeyId: keyOf(n) })),
  }));
  const centre = worlds["aws-identity-center"];
  const linked = people.slice(0, leavers).flatMap((_, n) => {
    const one = centre.users.find(({ userId }) => userId === PEOPLE.sue.identityCenter);
    return one ? [playedBy(n, one)] : [];
  });
  const staff = centre.users.filter(({ userId }) => userId !== PEOPLE.sue.identityCenter);
  return openLaptop({
    ...{ path, start: MONDAY, log: () => {}, simulatedPeople: false },
    worlds: {
      "aws-iam": { ...worlds["aws-iam"], users },
      "aws-identity-center": { ...centre, users: [...staff, ...linked] },
      okta: { ...worlds.okta, users: [...others, ...people], grants: [] },
    },
  });
}

/** The past is imported and everything is listed, a day before anybody leaves. */
export async function listed(laptop: Laptop, leavers: number): Promise<void> {
  const { world } = laptop;
  await world.ledger.installed(world.clock());
  const past: Instant = later(MONDAY, -24 * 7 * 30);
  const events = Array.from({ length: leavers }, (_, n) => [
    playedBy(n, makesUser("sue", agentOf(n), past)),
    playedBy(n, makesKey("sue", agentOf(n), keyOf(n), past)),
  ]).flat();
  const hears = understanding(world.estate.providers());
  const signals = events.flatMap(hears).flatMap((one) => ("signals" in one ? one.signals : []));
  await ingest(world, signals, { live: false, recordedAt: world.clock() });
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
  await laptop.liveUntil(later(world.clock(), 25));
}

const BATCHES = 4;

/** Somebody's mistake: all of them are deactivated within ten minutes. */
export async function allLeave(laptop: Laptop, leavers: number): Promise<void> {
  const events = Array.from({ length: leavers }, (_, n) =>
    playedBy(n, demoEvents.sueLeaves(later(laptop.world.clock(), n * SECOND))),
  );
  const size = Math.ceil(leavers / BATCHES);
  for (let from = 0; from < leavers; from += size) {
    await laptop.deliver(events.slice(from, from + size));
    await laptop.settle();
    await laptop.liveUntil(later(laptop.world.clock(), 10 / 60 / BATCHES));
  }
}

interface Users {
  readonly users: readonly { readonly keys: readonly { readonly status: string }[] }[];
}

/** How the provider has their keys. */
export function keysOf({ simulations }: Laptop): readonly string[] {
  const iam = simulations.find(({ id }) => id === "aws-iam")?.memory.get() as Users | undefined;
  return (iam?.users ?? []).flatMap(({ keys }) => keys.map(({ status }) => status));
}
