import { type Case, type Gate, isReview, type Read } from "@leasehold/core/casework";
import { found } from "@leasehold/core/finding";
import { type AccountId, Fault } from "@leasehold/core/kernel";
import { type Certainty, isSure } from "@leasehold/core/person";
import type { Draft } from "@leasehold/core/trail";
import { peopleOf } from "../question/index.ts";
import { certaintyNow } from "../winddown/index.ts";
import type { StoredCase } from "../world/index.ts";
import { holdOn, holdOver } from "./hold.ts";
import type { CasePorts } from "./ports.ts";

/**
 * Before anything is planned about a person their directory is asked. An event that says departed while the directory
 * says active is a false leaver: a person looks at it, and nothing is done.
 */
export async function gate(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  return put(world, stored, await certaintyOf(world, stored.case));
}

/**
 * Also once they have left for certain: the directory may have them back though no event says so. Only that changes anything;
 * where it cannot be asked nothing is known anew, and each act asks it for itself.
 */
export async function gateAgain(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  const read = await certaintyOf(world, stored.case).catch(notNow);
  return read?.read.state === "active" || read?.level === "C3" ? put(world, stored, read) : stored;
}

const NOT_NOW: readonly string[] = ["Unavailable", "Throttled", "PermissionMissing"];

function notNow(error: unknown): undefined {
  if (!(error instanceof Fault) || !NOT_NOW.includes(error.name)) throw error;
  return undefined;
}

const certaintyOf = (world: CasePorts, { accounts }: Case): Promise<Certainty> =>
  certaintyNow(world, peopleOf(world, world.clock()), accounts[0] as AccountId);

async function put(world: CasePorts, stored: StoredCase, certainty: Certainty): Promise<StoredCase> {
  const { case: open } = stored;
  const says = gateOf(open, certainty);
  const same = open.certainty?.level === certainty.level && open.certainty.because === certainty.because;
  if (says === open.gate && same) return stored;
  if (says !== open.gate) await tell(world, open, says, certainty);
  const read: Read = { ...certainty, at: world.clock() };
  return world.cases.change(stored, { ...open, gate: says, certainty: read }, draftOf(says, read));
}

function gateOf(open: Case, certainty: Certainty): Gate {
  if (isSure(certainty)) return "departed";
  if (certainty.read.state !== "active") return "unconfirmed";
  return isReview(open) ? "moved" : "false leaver";
}

/** Who said what and when, so that the trail alone tells why. */
function draftOf(says: Gate, { level, because, said, read }: Read): Draft {
  const words = said.map((word) => `${word.connector} ${word.account}: ${word.says} since ${word.since}`);
  return {
    did: "gate.read",
    by: "leasehold",
    facts: { gate: says, certainty: level, because, live: read.state, of: read.account ?? "", said: words.join("; ") },
  };
}

async function tell(world: CasePorts, open: Case, says: Gate, { because, read }: Certainty): Promise<void> {
  const account = open.accounts[0] as AccountId;
  if (says === "moved") return;
  if (says === "unconfirmed") return holdOn(world, account, because);
  await holdOver(world, account); // of one who has left the case tells
  if (says === "departed") return;
  await world.findings.put(
    found(
      "false leaver",
      open.id,
      world.clock(),
      "a source said that this person left or is held, and the directory says active: find out which is wrong",
      { account, ...(read.account && { of: read.account }) },
    ),
  );
}
