import type { Simulated } from "@leasehold/connectors/kit";
import { type Action, back, type State } from "@leasehold/core/connector";

/** A credential that an action is tried on, here or there. */
export interface Bench<Api> {
  readonly api: Api;
  readonly target: Simulated<Api>["target"];
  put(state: State): Promise<void> | void; // somebody else's hand
}

/** Down, down again, back, back again, and once more after somebody else's hand: what each step said. */
export async function ladder<Api>(action: Action<Api>, { api, target, put }: Bench<Api>) {
  const steps: (readonly [step: string, said: unknown])[] = [];
  const step = async <T>(name: string, run: () => Promise<T> | T | undefined): Promise<T | undefined> => {
    try {
      const said = await run();
      steps.push([name, said]);
      return said;
    } catch (error) {
      steps.push([name, { fault: (error as Error).name, says: (error as Error).message }]);
      return undefined;
    }
  };

  await step("seen", () => action.see(api, target));
  await step("last used", () => action.lastUsed?.(api, target));
  const plan = await step("planned", () => action.plan(api, target));
  if (plan === undefined || plan.refusals.length > 0) return steps;
  const receipt = await step("applied", () => action.apply(api, plan));
  await step("seen after", () => action.see(api, target));
  if (receipt === undefined) return steps;
  await step("verified", () => action.verify(api, receipt));
  await step("applied again", () => action.apply(api, plan));
  if (action.reversibility !== "R1") return steps;

  const undone = await step("undone", () => action.apply(api, back(receipt)));
  await step("seen after the undo", () => action.see(api, target));
  if (undone !== undefined) await step("the undo verified", () => action.verify(api, undone));
  await step("undone again", () => action.apply(api, back(receipt)));
  await put(undefined);
  await step("of what somebody deleted", () => action.apply(api, plan));
  await step("verified, of what somebody deleted", () => action.verify(api, receipt));
  await step("undone, of what somebody deleted", () => action.apply(api, back(receipt)));
  return steps;
}
