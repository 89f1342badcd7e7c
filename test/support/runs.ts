/**
 * How often a law is tried on histories that nobody has seen before: `usual` times in `npm test`, and as often as
 * LEASEHOLD_HISTORIES says in `npm run test:histories`, of which a law that writes and reads back takes a `share`. There the
 * first history that fails ends it, with its seed: to shrink one can take longer than a night.
 */
export function runs(usual: number, share = 1): { numRuns: number; seed?: number; endOnFailure?: true } {
  const { LEASEHOLD_HISTORIES: many, LEASEHOLD_SEED: seed } = process.env;
  return {
    ...(many === undefined
      ? { numRuns: usual }
      : { numRuns: Math.max(usual, whole(many) * share), endOnFailure: true }),
    ...(seed !== undefined && { seed: whole(seed) }),
  };
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`not a whole number of at most nine digits: ${text}`);
}
