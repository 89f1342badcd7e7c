/** A whole number of at least 1, as it was given for an option. */
export function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${option} is a whole number of at least 1`);
  return value;
}
