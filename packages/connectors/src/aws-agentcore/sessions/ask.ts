import { askJson, endpointFor, type Signing, startPacer, suffixOf } from "../../../kit/index.ts";
import type { Api, Beside } from "../api.ts";
import { besides } from "../limit.ts";

interface Service {
  readonly signed: string; // as which it is signed, and its host
  readonly named: string; // as AWS_ENDPOINT_URL_<SERVICE> has it
  readonly target?: readonly [operation: string, json: string]; // of a service that speaks plain JSON
}

const SERVICES: Readonly<Record<Beside, Service>> = {
  "cloudwatch:GetMetricData": {
    ...{ signed: "monitoring", named: "CLOUDWATCH", target: ["GraniteServiceVersion20100801.GetMetricData", "1.0"] },
  },
  "logs:DescribeLogGroups": {
    ...{ signed: "logs", named: "CLOUDWATCH_LOGS", target: ["Logs_20140328.DescribeLogGroups", "1.1"] },
  },
  "logs:DescribeLogStreams": {
    ...{ signed: "logs", named: "CLOUDWATCH_LOGS", target: ["Logs_20140328.DescribeLogStreams", "1.1"] },
  },
  "bedrock-agentcore:StopRuntimeSession": { signed: "bedrock-agentcore", named: "BEDROCK_AGENTCORE" },
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
    const { signed: service, named, target } = SERVICES[permission];
    const at = process.env["LEASEHOLD_BUNDLED"] === "yes" ? undefined : endpointFor(named, profile);
    const base = at ?? `https://${service}.${region}.${suffixOf(region)}`;
    const sent = target === undefined ? stopping(base, input as Stop) : plain(base, target, input);
    const ask = { service, region, timeoutMs: PATIENCE, ...sent };
    return pacerOf(region)(() => askJson(signing, ask), { changes: target === undefined });
  };
}

const plain = (base: string, [operation, json]: readonly [string, string], input: object) => ({
  url: new URL("/", base),
  headers: { "content-type": `application/x-amz-json-${json}`, "x-amz-target": operation },
  input,
});

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
