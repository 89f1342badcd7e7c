import { type AccountId, badInput, type CredentialId } from "@leasehold/core/kernel";
import { isVanished } from "@leasehold/core/lineage";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { openForOne } from "../casework/index.ts";
import { named, ownerNow, peopleOf, resolve } from "../question/index.ts";
import { openCase } from "../steps/index.ts";
import type { World } from "../world/index.ts";
import { type Caller, call } from "./model.ts";
import { Text } from "./text.ts";

const TRIGGERS: Readonly<Record<string, "person.left" | "person.held">> = {
  departed: "person.left",
  suspended: "person.held",
  vanished: "person.held",
};

/**
 * A departure from before the installation is a person's to open, and so is a credential that is nobody's. `case` is left out
 * where no directory says that they left, or where its owner is there.
 */
export const caseOpen = call({
  ...{ may: "operators", does: "writes", input: z.strictObject({ person: Text }) },
  run: async (world, { person: text }, caller) => {
    const id = await resolve(world, text);
    if (isCredential(id)) return openOrphan(world, id, caller);
    const { account, standing, person } = await departedIn(world, id);
    const type = TRIGGERS[standing];
    if (type === undefined || account === undefined) return { standing, person, case: undefined };
    const opened = (await openCase.run(world, { type, account })) as { readonly case: string };
    logged(world, opened.case, caller);
    return { standing, person, case: opened.case };
  },
});

const isCredential = (id: string): id is CredentialId => id.startsWith("crd_");

/** Whoever owns it is not asked to open it: `sweep` lists what is nobody's, and one of these is put to people. */
async function openOrphan(world: World, id: CredentialId, caller: Caller) {
  const people = peopleOf(world, world.clock());
  const node = await world.graph.node(id);
  if (node === undefined) throw badInput("nothing is known by this name", { id });
  const { owner, standing } = await ownerNow(people, node.value.subject, world.clock());
  if (owner !== undefined && owner.confidence >= LIKELY && standing.value === "active")
    return { standing: standing.value, person: await named(people, owner.account), case: undefined };
  const at = world.clock();
  const trigger = { kind: "orphan", subject: id, occurredAt: at, recordedAt: at, eventId: `opened/${id}` } as const;
  const opened = await openForOne(world, trigger);
  await sweepPending(world);
  logged(world, opened, caller);
  return { standing: standing.value, person: undefined, case: opened as string };
}

const LIKELY = 0.8;

function logged({ log }: World, caseId: string, caller: Caller): void {
  log("info", "case opened by a person", { caseId, by: caller.as === "person" ? caller.account : "terminal" });
}

/** The account whose word it is that they have left. */
async function departedIn(world: Pick<World, "graph" | "config" | "clock">, id: string) {
  if (!id.startsWith("acc_"))
    throw badInput("this is not a person or a credential: give an account, an e-mail address or a key", { id });
  const people = peopleOf(world, world.clock());
  const { value: standing, account } = await people.standing(id as AccountId);
  const { accounts } = await people.cluster(id as AccountId);
  for (const one of accounts) {
    const subject = await people.subject(one);
    if (standing === "active" && subject !== undefined && isVanished(subject))
      return { standing: "vanished", account: one, person: await named(people, id as AccountId) };
  }
  return { standing, account, person: await named(people, id as AccountId) };
}
