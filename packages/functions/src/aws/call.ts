import { setTimeout } from "node:timers/promises";
import { badInput, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { type Place, sent } from "./sign.ts";

/** The services that we call in JSON: the prefix of their operations, and which JSON they speak. */
const SERVICES = {
  dynamodb: ["DynamoDB_20120810", "1.0"],
  events: ["AWSEvents", "1.1"],
  firehose: ["Firehose_20150804", "1.1"],
  secretsmanager: ["secretsmanager", "1.1"],
  sqs: ["AmazonSQS", "1.0"],
  states: ["AWSStepFunctions", "1.0"],
} as const;
type Permission = `${keyof typeof SERVICES}:${string}`;

export interface Ask<T> {
  readonly permission: Permission; // as IAM spells it, and so the operation's name
  readonly input: object;
  readonly answer: z.ZodMiniType<T>;
  readonly expected?: readonly string[]; // errors that are an answer: then there is none
  readonly region?: string; // where it is not the function's own
}
/** Calls AWS. Everything asked for here may arrive twice, so that what was cut off is sent again. */
export type Aws = <T>(ask: Ask<T>) => Promise<T | undefined>;

const TRIES = 3;
const TIMEOUT_MS = 5_000;
const BUSY = /Throttl|TooManyRequests|RequestLimit|SlowDown|LimitExceeded/;
const REFUSED = /AccessDenied|Unauthorized|InvalidSignature|UnrecognizedClient|MissingAuthentication|ExpiredToken/;
const ABSENT = /^(ResourceNotFound|QueueDoesNotExist|StateMachineDoesNotExist)|NonExistentQueue/;

export function awsAt(place: Place): Aws {
  const { wait = setTimeout } = place;
  return async (ask) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(place, ask);
      } catch (error) {
        const passing = error instanceof Fault && ["Throttled", "Unavailable"].includes(error.name);
        if (!passing || attempt === TRIES) throw error;
        await wait(Math.random() * 100 * 2 ** attempt);
      }
    }
  };
}

async function once<T>(place: Place, { permission, input, answer, expected = [], ...ask }: Ask<T>) {
  const [service, operation = ""] = permission.split(":") as [keyof typeof SERVICES, string];
  const [prefix, json] = SERVICES[service];
  const { region = place.region() } = ask;
  const headers = { "content-type": `application/x-amz-json-${json}`, "x-amz-target": `${prefix}.${operation}` };
  const response = await sent(place, {
    ...{ method: "POST", service, region, hostname: `${service}.${region}.amazonaws.com`, path: "/" },
    ...{ headers, body: JSON.stringify(input), timeoutMs: TIMEOUT_MS },
  }).catch(cutOff);
  const said = await response.json().catch(() => undefined);
  if (!response.ok) {
    const name = nameIn(said);
    if (expected.includes(name)) return undefined;
    throw faultOf(permission, response.status, name);
  }
  const read = answer.safeParse(said);
  if (read.success) return read.data;
  throw unavailable("aws"); // cut short, or of some proxy
}

/** No cause: a network error may quote the address or what was sent. */
function cutOff(): never {
  throw unavailable("aws");
}

const Named = z.object({ __type: z.string() });

/** `com.amazonaws.sqs#QueueDoesNotExist`, and some services leave the first half out. */
const nameIn = (said: unknown): string => Named.safeParse(said).data?.__type.split("#").at(-1) ?? "";

/** AWS's word becomes ours; its sentence is never read, because it may quote what was sent. */
export function faultOf(permission: string, status: number, name: string): Fault {
  if (BUSY.test(name) || status === 429) return throttled("aws");
  if (REFUSED.test(name) || status === 401 || status === 403) return denied("aws", permission);
  if (status >= 500) return unavailable("aws");
  if (ABSENT.test(name))
    return badInput("what the function stands on is not there: deploy the stage again", { permission });
  return new Fault("Unexpected", "AWS answered in a way that nobody planned for", { permission, status });
}
