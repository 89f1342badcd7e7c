import { badInput, conflict, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";

interface Said {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const WHAT = "dynamodb";
const SLOWER = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests/;
const AWAY = /Timeout|Networking|ExpiredToken|InternalServer|ServiceUnavailable/;
const REFUSED = /AccessDenied|Unrecognized|InvalidSignature|MissingAuthentication/;
const RACED = /TransactionConflict|TransactionInProgress/;

/** All that DynamoDB gave as a reason: its own name, and each reason of a cancelled transaction. */
function reasonsOf(error: unknown): readonly string[] {
  const { name = "", CancellationReasons = [] } = error as Said;
  return [name, ...CancellationReasons.map(({ Code = "None" }) => Code).filter((code) => code !== "None")];
}

/** Two transactions met on one row and this one gave way. Nothing is known of its conditions: it may simply be sent again. */
export function raced(error: unknown): boolean {
  const reasons = reasonsOf(error);
  return reasons.some((reason) => RACED.test(reason)) && !failed(reasons);
}

const failed = (reasons: readonly string[]) => reasons.some((reason) => reason.startsWith("ConditionalCheckFailed"));

/** DynamoDB's words become ours. What it quotes stays in the cause. */
export function faultOf(error: unknown, doing: string): unknown {
  if (error instanceof Fault) return error;
  const reasons = reasonsOf(error);
  const says = (words: RegExp) => reasons.some((reason) => words.test(reason));
  if (failed(reasons)) return conflict("row");
  if (says(SLOWER)) return throttled(WHAT, error);
  if (says(RACED)) return conflict("transaction");
  if (says(REFUSED)) return denied(WHAT, `dynamodb:${doing}`, error);
  if (says(/ItemCollectionSize|ValidationError|ValidationException/))
    return badInput("the table refuses a row of this size or shape", { doing });
  const { code = "", $metadata } = error as Said;
  if (says(AWAY) || /^E[A-Z]+$/.test(code) || ($metadata?.httpStatusCode ?? 0) >= 500) return unavailable(WHAT, error);
  return error;
}
