import * as z from "zod/mini";
import { personShown } from "../person/index.ts";
import { call } from "./model.ts";
import { Text } from "./text.ts";

export const personShow = call({
  ...{ may: "anybody", does: "reads", input: z.strictObject({ id: Text }) },
  run: (world, { id }) => personShown(world, id),
});
