import type { DeskRequest, Heard } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { sweepPending } from "../announce/index.ts";
import { answer, type Told } from "../winddown/index.ts";
import type { BoundDesk, World } from "../world/index.ts";
import { type DeskReleasePorts, releaseAt } from "./release.ts";

type HearPorts = DeskReleasePorts & Pick<World, "outbox" | "publish">;

/** A desk's own request: its signature first, then who said it, read again where the body has no authority, then the one use case. */
export async function hear(
  world: HearPorts,
  desk: string,
  request: DeskRequest,
  secrets: readonly string[],
): Promise<readonly Told[]> {
  const from = world.estate.provider(desk)?.desk;
  if (from?.read === undefined) throw badInput("no configured desk has this name", { desk });
  const told: Told[] = [];
  for (const heard of from.read(request, secrets, world.clock())) told.push((await judge(world, from, heard)).told);
  await sweepPending(world);
  return told;
}

/** What became of one click: read again where the request has no authority, then answered, or released. `confirmed`: whose it is, if anybody's. */
export async function judge(
  world: DeskReleasePorts,
  { confirm }: Pick<BoundDesk, "confirm">,
  heard: Heard,
): Promise<{ readonly told: Told; readonly confirmed: Heard | undefined }> {
  const confirmed = confirm ? await confirm(heard) : heard;
  if (confirmed?.choice === "release") return { told: await releaseAt(world, confirmed), confirmed };
  if (confirmed) return { told: await answer(world, confirmed), confirmed };
  return { told: { outcome: "refused", text: "the desk does not confirm this" }, confirmed };
}
