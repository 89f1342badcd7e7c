import { Limits } from "@leasehold/core/brake";
import { badInput } from "@leasehold/core/kernel";
import { Calendar, Playbook } from "@leasehold/core/playbook";
import * as z from "zod";
import { PeopleFile } from "./people.ts";

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

const Account = z.string().regex(/^\d{12}$/, "an AWS account id has 12 digits");

/** Where a stage is deployed, and what around it is whose. Read by the stacks and by the functions; the laptop has no use for it. */
export const Deployment = z.strictObject({
  account: Account, // any other is refused at deploy
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region, as eu-central-1"),
  members: z.array(Account).default([]), // accounts whose events come here
  organization: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .optional(), // asked for of members too
  partners: z.record(z.string(), z.string().regex(/^aws\.partner\/[\w./-]{1,240}$/)).default({}), // connector: event source
  boundary: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:policy\/[\w+=,.@/-]{1,512}$/)
    .optional(), // on every role of ours
  alarms: z.email().optional(), // who is written to
  logDays: z.number().int().default(90),
  lockDays: z.number().int().min(1).default(400), // how long a root of the trail cannot be deleted by anybody
  callers: z.record(z.string().regex(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S{1,512}$/), z.email()).default({}), // whose IAM identity it is
});
export type Deployment = z.infer<typeof Deployment>;

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
  people: PeopleFile.optional(), // without it no file of people is read
  aws: Deployment.optional(),
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
