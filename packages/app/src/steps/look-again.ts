import type { CredentialId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { lookAgain as lookOnceMore } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { credential } from "./ids.ts";
import { step } from "./step.ts";

export const lookAgain = step(z.object({ credential }), (world, input) =>
  aloud(world, (noted) => moved(noted, input.credential)),
);

async function moved(world: World, id: CredentialId) {
  return { outcome: await lookOnceMore(world, id) };
}
