import { Fault } from "@leasehold/core/kernel";
import type { Config, Group } from "../config/index.ts";
import type { GroupPorts } from "./membership.ts";

/** A group that the configuration names, asked of its directory just now. */
export interface GroupSize extends Group {
  readonly where: string; // the field: security.0
  readonly read: { readonly people: number } | { readonly not: Fault };
}

/** Every group that decides something, in the order of the file. */
export async function groupSizes(
  { estate }: GroupPorts,
  config: Pick<Config, "security" | "operators">,
): Promise<readonly GroupSize[]> {
  const sizes: GroupSize[] = [];
  for (const as of ["security", "operators"] as const)
    for (const [n, one] of config[as].entries())
      if (typeof one !== "string") sizes.push({ ...one, where: `${as}.${n}`, read: await sizeOf({ estate }, one) });
  return sizes;
}

async function sizeOf({ estate }: GroupPorts, { connector, group }: Group): Promise<GroupSize["read"]> {
  const { groups } = estate.provider(connector) ?? {};
  if (groups === undefined) return { not: new Fault("BadInput", "no groups are read of this connector") };
  try {
    return { people: (await groups.members(group)).length };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { not: error };
  }
}
