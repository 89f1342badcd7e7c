/** Each has its turn, whatever becomes of one before it; what nobody planned for is thrown at the end, the first of it. */
export function inTheirTurn() {
  const surprises: unknown[] = [];
  return {
    turn: async <T>(work: () => Promise<T>): Promise<T | undefined> =>
      work().catch((error: unknown) => {
        surprises.push(error);
        return undefined;
      }),
    end: (): void => {
      if (surprises.length > 0) throw surprises[0];
    },
  };
}
