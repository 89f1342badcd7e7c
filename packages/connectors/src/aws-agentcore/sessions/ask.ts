import { askJson, endpointFor, type Signing, startPacer, suffixOf } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { besides } from "../limit.ts";

/** Of those that speak plain JSON: as which it is signed, its operations' prefix, its JSON, and AWS_ENDPOINT_URL_<…>. */
const PLAIN: Readonly<Record<string, readonly [signed: string, prefix: string, json: string, named: string]>> = {
  cloudwatch: ["monitoring", "GraniteServiceVersion20100801", "1.0", "CLOUDWATCH"],
  logs: ["logs", "Logs_20140328", "1.1", "CLOUDWATCH_LOGS"],
};
const PATIENCE = 5_000; // milliseconds: an act has twenty seconds in all

/** Each call signed by itself: the clients of three more services would be three hundred kB. */
export function askOf(signing: Signing, profile: string | undefined): Api["ask"] {
  const pacers = new Map<string, ReturnType<typeof startPacer>>();
  const pacerOf = (region: string) => {
    const one = pacers.get(region) ?? startPacer("aws", besides);
    pacers.set(region, one);
    return one;
  };
  return (region, permission, input) => {
    const [prefix = "", operation] = permission.split(":");
    const [service, target, json, named] = PLAIN[prefix] ?? [prefix, undefined, "", "BEDROCK_AGENTCORE"];
    const at = process.env["LEASEHOLD_BUNDLED"] === "yes" ? undefined : endpointFor(named, profile);
    const base = at ?? `https://${service}.${region}.${suffixOf(region)}`;
    const type = { "content-type": `application/x-amz-json-${json}`, "x-amz-target": `${target}.${operation}` };
    const sent = target ? { url: new URL("/", base), headers: type, input } : stopping(base, input as Stop);
    const ask = { service, region, timeoutMs: PATIENCE, ...sent };
    return pacerOf(region)(() => askJson(signing, ask), { changes: target === undefined });
  };
}

/** One session of one runtime, by the endpoint that it was opened at. */
export interface Stop {
  readonly agentRuntimeArn: string;
  readonly qualifier: string;
  readonly runtimeSessionId: string;
}

/**
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_StopRuntimeSession.html, without its client token: a session
 * that was opened again under the same id is to be stopped again, and the same token would be answered as before.
 */
function stopping(base: string, { agentRuntimeArn, qualifier, runtimeSessionId }: Stop) {
  const url = new URL(`/runtimes/${encodeURIComponent(agentRuntimeArn)}/stopruntimesession`, base);
  url.searchParams.set("qualifier", qualifier);
  const headers = { "content-type": "application/json", [SESSION]: runtimeSessionId };
  return { url, headers, input: {} };
}

const SESSION = "x-amzn-bedrock-agentcore-runtime-session-id";
