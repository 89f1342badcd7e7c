import { badInput } from "@leasehold/core/kernel";
import type * as z from "zod/mini";
import type { World } from "../world/index.ts";

/** A function's inside: what it reads, and what it does with it. */
export interface Step {
  run(world: World, input: unknown): Promise<object>;
}

/** Names bad input by where it is, never by what it is: values may be secrets. */
export function step<In>(schema: z.ZodMiniType<In>, use: (world: World, input: In) => Promise<object>): Step {
  return {
    run: async (world, given) => {
      const read = schema.safeParse(given);
      if (read.success) return use(world, read.data);
      const where = read.error.issues.map(({ path }) => path.join(".") || "input").join(", ");
      throw badInput("the input is not of the shape this function reads", { where });
    },
  };
}
