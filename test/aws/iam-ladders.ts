import { connectors } from "@leasehold/connectors";
import type { Simulated } from "@leasehold/connectors/kit";
import type { Action, State } from "@leasehold/core/connector";
import { beforeEach, describe, expect, it } from "vitest";
import { KEY } from "../../packages/connectors/src/aws-iam/simulated-account.ts";
import { userIdOf } from "../../packages/connectors/src/aws-iam/simulated-calls.ts";
import { simulatorOf } from "../support/connectors.ts";
import { callsApart, plain } from "./compare.ts";
import { unknown } from "./differences.ts";
import { MADE, prepared } from "./iam-credentials.ts";
import { ladder } from "./ladder.ts";
import { ACCOUNT, connected, reset } from "./moto.ts";
import { type Call, recording } from "./recorder.ts";

interface Api {
  readonly contain?: unknown; // the same instant on both sides
  send(command: never): Promise<unknown>;
}
const shipped = await connectors["aws-iam"]();
const simulator = await simulatorOf("aws-iam");

const tried = (shipped.acts ?? []).flatMap((action) => {
  const states = simulator.acts?.[action.credential]?.states ?? [];
  return action.credential in MADE
    ? states.flatMap((from) =>
        from?.["status"] === "Expired"
          ? []
          : [
              {
                action: action as unknown as Action<Api>,
                from,
                ...{
                  verb: action.verb,
                  credential: action.credential,
                  is: from?.["status"] ?? from?.["sessions"] ?? "gone",
                },
              },
            ],
      )
    : [];
});

export function iamLadders(): void {
  describe("the ladder on moto says, step by step, what it says on the simulator", () => {
    let policy: string;
    beforeEach(async () => {
      await reset();
      policy = await prepared();
    });

    it.each(tried)("$verb of a(n) $credential that is $is", async ({ action, from }) => {
      const calls = { here: [] as Call[], there: [] as Call[] };
      const start = simulator.acts?.[action.credential]?.start as (state: State) => Simulated<Api>;
      const here = start(from);
      const simulated = await ladder(action, {
        ...{ target: here.target, put: (state) => here.put(state) },
        api: { ...here.api, send: recording(here.api.send, calls.here) },
      });

      const there = await begun(action.credential, from, policy);
      const api = await connected<Api>("aws-iam", { quarantine: policy, contain: true });
      const actual = await ladder(action, {
        ...{ target: { ...here.target, handle: { ...there.handle, account: ACCOUNT } }, put: there.put },
        api: { ...api, contain: here.api.contain, send: recording(api.send, calls.there, "iam") },
      });

      const ids = Object.entries(here.target.handle).flatMap(([name, id]) => (/Id$/.test(name) ? [id] : []));
      const names = new Map([...ids, userIdOf("agent-7"), KEY, ...there.ids].map((id) => [id, "<id>"]));
      expect(plain(actual, names)).toEqual(plain(simulated, names));
      unknown(callsApart(plain(calls.here, names) as Call[], plain(calls.there, names) as Call[]));
    });
  });
}

async function begun(credential: string, from: State, policy: string) {
  const made = await MADE[credential]?.(policy);
  if (made === undefined) throw new Error(`nobody here makes a ${credential}`);
  if (from?.["status"] !== "Active") await made.put(from);
  return made;
}
