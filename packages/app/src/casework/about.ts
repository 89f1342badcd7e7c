import { type Case, credentialIn, isDrill, isExposure, isReview } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { StoredCase } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";
import type { About } from "./render.ts";

export const aboutOf = ({ case: open }: StoredCase, { config }: Pick<CasePorts, "config">): About => ({
  timeZone: config.calendar.timeZone,
  account: saidOf(open) ?? open.accounts[0] ?? emailAccount("unknown@invalid"),
  moved: isReview(open),
  leaked: isExposure(open),
  orphan: credentialIn(open) !== undefined,
  drill: isDrill(open),
});

/** The account of which the directory said it, and not whichever of theirs comes first. */
const saidOf = ({ triggers }: Case): AccountId | undefined =>
  triggers.flatMap(({ subject }) => (isAccount(subject) ? [subject] : []))[0];
const isAccount = (subject: string): subject is AccountId => subject.startsWith("acc_");
