import type { Probe } from "@leasehold/core/connector";
import { millisOf } from "@leasehold/core/kernel";
import { signatureOf } from "../../kit/index.ts";
import type { Settings } from "./api.ts";

/** Slack's own look at an address whether it is there: signed as a press is, and none (https://docs.slack.dev/interactivity/implementing-slash-commands). */
export const probes = ({ signingName }: Settings): readonly Probe[] =>
  signingName === undefined ? [] : [{ signedWith: signingName, proof: "x-slack-signature", request }];

const request: Probe["request"] = (secret, now) => {
  const [body, stamp] = ["ssl_check=1", String(Math.floor(millisOf(now) / 1_000))];
  return {
    ...{ method: "POST", body },
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": stamp,
      "x-slack-signature": `v0=${signatureOf(secret, `v0:${stamp}:${body}`)}`,
    },
  };
};
