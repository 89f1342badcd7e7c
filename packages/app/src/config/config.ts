import { Limits } from "@leasehold/core/brake";
import { badInput } from "@leasehold/core/kernel";
import { Calendar, Playbook } from "@leasehold/core/playbook";
import * as z from "zod";

const Connected = z.strictObject({
  mode: z.enum(["observe", "ask", "act"]).default("observe"),
  settings: z.record(z.string(), z.unknown()).default({}), // read by the connector's own schema
});

/** One rule; a credential is never touched when all that the rule names fits. `*` stands for any characters. */
const NeverTouch = z
  .strictObject({
    because: z.string().min(1),
    connector: z.string().optional(),
    tenant: z.string().optional(),
    identity: z.string().optional(), // name or ARN
    credential: z.string().optional(), // crd_…
  })
  .refine(({ because: _, ...named }) => Object.values(named).some((one) => one !== undefined), {
    error: "a rule must name at least one of connector, tenant, identity, credential",
  });

/** `leasehold.config.ts`, read. Every key has a default but the fallback person, without whom a case could end at nobody. */
export const Config = z.strictObject({
  fallback: z.strictObject({ email: z.email() }),
  security: z.array(z.email()).default([]), // accounts whose voice counts as security's
  operators: z.array(z.email()).default([]),
  authority: z.array(z.string()).default(["okta", "aws-identity-center"]), // which directory is believed first about a person
  connectors: z.record(z.string(), Connected).default({}),
  desks: z.array(z.string()).default(["slack", "jira"]), // in the order of trying; every one that is configured is asked
  playbook: Playbook.prefault({}),
  calendar: Calendar.prefault({}),
  brake: Limits.prefault({}),
  neverTouch: z.array(NeverTouch).default([]),
});
export type Config = z.infer<typeof Config>;
export type Configured = z.input<typeof Config>;

/** For `leasehold.config.ts`: types while writing, the schema when it is read. */
export const defineConfig = (config: Configured): Configured => config;

/** Reads a configuration, or names every field that is wrong and what it should be. */
export function readConfig(given: unknown): Config {
  const read = Config.safeParse(given);
  if (read.success) return read.data;
  throw badInput("the configuration is not valid", { where: wrongs(read.error).join("; ") });
}

function wrongs(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.join(".") || "the configuration";
    return issue.code === "unrecognized_keys"
      ? `${path}: unknown key ${issue.keys.join(", ")}`
      : `${path}: ${issue.message}`;
  });
}
