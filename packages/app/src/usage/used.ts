import { badInput, derivedId, Fault, type Instant } from "@leasehold/core/kernel";
import { KEPT_DAYS, type Summary, summarise, type Used } from "@leasehold/core/usage";
import { type Named, named, ownerNow, type People, peopleOf, readingsOf, resolve } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { usedBetween } from "./between.ts";
import { sinceOf } from "./since.ts";

export type UsedPorts = Pick<World, "graph" | "usage" | "config" | "clock">;

export interface ShownUse extends Summary {
  readonly person: Named | undefined; // whose account the caller's is today; the record holds no name of theirs
}
export interface UsedAnswer {
  readonly credential: Used;
  readonly owner: Named | undefined; // as of now
  readonly since: Instant;
  readonly until: Instant;
  readonly calls: number;
  readonly refused: number;
  readonly uses: readonly ShownUse[]; // the latest first
  readonly recordsSince: Instant | undefined; // of this credential
  readonly notVisible: readonly string[];
}

/** What a credential was used for: by caller, service and action. Whole hours; and what no source could show. */
export async function used(
  world: UsedPorts,
  { credential: text, since: span }: { readonly credential: string; readonly since: string },
): Promise<UsedAnswer> {
  const until = world.clock();
  const since = sinceOf(until, span);
  const credential = await credentialOf(world, text);
  const people = peopleOf(world, until);
  const all = summarise(await usedBetween(world, credential, since, until));
  const first = await world.usage.span(credential);
  return {
    ...{ credential, owner: await ownerOf(world, people, credential, until), since, until },
    calls: all.reduce((sum, { count }) => sum + count, 0),
    refused: all.reduce((sum, { refused }) => sum + refused, 0),
    uses: await Promise.all(all.map((one) => shown(people, one))),
    recordsSince: first?.first,
    notVisible: await unseen(world, all, since, first?.first),
  };
}

/** Also one that is on no list: whoever holds an access key id of the trail may ask what it did, and of a gateway who called it. */
async function credentialOf(world: UsedPorts, text: string): Promise<Used> {
  const known = await resolve(world, text).catch((error: unknown) => {
    if (error instanceof Fault && error.name === "BadInput") return undefined;
    throw error;
  });
  if (known !== undefined && isUsed(known)) return known;
  const ids = known === undefined ? readingsOf(text.trim()).map(({ id }) => id) : [];
  const used = [...ids.filter(isUsed), ...doorsIn(text.trim())];
  for (const id of used) if ((await world.usage.span(id)) !== undefined) return id;
  if (known !== undefined)
    throw badInput("only a credential or a session is used: give its id", { where: "credential" });
  throw badInput("no credential is known by this name: give an access key id or an id of ours (crd_…, ses_…)", {
    where: "credential",
  });
}

/** Of what others call with tokens of theirs the calls lie under what goes on behind it. */
const doorsIn = (text: string): readonly Used[] => (text.startsWith("arn:") ? [derivedId("ses", "aws", text)] : []);

const isUsed = (id: string): id is Used => id.startsWith("crd_") || id.startsWith("ses_");

async function ownerOf(world: UsedPorts, people: People, credential: Used, now: Instant): Promise<Named | undefined> {
  const subject = (await world.graph.node(credential))?.value.subject;
  const { owner } = subject ? await ownerNow(people, subject, now) : { owner: undefined };
  return owner && named(people, owner.account);
}

async function shown(people: People, one: Summary): Promise<ShownUse> {
  const { account } = one.caller;
  const person = account && (await named(people, account));
  return { ...one, person: person?.name === undefined && person?.email === undefined ? undefined : person };
}

/** Partial is not absent: no record is not "never used". */
async function unseen(
  { usage }: UsedPorts,
  all: readonly Summary[],
  since: Instant,
  first: Instant | undefined,
): Promise<readonly string[]> {
  const any = await usage.span();
  return [
    ...(any === undefined ? ["No source has brought a usage record: configure a connector that counts calls."] : []),
    ...(any !== undefined && any.first > since ? [`Usage is known from ${any.first} on; of before, nothing.`] : []),
    ...(any?.last !== undefined ? [`The newest usage record of any credential is of the hour of ${any.last}.`] : []),
    ...(first === undefined
      ? [`No call with this credential was counted in the ${KEPT_DAYS} days that are kept.`]
      : []),
    ...(all.some(({ approximate }) => approximate)
      ? [
          "Counts marked as approximate came over the event bus or from CloudTrail's own log of 90 days: they may repeat or lose a call, and have no reads of data.",
        ]
      : []),
    "Calls in sessions that were opened with this credential are counted under the session.",
  ];
}
