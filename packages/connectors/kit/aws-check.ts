import { Fault } from "@leasehold/core/kernel";
import { askAws, isMissing } from "./aws.ts";

/** One harmless call for each permission. */
export type Asks = Readonly<Record<string, () => Promise<unknown>>>;

interface Asked {
  readonly account: string;
  readonly regions: readonly string[];
}

/** What is not allowed, Region by Region, each a sentence that says what to do. */
export async function missingIn(api: Asked, asksOf: (region: string) => Asks): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const region of api.regions)
    for (const [permission, call] of Object.entries(asksOf(region))) {
      const denied = await deniedBy(permission, call);
      if (denied !== undefined) missing.add(remedy(api, region, denied));
    }
  return [...missing];
}

/** A name that is not there, or of a form that there is none of, says no more than that the right was there. */
async function deniedBy(permission: string, call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await askAws(permission, call);
    return undefined;
  } catch (error) {
    if (error instanceof Fault && error.name === "PermissionMissing")
      return String(error.facts["permission"] ?? permission);
    if ((error as Error).name !== "ValidationException") isMissing(error);
    return undefined;
  }
}

const remedy = ({ account }: Asked, region: string, permission: string): string =>
  permission === "sts:AssumeRole"
    ? `Let the credentials that Leasehold starts from assume the role in account ${account}: its trust policy must name them, and the external id must agree.`
    : `Allow ${permission} in ${region} to the role that Leasehold uses in account ${account}.`;
