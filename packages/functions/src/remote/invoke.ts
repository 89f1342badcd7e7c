import { denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import { nameOn, type Right } from "@leasehold/workflows";
import { type Place, sent } from "../aws/index.ts";
import type { Call } from "./remote.ts";

/** Shorter than the call that an intent's claim allows for, so that whoever waits longer knows that nobody acts any more. */
const TIMEOUT_MS = 25_000;
/** A page of a list is many calls of the vendor's; it changes nothing, and whoever asks has a quarter of an hour. */
const PAGE_MS = 170_000;
const MOST_BYTES = 6 * 1_048_576; // Lambda's own limit of a synchronous answer

/** One synchronous invocation. Nothing is sent twice, for nobody can say whether the first one arrived. */
export function invoking(place: Place, stage: () => string): Call {
  return async (connector, right, request, patience) => {
    const region = place.region();
    const response = await sent(place, {
      ...{ method: "POST", service: "lambda", region, hostname: `lambda.${region}.amazonaws.com` },
      path: `/2015-03-31/functions/${nameOn(stage(), connector, right)}/invocations`,
      headers: { "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" },
      ...{ body: JSON.stringify(request), timeoutMs: patience === "page" ? PAGE_MS : TIMEOUT_MS },
    }).catch(() => {
      throw unavailable(connector); // no cause: a network error may quote what was sent
    });
    judge(response, connector, right);
    return parsed(await textOf(response, connector), connector);
  };
}

/** Lambda says 200 also of a function that failed; then it says so in a header, and its words stay where they are. */
function judge(response: Response, connector: string, right: Right): void {
  const { status } = response;
  if (status === 429) throw throttled(connector);
  if (status === 403) throw denied("aws", `lambda:InvokeFunction ${connector}-${right}`);
  if (status >= 500) throw unavailable(connector);
  if (status !== 200)
    throw new Fault("Unexpected", "the connector's function could not be called", { connector, right, status });
  if (response.headers.has("x-amz-function-error")) throw unavailable(connector);
}

async function textOf(response: Response, connector: string): Promise<string> {
  const text = await response.text().catch(() => {
    throw unavailable(connector); // cut off, or too late, while it was being read
  });
  if (text.length > MOST_BYTES) throw unavailable(connector);
  return text;
}

function parsed(text: string, connector: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unavailable(connector);
  }
}
