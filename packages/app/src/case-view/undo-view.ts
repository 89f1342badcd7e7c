import { same } from "@leasehold/core/connector";
import { type CredentialId, conflict, Fault, type WindDownId } from "@leasehold/core/kernel";
import { type Back, cameBack } from "@leasehold/core/winddown";
import { byHand, type LookPorts, look, type Undoing } from "../winddown/index.ts";
import type { Stored, World } from "../world/index.ts";

/** One item of an undo, as it stands when it was asked for. Left out: nothing of ours was ever done to it. */
export interface UndoView {
  readonly windDown: WindDownId;
  readonly credential: CredentialId;
  readonly outcome: Undoing | "another has begun since";
  readonly as: Back["as"] | "nothing was done";
  readonly because?: string;
  readonly wayBack?: string; // in the provider's words, where only a person can go it
}

const CHANGED = "somebody changed it after us: it is theirs to decide";
const GOES_ON = "It then goes on by itself within six hours, or at once after `leasehold case retry`.";
const NEWER = "another wind-down of it has begun since: undo that one";

/** What was asked is carried out by the wind-down's own next step; what will be in its way is looked for at once. */
export async function undoView(
  world: LookPorts & Pick<World, "windDowns">,
  id: WindDownId,
  outcome: UndoView["outcome"],
): Promise<UndoView> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined) throw conflict(id);
  const { windDown } = stored;
  const said = { windDown: id, credential: windDown.credential, outcome };
  if (outcome === "nothing to undo") return { ...said, as: "nothing was done" };
  if (outcome === "another has begun since") return { ...said, as: "needs a person", because: NEWER };
  const back = cameBack(windDown) ?? { as: "on its way" };
  return { ...said, ...back, ...(back.as === "back" ? {} : await seen(world, stored, back)) };
}

async function seen(world: LookPorts, { windDown, open }: Stored, { as }: Back): Promise<Partial<UndoView>> {
  const last = windDown.acts.at(-1);
  if (last === undefined) return {};
  const hand = world.estate.provider(windDown.connector)?.hands.find(({ verb }) => verb === last.receipt.verb);
  if (as === "needs a person") {
    const wayBack = await hand?.wayBack?.(last.receipt);
    return wayBack === undefined ? {} : { wayBack };
  }
  if (as !== "on its way" || open !== undefined || windDown.doubt !== undefined) return {};
  try {
    const { state } = (await look(world, windDown)).view;
    const ours = same(state, last.receipt.after) || same(state, last.receipt.before);
    return ours ? {} : { as: "cannot come back", because: CHANGED };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.name === "BadInput")
      return { because: [`${error.message}. ${GOES_ON}`, byHand(windDown)].join(" ").trim() };
    return { because: `the provider could not be asked just now (${error.name}): it is tried again` };
  }
}
