import type { AccountId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { reinstate as takeBack } from "../casework/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { account } from "./ids.ts";
import { step } from "./step.ts";

export const reinstate = step(z.object({ account }), (world, input) =>
  aloud(world, (noted) => reinstated(noted, input.account)),
);

async function reinstated(world: World, back: AccountId) {
  return { outcome: await takeBack(world, back) };
}
