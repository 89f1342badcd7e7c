import type { Probe } from "@leasehold/core/connector";
import type { Settings } from "./api.ts";

/** The one-time verification of an event hook, asked for again (https://developer.okta.com/docs/concepts/event-hooks/). */
export const probes = ({ signingName }: Settings): readonly Probe[] =>
  signingName === undefined ? [] : [{ secretName: signingName, proof: "authorization", request }];

const request: Probe["request"] = (authorization) => ({
  ...{ method: "GET", body: "" },
  headers: { authorization, "x-okta-verification-challenge": "leasehold-probe" },
});
