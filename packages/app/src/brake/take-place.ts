import { type Arrival, type Arrived, arrive, type Hold, isTrip, openBatch, standingTrip } from "@leasehold/core/brake";
import { type Case, departureOf } from "@leasehold/core/casework";
import type { Draft } from "@leasehold/core/trail";
import type { StoredCase, World } from "../world/index.ts";
import { activesNow } from "./actives.ts";
import { retried } from "./retried.ts";
import { tellHold } from "./tell.ts";

export type PlacePorts = Pick<
  World,
  "cases" | "ledger" | "graph" | "findings" | "clock" | "config" | "random" | "pause" | "log"
>;

/**
 * A confirmed departure is counted before anything of it is acted on, or held: one conditional write of its case, the
 * brake's item and, where it trips, the trail of the brake. Where the item cannot be read nothing is taken.
 */
export async function takePlace(world: PlacePorts, stored: StoredCase): Promise<StoredCase> {
  const { case: open } = stored;
  const arrival = await arrivalOf(world, open);
  const actives = await activesNow(world.ledger);
  let arrived: Arrived | undefined;
  const hasMoved = async () => (await world.cases.get(open.id))?.version !== stored.version;
  const next = await retried(
    world,
    async () => {
      const { value, version } = await world.ledger.brake();
      arrived = arrive(value, arrival, world.clock(), world.config.brake, actives, world.random(10));
      const { window, brake, began } = arrived;
      const also = { window: { value: window, version }, ...(began && { entry: beganDraft(began) }) };
      return world.cases.change(stored, { ...open, brake }, placeDraft(arrived, arrival), [], also);
    },
    hasMoved,
  );
  if (arrived?.began) await began(world, arrived.began);
  return next;
}

async function began(world: PlacePorts, hold: Hold): Promise<void> {
  world.log("error", isTrip(hold) ? "the brake tripped" : "a backlog is held", { hold: hold.id, most: hold.most });
  await tellHold(world, hold);
}

/** A crash came between the trip and its finding: whoever was the first in it tells it again. */
export async function tellAgain(world: Pick<World, "ledger" | "findings">, { brake }: Case): Promise<void> {
  if (brake?.as !== "held" || brake.nth > 1) return;
  const { value } = await world.ledger.brake();
  const hold = [standingTrip(value), openBatch(value)].find((one) => one?.id === brake.by);
  if (hold) await tellHold(world, hold);
}

/** Whose departure nobody's word dates is learned of now, by the directory's own answer. */
async function arrivalOf({ graph, clock }: PlacePorts, open: Case): Promise<Arrival> {
  const trigger = departureOf(open);
  const [first] = open.accounts;
  const account = trigger?.subject ?? first;
  const node = account && (await graph.node(account));
  const source = node?.value.subject.facts["connector"]?.value ?? "unknown";
  const at = { occurredAt: clock(), recordedAt: clock(), ...trigger };
  return { case: open.id, source, occurredAt: at.occurredAt, recordedAt: at.recordedAt };
}

function placeDraft({ brake }: Arrived, { source, recordedAt }: Arrival): Draft {
  const facts = { source, recordedAt };
  return brake.as === "counted"
    ? { did: "place.taken", by: "leasehold", facts }
    : { did: "case.held", by: "leasehold", facts: { ...facts, hold: brake.by, nth: brake.nth } };
}

function beganDraft({ id, by, most, over }: Hold): Draft {
  const facts = { hold: id, case: by, most };
  if (over === undefined) return { did: "backlog.held", by: "leasehold", facts };
  const { limit, counted, source = "all" } = over;
  return { did: "brake.tripped", by: "leasehold", facts: { ...facts, limit, counted, source } };
}
