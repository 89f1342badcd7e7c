import * as z from "zod/mini";
import { explain } from "../explain/index.ts";
import { firstLook } from "../first-look/index.ts";
import { openFindings, owns, who } from "../question/index.ts";
import { used } from "../usage/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

export const whoOwns = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ id: Text }) },
  run: (world, { id }) => who(world, id),
});

export const explained = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ id: Text }) },
  run: (world, { id }) => explain(world, id),
});

export const ownsWhat = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ person: Text }) },
  run: (world, { person }) => owns(world, person),
});

export const usedFor = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ credential: Text, since: z.optional(Text) }) },
  run: (world, { credential, since = "24h" }) => used(world, { credential, since }),
});

export const firstLooked = call({
  ...{ may: "operators", does: "reads", input: z.strictObject({}) },
  run: (world) => firstLook(world),
});

export const findingList = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({}) },
  run: async (world) => ({ findings: await openFindings(world) }),
});
