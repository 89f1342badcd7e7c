import { isPassing } from "./aws.ts";
import type { Pacer } from "./pacer.ts";

/**
 * For a client of AWS: the SDK repeats nothing by itself, since what it repeats nobody counts; and a change whose answer was lost,
 * tried again, could end as *throttled*, and be taken for nothing done.
 */
export const ONCE = { maxAttempts: 1, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } };

type Send = (command: never) => Promise<unknown>;

/** Sends each command when it is its turn. A read that was lost on the way is sent once more, in its turn; a change never is. */
export function pacedSend<S extends Send>(
  send: Send,
  pacer: Pacer,
  isChange: (command: unknown) => boolean,
  urgent = false,
): S {
  const paced = async (command: never) => {
    const changes = isChange(command);
    const once = () => pacer(() => send(command), { changes, urgent });
    return once().catch((error: unknown) => {
      if (changes || !isPassing(error)) throw error;
      return once();
    });
  };
  return paced as S;
}
