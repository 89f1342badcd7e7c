/** How every command ends. Scripts stand on these: a change is one that the changelog tells. */
export const EXITS = {
  0: "fine",
  1: "the answer is no, or something is wrong with the estate (each command says what)",
  2: "bad usage or bad input: nothing was done",
  3: "the provider or the store could not be reached: try again",
  4: "a bug",
} as const;
export type Exit = keyof typeof EXITS;
