import { badInput } from "@leasehold/core/kernel";
import { RIGHTS } from "@leasehold/workflows";
import * as z from "zod/mini";

const Text = z.string().check(z.minLength(1));
const json = <T>(inside: z.ZodMiniType<T>) =>
  z.pipe(
    z.string(),
    z.transform((text, context): T => {
      const read = inside.safeParse(parsed(text));
      if (read.success) return read.data;
      context.issues.push({ code: "custom", message: "not of the shape that is read", input: text });
      return z.NEVER;
    }),
  );

/** Every variable that a function of ours may have. The stack sets them; nothing else of the environment is looked at. */
const VARIABLES = {
  LEASEHOLD_STAGE: Text,
  LEASEHOLD_TABLE: Text,
  LEASEHOLD_USAGE: Text, // the table of usage records
  LEASEHOLD_BUS: Text,
  LEASEHOLD_SIGNALS: z.url(), // of the queue
  LEASEHOLD_HEARD: z.url(),
  LEASEHOLD_ARCHIVE: Text, // the delivery stream
  LEASEHOLD_ROOTS: Text, // the bucket
  LEASEHOLD_RAW: json(z.array(z.strictObject({ region: Text, url: z.url() }))), // the fenced dead letters
  LEASEHOLD_FILES: json(
    z.strictObject({ bucket: Text, prefix: Text, region: Text, account: Text, dead: z.url() }), // of a trail
  ),
  LEASEHOLD_MACHINES: Text.check(z.regex(/:stateMachine:$/)),
  LEASEHOLD_RIGHT: z.enum(RIGHTS),
  LAMBDA_TASK_ROOT: Text, // and these are Lambda's own
  AWS_REGION: Text,
  AWS_ACCESS_KEY_ID: Text,
  AWS_SECRET_ACCESS_KEY: Text,
  AWS_SESSION_TOKEN: Text,
} as const;
type Variables = typeof VARIABLES;
export type Env = <Name extends keyof Variables>(name: Name) => z.infer<Variables[Name]>;

/** Reads a variable when it is first asked for, or says which one is missing. Its value is never said. */
export function envOf(given: Readonly<Record<string, string | undefined>>): Env {
  const known = new Map<string, unknown>();
  return <Name extends keyof Variables>(variable: Name) => {
    if (!known.has(variable)) {
      const read = VARIABLES[variable].safeParse(given[variable]);
      if (!read.success)
        throw badInput("an environment variable of the function is missing or wrong: deploy the stage again", {
          variable,
        });
      known.set(variable, read.data);
    }
    return known.get(variable) as z.infer<Variables[Name]>;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const env = envOf(process.env);

/** Whose numbers these are, where two stages share an account; a process outside of Lambda has no stage. */
export const stageName = (): string => process.env["LEASEHOLD_STAGE"] ?? "none";
