import { verbOf } from "@leasehold/connectors/kit";

/** One call: what was asked, and what was said or thrown. */
export interface Call {
  readonly verb: string;
  readonly input: unknown;
  readonly said?: unknown;
  readonly error?: string;
}

type Send = (command: never) => Promise<unknown>;

const seen = new Set<string>();

/** Every operation, as `service:Verb`, that moto itself was asked in this run. */
export const asked = (): ReadonlySet<string> => seen;

/** One that goes there on another way than a client of the SDK's. */
export const met = (operation: string): void => void seen.add(operation);

/** Notes each call on its way. With a service, as one that went to moto. */
export function recording(send: Send, calls: Call[], service?: string): Send {
  return async (command) => {
    const { input } = command as { input: unknown };
    const verb = verbOf(command);
    if (service !== undefined) seen.add(`${service}:${verb}`);
    try {
      const said = await send(command);
      calls.push({ verb, input, said });
      return said;
    } catch (error) {
      calls.push({ verb, input, error: (error as Error).name });
      throw error;
    }
  };
}
