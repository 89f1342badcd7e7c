import { voiceFor } from "@leasehold/core/brake";
import type { Decision } from "@leasehold/core/casework";
import type { Heard } from "@leasehold/core/connector";
import { Fault, type Instant } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { letGo as handOff, type ReleasePorts, type Releaser, type Releasing, releaseHeld } from "../brake/index.ts";
import { membership, UNREAD } from "../groups/index.ts";
import { peopleOf } from "../question/index.ts";
import { type AnswerPorts, COPY, isCopy, readNow, remember, type Told } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import { type HoldPorts, refresh } from "./ask-security.ts";
import type { HandShown } from "./hand-message.ts";
import { itemOf, stopOf } from "./hold-message.ts";
import { Because } from "./reason.ts";
import { isOfHand, isStop, type Shown, shownIn, tokenOf } from "./shown.ts";
import { wakeStuck } from "./wake-stuck.ts";

export type DeskReleasePorts = AnswerPorts &
  HoldPorts &
  ReleasePorts &
  Pick<World, "waits" | "runs" | "findings" | "outbox" | "publish">;

/**
 * A press on the button of a hold, or of a hand on the brake. Who may is judged now, against the directories; it covers what its
 * message named, and of a hold whom the message showed. Late, double, forwarded and replayed presses are told so, and change nothing.
 */
export async function releaseAt(world: DeskReleasePorts, heard: Heard): Promise<Told> {
  const id = stopOf(heard.item);
  const stored = await world.decisions.get(heard.decision);
  if (stored === undefined || !isStop(id) || stored.value.case !== id) return refused("there is no such hold");
  if (stored.value.heard.includes(heard.id))
    return { outcome: "already recorded", text: "this press was heard before: the message shows what came of it" };
  if (isCopy(stored.value, heard)) {
    world.log("warn", "a click on a copy of the message", { decisionId: heard.decision, connector: heard.by.desk });
    return refused(COPY);
  }
  // it failed there and has it all the same, so it was never edited: whom it shows is not known
  if (!stored.value.tickets.some(({ desk }) => desk === heard.ticket.desk)) return refused(NOT_KNOWN);
  const by = await releaserNow(world, heard.by);
  if ("refused" in by) return refused(by.refused);

  const window = (await world.ledger.brake()).value;
  const shown = shownIn(window, id, world.clock());
  const stale =
    shown === undefined ? GONE : staleOf(shown, { ...heard, rendered: stored.value.rendered }, world.clock());
  if (shown === undefined || stale !== undefined) {
    await remember(world, stored, heard.id); // first: delivered again it would be a press on what is shown from now on
    await refresh(world, id);
    return stale ?? GONE;
  }
  const because = Because.safeParse(heard.because);
  if (!because.success) return refused("say why first, in 3 to 300 characters on one line, and then press again");

  const told = await letGo(world, shown, by, because.data, voiceFor(window, id, world.clock()) !== undefined);
  await refresh(world, id);
  if (told.outcome === "recorded")
    await remember(world, (await world.decisions.get(heard.decision)) ?? stored, heard.id);
  world.log("info", "release heard", { decisionId: heard.decision, hold: id, outcome: told.outcome });
  return told;
}

const NOT_KNOWN =
  "this message may not show who is held now: press in the one at another desk, or release it by command";
const refused = (text: string): Told => ({ outcome: "refused", text });
const tooLate = (text: string): Told => ({ outcome: "too late", text });
const GONE = tooLate("this is over: nobody is held by it any more");

/** What the message showed is not what is there: it is shown anew, and nothing is released that nobody saw. */
function staleOf(
  of: Shown,
  { item, rendered }: Pick<Heard, "item"> & Pick<Decision, "rendered">,
  now: Instant,
): Told | undefined {
  if (isOfHand(of)) return liftedOf(of);
  const { hold, released, ...rest } = of;
  if (released) return tooLate(`it was released already, until ${released.until}`);
  const shown = { hold, released, ...rest };
  if (rendered === tokenOf(shown) && item === itemOf(shown)) return undefined;
  const { released: last } = hold;
  if (last && last.until <= now)
    return tooLate(
      `the release ran out at ${last.until}: the message shows who is held now; press again if that is right`,
    );
  return tooLate(
    `it has changed since this was shown, and holds ${hold.people} now: the message shows it; press again if that is right`,
  );
}

const liftedOf = ({ lifted }: HandShown): Told | undefined =>
  lifted && tooLate(`it was taken off already, at ${lifted.at}`);

/** Whoever the desk says it is, as a person whom a directory says is active now, and whom a group names now. */
async function releaserNow(
  world: Pick<World, "graph" | "estate" | "config" | "clock">,
  { email }: Heard["by"],
): Promise<Exclude<Releaser, "terminal"> | { readonly refused: string }> {
  if (email === undefined) return { refused: "the desk does not say who this is" };
  const people = peopleOf(world, world.clock());
  const { accounts, first, person } = await people.cluster(emailAccount(email));
  const security = await membership(world, people, world.config.security, accounts);
  const operator = security === "member" ? "other" : await membership(world, people, world.config.operators, accounts);
  if (security !== "member" && operator !== "member")
    return {
      refused: [security, operator].includes("unread") ? UNREAD : "only security releases what the brake holds",
    };
  const { state } = await readNow(world, people, first);
  if (state !== "active") return { refused: "the directory does not say that you are active" };
  return { account: first, accounts: await people.perhaps(first), person, second: security !== "member" };
}

async function letGo(
  world: DeskReleasePorts,
  shown: Shown,
  by: Exclude<Releaser, "terminal">,
  because: string,
  isAgreed: boolean,
): Promise<Told> {
  try {
    if (isOfHand(shown)) return await takeOff(world, by, because);
    const { hold } = shown;
    const releasing = await releaseHeld(world, hold.id, by, because, hold.people);
    if (releasing.outcome === "released") await wakeStuck(world);
    return toldOf(releasing, isAgreed);
  } catch (error) {
    if (error instanceof Fault && error.name === "BadInput") return refused(error.message);
    throw error;
  }
}

/** Operators are second where two release; a hand is taken off by one, of security. */
async function takeOff(world: DeskReleasePorts, by: Exclude<Releaser, "terminal">, because: string): Promise<Told> {
  if (by.second) return refused("only security takes a hand off the brake");
  const { outcome } = await handOff(world, by.account, because);
  if (outcome === "was not on") return GONE;
  await wakeStuck(world);
  return { outcome: "recorded", text: "recorded: the brake is off; what waited goes on, each as is decided now" };
}

function toldOf({ outcome, covers, until }: Releasing, isAgreed: boolean): Told {
  switch (outcome) {
    case "released":
      return { outcome: "recorded", text: `recorded: ${covers} go on until ${until}, each as is decided now` };
    case "needs a second person":
      return isAgreed
        ? { outcome: "already recorded", text: "your word stands: another person must release it, too" }
        : { outcome: "recorded", text: "recorded: another person must release it, too, within a day" };
    case "was released already":
      return tooLate(`it was released already, until ${until}`);
    case "is not held":
      return GONE;
  }
}
