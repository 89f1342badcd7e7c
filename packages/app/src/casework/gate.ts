import { type Case, type Gate, isReview } from "@leasehold/core/casework";
import { found } from "@leasehold/core/finding";
import type { AccountId } from "@leasehold/core/kernel";
import { peopleOf } from "../question/index.ts";
import { livePerson } from "../winddown/index.ts";
import type { StoredCase } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

/**
 * Before anything is planned about a person their directory is asked. An event that says departed while the directory
 * says active is a false leaver: a person looks at it, and nothing is done.
 */
export async function gate(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  const { case: open } = stored;
  const read = await readNow(world, open);
  if (read === open.gate) return stored;
  if (read === "false leaver")
    await world.findings.put(
      found(
        "false leaver",
        open.id,
        world.clock(),
        "a source said that this person left or is held, and the directory says active: find out which is wrong",
        {
          account: open.accounts[0] ?? "",
        },
      ),
    );
  const draft = { did: "gate.read", by: "leasehold", facts: { gate: read } };
  return world.cases.change(stored, { ...open, gate: read }, draft);
}

async function readNow(world: CasePorts, open: Case): Promise<Gate> {
  const people = peopleOf(world, world.clock());
  const { state } = await livePerson(world, people, open.accounts[0] as AccountId);
  if (state === "departed") return "departed";
  if (state !== "active") return "unconfirmed";
  return isReview(open) ? "moved" : "false leaver";
}
