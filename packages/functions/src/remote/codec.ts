import * as z from "zod/mini";

/**
 * How one value crosses between two functions. JSON has no *undefined*, and here undefined says something: gone, not said,
 * no further page. So what may be absent is written as a list of none or one, and a field that was lost is a fault.
 */
export interface Codec<T> {
  readonly read: z.ZodMiniType<T>;
  write(value: T): unknown;
}

/** What JSON carries as it stands. */
export const plain = <T>(read: z.ZodMiniType<T>): Codec<T> => ({ read, write: (value) => value });

export function maybe<T>({ read, write }: Codec<T>): Codec<T | undefined> {
  return {
    read: z.pipe(
      z.array(read).check(z.maxLength(1)),
      z.transform((list): T | undefined => list[0]),
    ),
    write: (value) => (value === undefined ? [] : [write(value)]),
  };
}

type Fields = Readonly<Record<string, Codec<never> | Codec<unknown>>>;
type Values<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never };

/** An object of exactly these fields. */
export function fields<F extends { readonly [K in keyof F]: Codec<never> | Codec<unknown> }>(of: F): Codec<Values<F>> {
  const entries = Object.entries(of as Fields);
  const read = z.strictObject(Object.fromEntries(entries.map(([name, codec]) => [name, codec.read])));
  return {
    read: read as unknown as z.ZodMiniType<Values<F>>,
    write: (value) =>
      Object.fromEntries(
        entries.map(([name, codec]) => [name, codec.write((value as Readonly<Record<string, never>>)[name] as never)]),
      ),
  };
}

export const list = <T>({ read, write }: Codec<T>): Codec<readonly T[]> => ({
  read: z.array(read),
  write: (values) => values.map(write),
});

/** The answer of what answers nothing. */
export const nothing: Codec<void> = {
  read: z.pipe(
    z.null(),
    z.transform(() => undefined),
  ),
  write: () => null,
};
