import type { HookRequest } from "@leasehold/core/connector";
import { type Live, type Simulator, signatureOf } from "../../kit/index.ts";
import type { Event } from "./events/index.ts";

const SECRET = "demo github webhook secret"; // of no use anywhere else

/** An organisation's webhook. It keeps no world: it says what it is given to say, one event a request. */
export const simulator: Simulator<undefined, object> = {
  sample: { world: {} },
  signing: [SECRET],
  hooked: {
    settings: { signingName: "github.webhook" },
    send: (events) => send(events as readonly Event[]),
  },
  live: (): Live<undefined> => ({ api: undefined, calls: [], absorb: () => {}, mood: "willing" }),
};

function send([event]: readonly Event[]): HookRequest {
  const body = JSON.stringify(event?.detail ?? null);
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": nameOf(event?.detail),
      "x-github-delivery": "5d0f2f1e-0000-4000-8000-000000000001",
      "x-hub-signature-256": `sha256=${signatureOf(SECRET, body)}`,
    },
  };
}

const NAMES = {
  workflow_run: "workflow_run",
  key: "deploy_key",
  installation: "installation",
  membership: "organization",
};

/** Which event a body is of; of none of ours it is the ping of a new webhook. */
const nameOf = (detail: unknown): string =>
  Object.entries(NAMES).find(([part]) => typeof detail === "object" && detail !== null && part in detail)?.[1] ??
  "ping";
