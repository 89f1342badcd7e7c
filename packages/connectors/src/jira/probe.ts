import type { Probe } from "@leasehold/core/connector";
import { millisOf } from "@leasehold/core/kernel";
import { signatureOf } from "../../kit/index.ts";
import type { Settings } from "./api.ts";

/** Jira has no look of its own at an address: this is of a kind that it never sends, and that nobody reads. */
export const probes = ({ signingName }: Settings): readonly Probe[] =>
  signingName === undefined ? [] : [{ signedWith: signingName, proof: "x-hub-signature", request }];

const request: Probe["request"] = (secret, now) => {
  const body = JSON.stringify({ timestamp: millisOf(now), webhookEvent: "leasehold:probe" });
  const headers = { "content-type": "application/json", "x-hub-signature": `sha256=${signatureOf(secret, body)}` };
  return { method: "POST", headers, body };
};
