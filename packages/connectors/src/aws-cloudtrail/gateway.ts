import type { SessionId } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import * as z from "zod/mini";
import { behindArn, unmasked } from "../../kit/index.ts";

const Claim = z.nullish(z.string().check(z.maxLength(512)));
const orNothing = <T extends z.ZodMiniType>(shape: T) => z.catch(z.nullish(shape), undefined);

/**
 * What AgentCore adds to the record of a call that came with a token (AgentCore Developer Guide, *Understanding Gateway CloudTrail
 * events*). Of any other service's record these are nothing: whatever stands there costs its call nothing.
 */
export const CALLED = {
  additionalEventData: orNothing(
    z.object({ jwt: orNothing(z.object({ claims: orNothing(z.object({ iss: Claim, sub: Claim })) })) }),
  ),
  responseElements: orNothing(z.object({ statusCode: orNothing(z.number()) })),
  resources: orNothing(z.array(z.object({ ARN: Claim }))),
};
type Called = z.infer<z.ZodMiniObject<typeof CALLED>>;

/** The same as paths, for the rule. */
export const CALLED_PATHS = /* @__PURE__ */ [
  ...["iss", "sub"].map((name) => `detail.additionalEventData.jwt.claims.${name}`),
  ...["responseElements.statusCode", "resources"].map((name) => `detail.${name}`),
];

export const GATEWAY_CALL = { source: "aws.bedrock-agentcore", eventName: "InvokeGateway" } as const;

/**
 * Who called a gateway with a token. AWS checked it against the issuer that the gateway's maker named, so whose account it
 * is, is the issuer's word: no person is named by it. Undefined where no token came: of IAM the caller has a key.
 */
export function calledBy(detail: Called): (Pick<Use, "caller" | "refused"> & { credential: SessionId }) | undefined {
  const { additionalEventData, responseElements, resources } = detail;
  const { iss, sub } = additionalEventData?.jwt?.claims ?? {};
  const [issuer, subject] = [unmasked(iss), unmasked(sub)];
  const gateway = (resources ?? []).map(({ ARN }) => unmasked(ARN)).find((arn) => GATEWAY.test(arn ?? ""));
  if (issuer === undefined || subject === undefined || gateway === undefined) return undefined;
  return {
    credential: behindArn(gateway), // a token is of one hour and of a source that we do not know: its calls lie with the door
    caller: { name: `${subject} of ${issuer}`, via: "unknown" },
    refused: [401, 403].includes(responseElements?.statusCode ?? 200),
  };
}

const GATEWAY = /^arn:aws[a-z-]*:bedrock-agentcore:[a-z0-9-]+:\d{12}:gateway\/[^/]+$/;
