import { CHOICES } from "@leasehold/core/connector";
import { badInput, type DecisionId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { sweepPending } from "../announce/index.ts";
import { answer } from "../winddown/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

/** Drawn once by whoever asks: the same request again, by the same person, is told that it was recorded before. */
const Click = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/));

/**
 * The same use case as behind a desk's button. Anybody may try: whether it is theirs to give is judged there, against the
 * directory as it is now. A terminal proves no name, so it has no answer to give.
 */
export const caseAnswer = call({
  ...{ may: "anybody", does: "writes" },
  input: z.strictObject({
    ...{
      decision: Text,
      item: Text,
      choice: z.enum(CHOICES),
      to: z.optional(z.email().check(z.maxLength(320))),
      click: Click,
    },
  }),
  run: async (world, { decision, item, choice, to, click }, caller) => {
    if (caller.as !== "person")
      throw badInput("answers are given where a name is proven: on a desk, or by an identity on a stage");
    const told = await answer(world, {
      ...{ decision: decision as DecisionId, item, choice, ...(to !== undefined && { to }) },
      by: { desk: "api", user: caller.account, email: caller.email },
      ...{ ticket: { desk: "api", ref: {} }, id: `api/${caller.account}/${click}` },
    });
    await sweepPending(world);
    return { told: [told] };
  },
});
