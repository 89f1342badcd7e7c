import type { Probe } from "@leasehold/core/connector";
import { signatureOf } from "../../kit/index.ts";
import type { Settings } from "./settings.ts";

/** GitHub's own `ping` (https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping): it is signed, and says nothing. */
export const probes = ({ signingName }: Settings): readonly Probe[] => [
  { signedWith: signingName, proof: "x-hub-signature-256", request },
];

const request: Probe["request"] = (secret) => {
  const body = JSON.stringify({ zen: "Keep it logically awesome." });
  return {
    ...{ method: "POST", body },
    headers: {
      ...{ "content-type": "application/json", "x-github-event": "ping" },
      "x-hub-signature-256": `sha256=${signatureOf(secret, body)}`,
    },
  };
};
