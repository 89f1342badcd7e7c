import { type Key, keyOf, type Row, type Table } from "@leasehold/store/table";

/** Everything that a row ever was, oldest first; before its first write, nothing. */
export type Was = readonly (Row | undefined)[];

/** The table on AWS as its readers meet it: a glance may see what a row was before, whatever was written since. */
export interface Lagging {
  /** The same rows as another process reaches them: a turn of its own before each call, and glances as far behind as it says. */
  reached(how: { readonly turn: () => Promise<void> | void; readonly glance: (was: Was) => Row | undefined }): Table;
}

export function lagging(table: Table): Lagging {
  const all = new Map<string, (Row | undefined)[]>();
  const wasAt = ({ pk, sk }: Key): (Row | undefined)[] => {
    const place = JSON.stringify([pk, sk]);
    const was = all.get(place) ?? [undefined];
    all.set(place, was);
    return was;
  };
  return {
    reached: ({ turn, glance }) => ({
      get: async (key, how) => {
        await turn();
        return how === undefined ? table.get(key) : glance(wasAt(key));
      },
      query: async (range) => {
        await turn();
        return table.query(range);
      },
      scan: async (scan) => {
        await turn();
        return table.scan(scan);
      },
      index: async (name, range) => {
        await turn();
        return table.index(name, range);
      },
      write: async (ops) => {
        await turn();
        await table.write(ops);
        for (const op of ops)
          if (op.do !== "check")
            wasAt(keyOf(op)).push(op.do === "put" ? ((await table.get(op.row)) ?? undefined) : undefined);
      },
    }),
  };
}
