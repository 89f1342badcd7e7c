import type { Probe } from "@leasehold/core/connector";
import { millisOf } from "@leasehold/core/kernel";
import { signatureOf } from "../../kit/index.ts";
import type { Settings } from "./settings.ts";

/** A request with no signal in it, for each source with its own secret. */
export const probes = ({ sources }: Settings): readonly Probe[] =>
  Object.entries(sources).map(([name, { secretName }]) => ({
    ...{ signedWith: secretName, proof: "x-leasehold-signature" },
    request: requestOf(name),
  }));

const requestOf =
  (source: string): Probe["request"] =>
  (secret, now) => {
    const [body, stamp] = ['{"signals":[]}', String(Math.floor(millisOf(now) / 1_000))];
    return {
      ...{ method: "POST", body },
      headers: {
        ...{ "content-type": "application/json", "x-leasehold-source": source, "x-leasehold-timestamp": stamp },
        "x-leasehold-signature": `v1=${signatureOf(secret, `v1:${stamp}:${body}`)}`,
      },
    };
  };
