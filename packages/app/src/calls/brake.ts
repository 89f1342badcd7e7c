import { badInput } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import * as z from "zod/mini";
import { brakeView, letGo, brakeOn as putOn, type Releaser, releaseHeld } from "../brake/index.ts";
import { isOneOf, openFindings, peopleOf } from "../question/index.ts";
import { isCase, livePerson, wake } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { type Caller, call } from "./model.ts";
import { Because, Text } from "./text.ts";

export const brakeStatus = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({}) },
  run: (world) => brakeView(world),
});

/** It only stops: on the laptop whoever holds the file may. */
export const brakeOn = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ because: Because }) },
  run: async (world, { because }, caller) => {
    const turned = await putOn(world, nameOf(caller), because);
    world.log("warn", "brake put on by hand", { by: turned.frozen.by });
    return turned;
  },
});

/** Lets go on what a trip or a batch holds, or of one case; without an id it takes the hand off the brake. */
export const brakeRelease = call({
  ...{ may: "security", does: "writes" },
  input: z.strictObject({ id: z.optional(Text), because: z.optional(Because), as: z.optional(Text) }),
  run: async (world, { id, because, as }, caller): Promise<LetGo | Releasing> => {
    if (id !== undefined && because === undefined) throw badInput("say why it is released", { where: "because" });
    const by = await releaserOf(world, caller, as);
    const name = by === "terminal" ? by : by.account;
    const released = id === undefined ? await letGo(world, name) : await releaseHeld(world, id, by, because ?? "");
    const woken = released.outcome === "released" ? await wakeStuck(world) : 0;
    world.log("warn", "brake released", { of: id ?? "hand", outcome: released.outcome, by: name, woken });
    return { ...released, woken };
  },
});

type LetGo = Awaited<ReturnType<typeof letGo>> & { readonly of?: undefined; readonly woken: number };
type Releasing = Awaited<ReturnType<typeof releaseHeld>> & { readonly woken: number };

const MOST = 200; // woken at once; the rest looks again by itself within six hours

/** Whoever found no place while it was on looks again now. */
async function wakeStuck(world: World): Promise<number> {
  const stuck = (await openFindings(world)).filter(({ kind }) => kind === "the brake has no place").slice(0, MOST);
  for (const { about } of stuck) if (isCase(about) || isWindDown(about)) await wake(world, about);
  for (const { id } of stuck) await world.findings.close(id); // whoever still finds no place says so again
  return stuck.length;
}

const isWindDown = (id: string): id is `wdc_${string}` => id.startsWith("wdc_");
const nameOf = (caller: Caller): string => (caller.as === "person" ? caller.account : "terminal");

/** A terminal of the demo may borrow the name of somebody from security; on a stage everybody has their own. */
async function releaserOf(world: World, caller: Caller, as: string | undefined): Promise<Releaser> {
  const people = peopleOf(world, world.clock());
  if (caller.as === "person") {
    if (as !== undefined)
      throw badInput("your own identity signs this request: nobody speaks as another", { where: "as" });
    const accounts = await people.perhaps(caller.account);
    return { account: caller.account, accounts, person: caller.person };
  }
  if (as === undefined) return "terminal";
  const { accounts, first, person } = await people.cluster(emailAccount(as));
  if (!(await isOneOf(people, world.config.security, accounts)))
    throw badInput("only security releases: the configuration does not name this person there", { as });
  const { state } = await livePerson(world, people, first);
  if (state !== "active") throw badInput("the directory does not say that this person is active", { as });
  return { account: first, accounts: await people.perhaps(first), person };
}
