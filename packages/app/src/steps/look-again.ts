import type { CredentialId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { lookAgain as lookOnceMore } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { credential } from "./ids.ts";
import { step } from "./step.ts";

export const lookAgain = step(z.object({ credential }), (world, input) => moved(world, input.credential));

async function moved(world: World, id: CredentialId) {
  const outcome = await lookOnceMore(world, id);
  await sweepPending(world);
  return { outcome };
}
