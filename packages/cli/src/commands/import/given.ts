import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { badInput, Instant, instantOf } from "@leasehold/core/kernel";
import type { Call } from "../../command/index.ts";

export interface Given {
  readonly bytes: Uint8Array;
  readonly asOf: Instant;
}

const MOST = 1_073_741_824; // bytes, of a file that is read whole

/** A file whole, and the instant at which it was made: as `--as-of` says, or when it last changed. */
export async function given({ io, flags }: Pick<Call, "io" | "flags">, name: string): Promise<Given> {
  const path = resolve(io.cwd, name);
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw badInput("there is no file of this name", { path });
  if (!there.isFile()) throw badInput("this is not a file", { path });
  if (there.size > MOST) throw badInput("the file is larger than any that is read whole", { path, most: MOST });
  const bytes = await readFile(path).catch(() => {
    throw badInput("the file cannot be read", { path });
  });
  return { bytes, asOf: asOf(flags["as-of"], instantOf(there.mtimeMs)) };
}

function asOf(flag: string | true | undefined, otherwise: Instant): Instant {
  if (flag === undefined) return otherwise;
  const read = Instant.safeParse(flag);
  if (read.success) return read.data;
  throw badInput("this is not an instant: write 2026-11-02T09:00:00Z", { flag: "--as-of" });
}

export const AS_OF = { value: "instant", about: "when the file was made (when it last changed)" } as const;
