import type { CredentialId } from "@leasehold/core/kernel";
import * as z from "zod";
import { sweepPending } from "../announce/index.ts";
import { advance, lookAgain as lookOnceMore, review } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { aloud } from "./aloud.ts";
import { contract, credential, windDownId } from "./ids.ts";
import { step } from "./step.ts";

export const windDownStep = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, advance(world, id)),
);

export const windDownDelete = step(z.object({ contract, id: windDownId }), (world, { id }) =>
  aloud(world, advance(world, id, "delete")),
);

export const lookAgain = step(z.object({ credential }), (world, input) => moved(world, input.credential));

export const reviewUnresolved = step(z.object({}), (world) => aloud(world, reviewed(world)));

async function moved(world: World, id: CredentialId) {
  const outcome = await lookOnceMore(world, id);
  await sweepPending(world);
  return { outcome };
}

async function reviewed(world: World) {
  return { begun: await review(world) };
}
