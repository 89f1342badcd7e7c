import { badInput, FAULTS, Fault, type FaultName, throttled, unavailable } from "@leasehold/core/kernel";
import { expired, notKnown, refused } from "./faults.ts";

interface Told {
  readonly name: string;
  readonly message: string;
  readonly facts: Fault["facts"];
}

/** What a stage answered, or its fault as one of ours. What has not our envelope comes from before us: the gateway, or somebody else. */
export function answerIn(status: number, errorType: string | null, text: string): unknown {
  const body = jsonIn(text);
  const told = toldIn(body);
  if (told !== undefined) throw faultOf(status, told);
  if (status === 200 && isRecord(body) && "answer" in body) return body["answer"];
  if (status === 403) throw beforeUs(errorType ?? "", isRecord(body) ? String(body["message"] ?? "") : "");
  if (status === 429) throw throttled("stage");
  if (status >= 500) throw unavailable("stage");
  throw badInput("this is no answer of Leasehold's API: see --stage and --url", { status });
}

/** Who signed is judged by AWS first, and then by us. */
function beforeUs(errorType: string, message: string): Fault {
  if (/expired/i.test(errorType) || /expired/i.test(message)) return expired();
  if (/signature|UnrecognizedClient|InvalidClientTokenId|security token/i.test(`${errorType} ${message}`))
    return notKnown();
  return refused("execute-api:Invoke on this stage's API, for your own IAM identity");
}

function faultOf(status: number, { name, message, facts }: Told): Fault {
  if (status === 401)
    return badInput(
      "the stage knows nobody by your AWS identity: map it to a person under `aws.callers`, who must be active in the directory",
      facts,
    );
  if (status === 403) return new Fault("PermissionMissing", message, facts);
  return new Fault(name in FAULTS ? (name as FaultName) : "Unexpected", message, facts);
}

function toldIn(body: unknown): Told | undefined {
  const error = isRecord(body) ? body["error"] : undefined;
  if (!isRecord(error) || typeof error["name"] !== "string" || typeof error["message"] !== "string") return undefined;
  const facts = isRecord(error["facts"]) ? Object.entries(error["facts"]).filter(isFact) : [];
  return { name: error["name"], message: error["message"], facts: Object.fromEntries(facts) };
}

const isFact = (entry: [string, unknown]): entry is [string, string | number | boolean] =>
  ["string", "number", "boolean"].includes(typeof entry[1]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
