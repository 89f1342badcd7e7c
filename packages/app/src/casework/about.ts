import { credentialIn, isDrill, isExposure, isReview } from "@leasehold/core/casework";
import { emailAccount } from "@leasehold/core/lineage";
import type { StoredCase } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";
import type { About } from "./render.ts";

export const aboutOf = ({ case: open }: StoredCase, { config }: Pick<CasePorts, "config">): About => ({
  timeZone: config.calendar.timeZone,
  account: open.accounts[0] ?? emailAccount("unknown@invalid"),
  moved: isReview(open),
  leaked: isExposure(open),
  orphan: credentialIn(open) !== undefined,
  drill: isDrill(open),
});
