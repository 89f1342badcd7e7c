import type { Secrets } from "@leasehold/core/connector";
import { badInput, type Clock, type Instant, laterBy } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Host } from "../world/index.ts";

const KEPT_SECONDS = 60;
const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS"; // while one is being replaced, both are good

export interface SecretParts {
  readonly connector: string;
  readonly stage: () => string;
  readonly clock: Clock;
  readonly aws: Aws;
}
export interface Vault {
  readonly secret: Secrets;
  /** Every value that the vendor may sign with now; `fresh`: asked for again, where what is known did not fit. */
  signing(names: readonly string[], fresh?: boolean): Promise<readonly string[]>;
}

/** One vendor's secrets, read by their names and kept for a minute in memory alone. Another vendor's name is refused before it is asked for. */
export function vaultOf(parts: SecretParts): Vault {
  const kept = new Map<string, { readonly value: string | undefined; readonly until: Instant }>();
  const read = async (name: string, stage: string, fresh: boolean): Promise<string | undefined> => {
    const key = `${stage} ${name}`;
    const known = kept.get(key);
    if (!fresh && known && known.until > parts.clock()) return known.value;
    const value = await fetched(parts, name, stage);
    kept.set(key, { value, until: laterBy(parts.clock(), KEPT_SECONDS) });
    return value;
  };
  const current = async (name: string, fresh: boolean): Promise<string> => {
    const value = await read(name, CURRENT, fresh);
    if (value === undefined)
      throw badInput("this secret has no value on the stage: put it there with `leasehold secrets set`", { name });
    return value;
  };
  return {
    secret: (name) => current(name, false),
    signing: async (names, fresh = false) => {
      const all = names.map(async (name) => [await current(name, fresh), await read(name, PREVIOUS, fresh)]);
      return (await Promise.all(all)).flat().filter((value) => value !== undefined && value !== "") as string[];
    },
  };
}

const Said = z.object({ SecretString: z.optional(z.string()) });

async function fetched(parts: SecretParts, name: string, VersionStage: string): Promise<string | undefined> {
  if (!name.startsWith(`${parts.connector}.`))
    throw badInput("a connector's settings name its own secrets only: rename it to begin with the connector", { name });
  const said = await parts.aws({
    permission: "secretsmanager:GetSecretValue",
    input: { SecretId: `leasehold/${parts.stage()}/${name}`, VersionStage },
    ...{ answer: Said, expected: ["ResourceNotFoundException"] }, // also of a version stage that no version has
  });
  return said?.SecretString;
}

export const vault = (connector: string, { env, clock, aws }: Host): Vault =>
  vaultOf({ connector, clock, aws, stage: () => env("LEASEHOLD_STAGE") });
