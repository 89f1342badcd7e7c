import type { HookRequest } from "@leasehold/core/connector";
import { type Instant, millisOf } from "@leasehold/core/kernel";
import { type Live, type Simulator, signatureOf } from "../../kit/index.ts";
import type { Event } from "./events.ts";

const SECRET = "demo ingest secret"; // of no use anywhere else

/** A source of one's own. It keeps no world: it says what it is given to say. */
export const simulator: Simulator<undefined, object> = {
  sample: { world: {} },
  signing: [SECRET],
  hooked: {
    settings: {
      sources: {
        hr: {
          secretName: "ingest.hr",
          kinds: ["person.joined", "person.moved", "person.held", "person.left", "person.reinstated", "account.seen"],
        },
        ci: {
          secretName: "ingest.ci",
          kinds: ["identity.created", "credential.issued", "credential.seen", "credential.exposed", "access.refused"],
        },
      },
    },
    send: (events, now) => send(events as readonly Event[], now),
  },
  live: (): Live<undefined> => ({ api: undefined, calls: [], absorb: () => {}, mood: "willing" }),
};

function send(events: readonly Event[], now: Instant): HookRequest {
  const body = JSON.stringify({ signals: events.map(({ detail }) => detail.signal) });
  const stamp = String(Math.floor(millisOf(now) / 1_000));
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-leasehold-source": events[0]?.detail.from ?? "hr",
      "x-leasehold-timestamp": stamp,
      "x-leasehold-signature": `v1=${signatureOf(SECRET, `v1:${stamp}:${body}`)}`,
    },
  };
}
