import type { AccountId, CaseId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import * as z from "zod/mini";

export const windDownId = z.pipe(
  z.templateLiteral(["wdc_", z.string()]),
  z.transform((id) => id as WindDownId),
);
export const caseId = z.pipe(
  z.templateLiteral(["cas_", z.string()]),
  z.transform((id) => id as CaseId),
);
export const account = z.pipe(
  z.templateLiteral(["acc_", z.string()]),
  z.transform((id) => id as AccountId),
);
export const credential = z.pipe(
  z.templateLiteral(["crd_", z.string()]),
  z.transform((id) => id as CredentialId),
);
/** The shape of a step's input: executions outlive deploys, so a function reads this release's and the last one's. */
export const contract = z.literal(1);
