import type { FindingId } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { page as pageFor } from "../page/index.ts";
import { step } from "./step.ts";

const finding = z.pipe(
  z.templateLiteral(["fnd_", z.string().check(z.maxLength(128))]),
  z.transform((id) => id as FindingId),
);

export const page = step(z.object({ finding, about: z.string().check(z.minLength(1), z.maxLength(256)) }), pageFor);
