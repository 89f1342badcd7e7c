/**
 * In a function an event has been routed, and cut down to what its rule hands on, before it comes: patterns and paths are for the
 * stacks and the laptop, so a bundle leaves them out (stacks/bundling.ts).
 */
export const ROUTED = { patterns: {} } as const;
