import * as z from "zod";
import { owns, who } from "../question/index.ts";
import { call } from "./model.ts";

const Text = z.string().min(1).max(2_048);

export const whoOwns = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ id: Text }) },
  run: (world, { id }) => who(world, id),
});

export const ownsWhat = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ person: Text }) },
  run: (world, { person }) => owns(world, person),
});
