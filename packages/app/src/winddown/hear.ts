import type { DeskRequest } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { sweepPending } from "../announce/index.ts";
import type { World } from "../world/index.ts";
import { type AnswerPorts, answer, type Told } from "./answer.ts";

type HearPorts = AnswerPorts & Pick<World, "outbox" | "publish">;

/** A desk's own request: its signature first, then who said it, read again where the body has no authority, then the one use case. */
export async function hear(
  world: HearPorts,
  desk: string,
  request: DeskRequest,
  secrets: readonly string[],
): Promise<readonly Told[]> {
  const from = world.estate.provider(desk)?.desk;
  if (from === undefined) throw badInput("no configured desk has this name", { desk });
  const told: Told[] = [];
  for (const heard of from.read(request, secrets, world.clock())) {
    const confirmed = from.confirm ? await from.confirm(heard) : heard;
    told.push(
      confirmed ? await answer(world, confirmed) : { outcome: "refused", text: "the desk does not confirm this" },
    );
  }
  await sweepPending(world);
  return told;
}
