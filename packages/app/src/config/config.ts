import { Limits } from "@leasehold/core/brake";
import { badInput } from "@leasehold/core/kernel";
import { Calendar, Playbook } from "@leasehold/core/playbook";
import * as z from "zod/mini";
import { PeopleFile } from "./people.ts";
import type { TrailFiles } from "./trail-files.ts";
import { groupsIn, Voices } from "./voices.ts";
import { WORDS, wrongs } from "./wrongs.ts";

const Connected = z.strictObject({
  mode: z._default(z.enum(["observe", "ask", "act"]), "observe"),
  silentAfter: z.optional(z.number().check(z.minimum(1), z.maximum(8_760))), // hours without an event after which it is silent; left out: by its own history
  settings: z._default(z.record(z.string(), z.unknown()), {}), // read by the connector's own schema
});

/** One rule; a credential is never touched when all that the rule names fits. `*` stands for any characters. */
const NeverTouch = z
  .strictObject({
    because: z.string().check(z.minLength(1)),
    connector: z.optional(z.string()),
    tenant: z.optional(z.string()),
    identity: z.optional(z.string()), // name or ARN
    path: z.optional(z.string()), // of the identity's ARN, as /break-glass/*
    tag: z.optional(z.string().check(z.regex(/^[^=*]+(=[^*]*)?$/, "a tag is a key, or key=value, without *"))),
    credential: z.optional(z.string()), // crd_…
  })
  .check(
    z.refine(({ because: _, ...named }) => Object.values(named).some((one) => one !== undefined), {
      error: "a rule must name at least one of connector, tenant, identity, path, tag, credential",
    }),
  );

const Account = z.string().check(z.regex(/^\d{12}$/, "an AWS account id has 12 digits"));

/** One more account. A name is for people alone. */
const Member = z.strictObject({
  id: Account,
  name: z.optional(z.string().check(z.regex(/^[\w .-]{1,64}$/))),
});

type Unread<T> = z.ZodMiniType<T | undefined, T | undefined>;

/** Where a stage is deployed, and what around it is whose. Read by the stacks and by the functions; the laptop has no use for it. */
export const Deployment = z.strictObject({
  account: Account, // any other is refused at deploy
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region, as eu-central-1")),
  accounts: z._default(z.array(Member), []), // further ones: whose events come here, and where our roles are
  externalId: z.optional(z.string().check(z.regex(/^[\w+=,.@:/-]{16,256}$/))), // which our roles there ask for
  organization: z.optional(z.string().check(z.regex(/^o-[a-z0-9]{10,32}$/))), // asked for of members too
  partners: z._default(z.record(z.string(), z.string().check(z.regex(/^aws\.partner\/[\w./-]{1,240}$/))), {}), // connector: event source
  boundary: z.optional(z.string().check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:policy\/[\w+=,.@/-]{1,512}$/))), // on every role of ours
  trailFiles: z.optional(z.unknown() as Unread<TrailFiles>), // whose calls are counted as they come; read by `trailFilesIn` where it is needed
  alarms: z.optional(z.email()), // who is written to
  logDays: z._default(z.int(), 90),
  lockDays: z._default(z.int().check(z.minimum(1)), 400), // how long a root of the trail cannot be deleted by anybody
  callers: z._default(
    z.record(z.string().check(z.regex(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S{1,512}$/)), z.email()),
    {},
  ), // whose IAM identity it is
});
export type Deployment = z.infer<typeof Deployment>;

/** Where vendors reach the laptop. Read there alone: a stage has an address of its own. */
const Here = z.strictObject({
  port: z._default(z.int().check(z.minimum(1), z.maximum(65_535)), 8_720),
  host: z._default(
    z.string().check(z.regex(/^[\w.:-]{1,255}$/, "an address of this machine, as 127.0.0.1")),
    "127.0.0.1",
  ),
  url: z.optional(
    z.string().check(z.regex(/^https:\/\/[\w.-]{1,253}(:\d{1,5})?$/, "https:// and a host, and nothing after it")),
  ), // of the tunnel or proxy before it, as vendors know it
});

/** Whom and what a leaver drill is about. It acts on nothing else, whatever the canary turns out to own. */
const Canary = z.strictObject({
  person: z.email(), // an account that nobody uses, and that has left
  connector: z.string().check(z.minLength(1)),
  identity: z.string().check(z.minLength(1), z.regex(/^[^*]*$/, "one identity's own name, without a *")),
  everyDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
  within: z._default(z.number().check(z.positive(), z.maximum(8_760)), 240), // hours; a drill that takes longer is a finding
});
export type Canary = z.infer<typeof Canary>;

/** `leasehold.config.ts`, read. Every key has a default but the fallback person, without whom a case could end at nobody. */
export const Config = z
  .strictObject({
    fallback: z.strictObject({ email: z.email() }),
    security: Voices, // whose voice counts as security's
    operators: Voices,
    onCall: z._default(z.array(z.email()), []), // who is paged; nobody named: security, else the fallback
    authority: z._default(z.array(z.string()), ["okta", "aws-identity-center"]), // which directory is believed first about a person
    provisions: z._default(z.record(z.string(), z.array(z.string())), {
      okta: ["aws-identity-center", "google-workspace", "github"],
      "google-workspace": ["aws-identity-center"],
    }), // which directory writes the accounts of which: two such are one source
    connectors: z._default(z.record(z.string(), Connected), {}),
    desks: z._default(z.array(z.string()), ["slack", "jira", "email"]), // in the order of trying; every one that is configured is asked, one that only sends last
    playbook: z.prefault(Playbook, {}),
    calendar: z.prefault(Calendar, {}),
    brake: z.prefault(Limits, {}),
    neverTouch: z._default(z.array(NeverTouch), []),
    people: z.optional(PeopleFile), // without it no file of people is read
    drill: z.optional(Canary), // without it no drill runs
    laptop: z.prefault(Here, {}),
    aws: z.optional(Deployment),
  })
  .check(z.superRefine(groupsAreReadable));
export type Config = z.infer<typeof Config>;
export type Configured = z.input<typeof Config>;

/** For `leasehold.config.ts`: types while writing, the schema when it is read. */
export const defineConfig = (config: Configured): Configured => config;

/** A group of a directory that nobody named could never be read: then nobody would be in it. */
function groupsAreReadable(given: Named, context: z.core.$RefinementCtx): void {
  for (const key of ["security", "operators"] as const)
    for (const { connector } of groupsIn(given[key]))
      if (given.connectors[connector] === undefined)
        context.addIssue({ code: "custom", path: [key], message: `connectors does not name ${connector}` });
}
interface Named {
  readonly security: Voices;
  readonly operators: Voices;
  readonly connectors: Readonly<Record<string, unknown>>;
}

/** Reads a configuration, or names every field that is wrong and what it should be. */
export function readConfig(given: unknown): Config {
  const read = Config.safeParse(given, WORDS && { error: WORDS });
  if (read.success) return read.data;
  throw badInput("the configuration is not valid", { where: wrongs(read.error).join("; ") });
}
