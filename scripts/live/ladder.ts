import { type Action, back, type Receipt, type Target } from "@leasehold/core/connector";
import { Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import { patiently, type Tools } from "./io.ts";

type Step = readonly [credential: string, verb: Action<unknown>["verb"], way: "down" | "back"];

/** Every rung that IAM has for what the canary holds, and every way back. Sessions are ended while the key is off, as in a case. */
const STEPS: readonly Step[] = [
  ["login profile", "quarantine", "down"],
  ["login profile", "quarantine", "back"],
  ["access key", "disable", "down"],
  ["temporary credentials", "end-sessions", "down"],
  ["temporary credentials", "end-sessions", "back"],
  ["access key", "disable", "back"],
  ["access key", "disable", "down"],
  ["access key", "delete", "down"],
  ["login profile", "delete", "down"],
];

export interface Proved {
  readonly step: string;
  readonly at: Instant; // when it was read back as it should be
  readonly sent: Instant;
}

/** By the connector's own actions, each planned, applied and read back, as a wind-down does it. */
export async function ladder(
  actions: readonly Action<unknown>[],
  api: unknown,
  targets: ReadonlyMap<string, Target>,
  proved: Proved[],
  tools: Tools,
): Promise<void> {
  const receipts = new Map<string, Receipt>();
  for (const [credential, verb, way] of STEPS) {
    tools.goOn();
    const action = actions.find((one) => one.credential === credential && one.verb === verb);
    const target = targets.get(credential);
    const step = `${way === "back" ? "undo " : ""}${verb} ${credential}`;
    if (action === undefined || target === undefined) throw failed(step, "the connector has no such action");
    const name = `${credential} ${verb}`;
    const { receipt, sent } = await applied(action, api, target, way === "back" ? receipts.get(name) : undefined, {
      step,
      tools,
    });
    receipts.set(name, receipt);
    const at = await readBack(action, api, receipt, { step, tools });
    tools.say(`${at} ${step}: as it should be, read back`);
    proved.push({ step, at, sent });
  }
}

interface Doing {
  readonly step: string;
  readonly tools: Tools;
}

async function applied(
  action: Action<unknown>,
  api: unknown,
  target: Target,
  before: Receipt | undefined,
  doing: Doing,
) {
  const { step, tools } = doing;
  const plan = before === undefined ? await patiently(() => action.plan(api, target), tools.wait) : back(before);
  const [refusal] = plan.refusals;
  if (refusal !== undefined) throw failed(step, refusal);
  tools.goOn();
  const receipt = await action.apply(api, plan); // once: whether a change whose answer was lost was made, only a look can tell
  if (!receipt.changed || receipt.adopted) throw failed(step, "it was so before this run did anything");
  return { receipt, sent: instantOf(tools.now()) };
}

const LOOKS = 12;
const BETWEEN = 5_000; // milliseconds

/** Not before it can be believed; IAM's replicas may take longer than that. */
async function readBack(
  action: Action<unknown>,
  api: unknown,
  receipt: Receipt,
  { step, tools }: Doing,
): Promise<Instant> {
  await tools.wait(action.settlesAfter * 1_000);
  for (let look = 1; ; look += 1) {
    const { verdict } = await patiently(() => action.verify(api, receipt), tools.wait);
    if (verdict === "confirmed") return instantOf(tools.now());
    if (look === LOOKS) throw failed(step, `read back as ${verdict}`);
    await tools.wait(BETWEEN);
  }
}

/** Until every one of them is seen: IAM answers from replicas, which hear of it one after the other. */
export async function settled(
  actions: readonly Action<unknown>[],
  api: unknown,
  targets: ReadonlyMap<string, Target>,
  tools: Tools,
): Promise<void> {
  await tools.wait(BETWEEN);
  for (const [credential, target] of targets) {
    const action = actions.find((one) => one.credential === credential);
    for (let look = 1; (await patiently(async () => action?.see(api, target), tools.wait)) === undefined; look += 1) {
      if (look === LOOKS) throw failed(`make ${credential}`, "IAM does not show it");
      await tools.wait(BETWEEN);
    }
  }
}

const failed = (step: string, why: string) =>
  new Fault("Unexpected", "a step did not come out as it should", { step, why });
