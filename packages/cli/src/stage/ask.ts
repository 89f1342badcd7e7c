import { setTimeout as pause } from "node:timers/promises";
import { type CallName, calls } from "@leasehold/app/calls";
import { Fault } from "@leasehold/core/kernel";
import type { Call } from "../command/index.ts";
import { type Address, addressOf } from "./address.ts";
import { answerIn } from "./envelope.ts";
import { signedHeaders } from "./signed.ts";
import { type Stage, stageOf } from "./stage.ts";
import { textOf, unreachable } from "./transfer.ts";

const PATIENCE = 35_000; // milliseconds; the API ends by itself at thirty seconds
const PAUSES = [200, 800]; // milliseconds before a question is put again

/** Puts one call of the table to a stage. A question is put again where that may help; an act never is. */
export async function askStage(call: Call, name: CallName, input: unknown): Promise<unknown> {
  const stage = stageOf(call);
  const address = await addressOf(stage);
  const pauses = calls[name].does === "reads" ? PAUSES : [];
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await askOnce(stage, address, name, JSON.stringify(input));
    } catch (error) {
      const wait = pauses[attempt];
      if (!(error instanceof Fault) || error.remedy !== "retry" || wait === undefined) throw error;
      await pause(wait);
    }
  }
}

async function askOnce(stage: Stage, address: Address, name: CallName, body: string): Promise<unknown> {
  const url = new URL(address.url);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/v1/${name}`;
  const headers = await signedHeaders(stage, address, { url, body });
  // a redirect would take the proof of who we are to another host
  const sent = fetch(url, { method: "POST", headers, body, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  const response = await sent.catch(unreachable);
  return answerIn(response.status, response.headers.get("x-amzn-errortype"), await textOf(response));
}
