import { badInput, Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { letGo, brakeOn as putOn, type Releaser, releaseHeld } from "../brake/index.ts";
import { Because, wakeStuck } from "../desk/index.ts";
import { membership, UNREAD } from "../groups/index.ts";
import { peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { type Caller, call } from "./model.ts";
import { speaker } from "./speaker.ts";
import { Text } from "./text.ts";

/** It only stops: on the laptop whoever holds the file may. */
export const brakeOn = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ because: Because }) },
  run: (world, { because }, caller) => putOn(world, nameOf(caller), because),
});

/** Lets go on what a trip or a batch holds, or of one case; without an id it takes the hand off the brake. */
export const brakeRelease = call({
  ...{ may: "operators", does: "writes" },
  input: z.strictObject({ id: z.optional(Text), because: z.optional(Because), as: z.optional(Text) }),
  run: async (world, { id, because, as }, caller): Promise<LetGo | Releasing> => {
    if (id !== undefined && because === undefined) throw badInput("say why it is released", { where: "because" });
    const by = await releaserOf(world, caller, as, id);
    const name = by === "terminal" ? by : by.account;
    const released =
      id === undefined ? await letGo(world, name, because) : await releaseHeld(world, id, by, because ?? "");
    const woken = released.outcome === "released" ? await wakeStuck(world) : 0;
    return { ...released, woken };
  },
});

type LetGo = Awaited<ReturnType<typeof letGo>> & { readonly of?: undefined; readonly woken: number };
type Releasing = Awaited<ReturnType<typeof releaseHeld>> & { readonly woken: number };

const refusal = ({ as }: Caller, unread: boolean): Fault => {
  const why = unread ? UNREAD : "this is for security";
  return as === "person" ? new Fault("PermissionMissing", why) : badInput(why, { where: "as" });
};

const nameOf = (caller: Caller): string => (caller.as === "person" ? caller.account : "terminal");

/** An operator is the second of two, beside security. A terminal of the demo may borrow the name of somebody from security; on a stage everybody has their own. */
async function releaserOf(
  world: World,
  caller: Caller,
  as: string | undefined,
  id: string | undefined,
): Promise<Releaser> {
  const account = await speaker(world, caller, as);
  if (account === undefined) return "terminal";
  const people = peopleOf(world, world.clock());
  const { accounts, person } = await people.cluster(account);
  const security = await membership(world, people, world.config.security, accounts);
  const mayBeSecond = security !== "member" && id !== undefined;
  const operator = mayBeSecond ? await membership(world, people, world.config.operators, accounts) : "other";
  if (security !== "member" && operator !== "member") throw refusal(caller, [security, operator].includes("unread"));
  return { account, accounts: await people.perhaps(account), person, second: security !== "member" };
}
