import { type Heard, OFFERED } from "@leasehold/core/connector";
import { badInput, type DecisionId, Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { judge } from "../desk/index.ts";
import type { Told } from "../winddown/index.ts";
import type { BoundDesk, World } from "../world/index.ts";
import { step } from "./step.ts";

const Text = z.string().check(z.minLength(1), z.maxLength(2_048));
const Wire = z.strictObject({
  decision: z.pipe(
    z.templateLiteral(["dec_", z.string().check(z.maxLength(64))]),
    z.transform((id) => id as DecisionId),
  ),
  item: Text,
  choice: z.enum(OFFERED),
  by: z.strictObject({ desk: Text, user: Text, email: z.optional(Text) }),
  ticket: z.strictObject({ desk: Text, ref: z.record(z.string().check(z.maxLength(64)), Text) }),
  id: Text,
  to: z.optional(Text),
  because: z.optional(Text),
});

/** What a desk heard, and what became of it: asked again of the vendor where the request has no authority, answered, and told. */
export const hear = step(z.strictObject({ heard: Wire, via: z.optional(Text) }), (world, { heard, via }) =>
  listened(world, heardOf(heard), via),
);

const heardOf = ({ by, to, because, ...rest }: z.infer<typeof Wire>): Heard => ({
  ...rest,
  by: { ...by, email: by.email },
  ...(to !== undefined && { to }),
  ...(because !== undefined && { because }),
});

/** `via`: the connector through whose way in it came, where that is known. A desk's click comes through its own, and no other. */
async function listened(world: World, heard: Heard, via: string | undefined): Promise<Told> {
  if (via !== undefined && via !== heard.by.desk)
    throw badInput("another connector's way in speaks in this desk's name", { via, desk: heard.by.desk });
  const desk = world.estate.provider(heard.by.desk)?.desk;
  if (desk === undefined) throw badInput("no configured desk has this name", { desk: heard.by.desk });
  const { told, confirmed } = await judge(world, desk, heard);
  await sweepPending(world);
  if (confirmed) await say(world, desk, confirmed, told); // whom the vendor does not confirm is nobody to speak to
  return told;
}

/** The answer stands whether or not its speaker can be told: nothing may make it be given again. */
async function say({ log }: World, { tell, id }: BoundDesk, heard: Heard, { text }: Told): Promise<void> {
  try {
    await tell?.(heard, text);
  } catch (error) {
    const fault = error instanceof Fault ? error.name : "Unexpected";
    log("warn", "the speaker was not told", { connector: id, decisionId: heard.decision, fault });
  }
}
