import type { AccountId, CaseId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import * as z from "zod";

export const windDownId = z.templateLiteral(["wdc_", z.string()]).transform((id) => id as WindDownId);
export const caseId = z.templateLiteral(["cas_", z.string()]).transform((id) => id as CaseId);
export const account = z.templateLiteral(["acc_", z.string()]).transform((id) => id as AccountId);
export const credential = z.templateLiteral(["crd_", z.string()]).transform((id) => id as CredentialId);
/** The shape of a step's input: executions outlive deploys, so a function reads this release's and the last one's. */
export const contract = z.literal(1);
