import {
  type Frozen,
  type Hold,
  isStanding,
  isTrip,
  type Named,
  needsTwo,
  type Release,
  standingTrip,
  stops,
  timesOver,
  type Used,
  usage,
  voiceFor,
  type Window,
} from "@leasehold/core/brake";
import type { Case } from "@leasehold/core/casework";
import type { CaseId, Instant } from "@leasehold/core/kernel";
import { each, type ReadingPorts } from "../world/index.ts";
import { activesNow } from "./actives.ts";

/** The brake as it stands: whose hand is on it, whether it tripped, what is held and released, how much of each limit is used. */
export interface BrakeView {
  readonly on: boolean; // every plan is frozen: by a hand, or because it tripped
  readonly frozen: Frozen | undefined;
  readonly tripped: HoldView | undefined;
  readonly held: readonly HoldView[]; // the trip that stands, and every other that holds somebody or was released
  readonly named: readonly Named[]; // cases that were released by name
  readonly limits: readonly Used[];
}
export interface HoldView {
  readonly id: Hold["id"];
  readonly kind: "trip" | "batch";
  readonly at: Instant;
  readonly over: Hold["over"];
  readonly most: number;
  readonly timesOver: number;
  readonly people: number; // who came in it
  readonly waiting: number; // open cases that it holds now
  readonly cases: readonly CaseId[]; // the first of them
  readonly twoPeople: boolean; // must release it
  readonly agreed: string | undefined; // who was the first of two
  readonly released: Release | undefined; // as long as it stands
}

const SHOWN = 20; // cases of one hold

type ViewPorts = Pick<ReadingPorts, "ledger" | "config" | "clock" | "cases">;

export async function brakeView(world: ViewPorts): Promise<BrakeView> {
  const { ledger, config, clock } = world;
  const { value } = await ledger.brake();
  const now = clock();
  const waiting = (value.holds ?? []).length > 0 ? await waitingIn(world, value, now) : new Map<string, CaseId[]>();
  const held = (value.holds ?? []).map((hold) => viewOf(value, hold, waiting.get(hold.id) ?? [], now));
  const tripped = held.find(({ id }) => id === standingTrip(value)?.id);
  return {
    on: value.frozen !== undefined || tripped !== undefined,
    ...{ frozen: value.frozen, tripped },
    held: held.filter((hold) => hold === tripped || hold.waiting > 0 || hold.released !== undefined),
    named: (value.named ?? []).filter((one) => isStanding(value, one, now)),
    limits: usage(value, now, config.brake, await activesNow(ledger)),
  };
}

function viewOf(window: Window, hold: Hold, cases: readonly CaseId[], now: Instant): HoldView {
  const { id, at, over, most, people, released } = hold;
  return {
    ...{ id, kind: isTrip(hold) ? "trip" : "batch", at, over, most, people },
    ...{ timesOver: Math.round(timesOver(hold) * 10) / 10, waiting: cases.length, cases: cases.slice(0, SHOWN) },
    ...{ twoPeople: needsTwo(hold), agreed: voiceFor(window, id, now)?.account },
    released: released && isStanding(window, released, now) ? released : undefined,
  };
}

/** Who waits is read from the cases: one that was closed meanwhile waits for nothing. */
async function waitingIn({ cases }: Pick<ViewPorts, "cases">, window: Window, now: Instant) {
  const { frozen: _, ...open } = window;
  const by = new Map<string, CaseId[]>();
  for await (const id of each((cursor) => cases.list("open", cursor))) {
    const brake = (await cases.get(id))?.case.brake;
    if (brake?.as !== "held" || stops(open, heldCase({ id, brake }), now) === undefined) continue;
    by.set(brake.by, [...(by.get(brake.by) ?? []), id]);
  }
  return by;
}

const heldCase = ({ id, brake }: Pick<Case, "id" | "brake">) => ({ departed: true, case: id, brake });
