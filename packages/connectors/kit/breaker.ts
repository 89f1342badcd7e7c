import { type Clock, Fault, type Instant, laterBy, unavailable } from "@leasehold/core/kernel";

const LIMIT = 5; // failures in a row
const REST_SECONDS = 30; // and up to as much again, so that many processes do not come back at once

type Guard = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Spares a provider that is down: after some failures in a row one call in a while is let through, until one works.
 * Spares one that is busy for as long as it says.
 */
export function startGuard(provider: string, clock: Clock, random: () => number): Guard {
  let failures = 0;
  let openUntil: Instant | undefined;
  let quietUntil: Instant | undefined;
  const rest = () => laterBy(clock(), REST_SECONDS * (1 + random()));

  function before(): void {
    if (quietUntil !== undefined && clock() < quietUntil)
      throw new Fault("Throttled", "the provider asked us to slow down", { provider, sent: false });
    if (openUntil === undefined) return;
    if (clock() < openUntil) throw unavailable(provider);
    openUntil = rest(); // this one is the probe; the others wait for what comes of it
  }

  function after(error?: unknown): void {
    const { name, facts } = error instanceof Fault ? error : { name: "", facts: {} as Fault["facts"] };
    const seconds = facts["retryAfterSeconds"];
    if (typeof seconds === "number") quietUntil = laterBy(clock(), seconds);
    failures = name === "Unavailable" ? failures + 1 : 0; // anything else is an answer, if only to refuse
    openUntil = failures >= LIMIT ? rest() : undefined;
  }

  return async (call) => {
    before();
    try {
      const answer = await call();
      after();
      return answer;
    } catch (error) {
      after(error);
      throw error;
    }
  };
}
