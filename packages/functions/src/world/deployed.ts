import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig } from "@leasehold/app/config";
import { type Declared, PARTS } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import type { Env } from "../env/index.ts";

const Hand = z.strictObject({
  verb: z.enum(["quarantine", "disable", "end-sessions", "revoke", "delete", "migrate"]),
  credential: z.string(),
  blast: z.enum(["credential", "identity", "shared"]),
  permissions: z.array(z.string()),
  settlesAfter: z.number(),
  reversibility: z.enum(["R1", "R2", "R3"]),
  sessions: z.optional(z.strictObject({ longest: z.number() })),
  contain: z.optional(z.literal(true)),
  saysLastUse: z.boolean(),
});
const Collateral = z.strictObject({
  ...{
    credential: z.string(),
    verb: Hand.shape.verb,
    by: z.enum(["us", "hand"]),
    what: z.string(),
    source: z.string(),
  },
  ...{ instead: z.optional(z.string()), sessionsLive: z.optional(z.number()), slots: z.optional(z.number()) },
});
const ShortLived = z.strictObject({ credential: z.string(), steps: z.string(), source: z.string() });
const Connector = z.strictObject({
  ...{ id: z.string(), title: z.string(), proof: z.enum(["fixtures", "simulator", "live"]) },
  ...{ hands: z.array(Hand), parts: z.array(z.enum(PARTS)) },
  collateral: z.optional(z.array(Collateral)),
  shortLived: z.optional(z.array(ShortLived)),
}) satisfies z.ZodMiniType<Declared>;
const File = z.strictObject({ stage: z.string(), config: z.unknown(), declared: z.array(Connector) });

/** What the stack wrote beside the bundle: the configuration, and what each connector of it can do. */
export interface Deployed {
  readonly stage: string;
  readonly config: Config;
  readonly declared: readonly Declared[];
}

export const deployedAt = (home: string): Deployed => readDeployed(textOf(join(home, "leasehold.json")));

/** The file's text, read; what is wrong with it is named by where it is. */
export function readDeployed(text: string): Deployed {
  const read = File.safeParse(parsed(text));
  if (!read.success) {
    const where = read.error.issues.map(({ path }) => path.join(".") || "the file").join(", ");
    throw badInput("leasehold.json is not as the stack writes it: deploy the stage again", { where });
  }
  const { stage, config, declared } = read.data;
  return { stage, config: readConfig(config), declared };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw badInput("leasehold.json is not beside the function: deploy the stage again", { where: "leasehold.json" });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The file of this function's own stage. With another's it would take that one's modes for its own. */
export function deployedHere({ env, deployed }: { readonly env: Env; readonly deployed: () => Deployed }): Deployed {
  const found = deployed();
  if (found.stage === env("LEASEHOLD_STAGE")) return found;
  throw badInput("leasehold.json is of another stage: deploy this one again", { stage: found.stage });
}
