import { badInput } from "@leasehold/core/kernel";
import type { Io } from "../../command/index.ts";

const MOST = 65_536; // bytes; no vendor's secret is larger, and no secret of AWS's may be

/** From standard input, or typed where nobody sees it. Never from an argument: the list of processes and the shell's history show those. */
export async function valueFrom({ stdin, hidden }: Pick<Io, "stdin" | "hidden">, name: string): Promise<string> {
  const given = hidden ? await hidden(`Value of ${name} (it is not shown): `) : await readAll(stdin);
  const value = given.replace(/\r?\n$/, "");
  if (value === "")
    throw badInput("no value was given: pipe it in, or type it where it is asked for", { secret: name });
  if (Buffer.byteLength(value) > MOST) throw tooLarge(name);
  return value;

  async function readAll(from: AsyncIterable<Uint8Array>): Promise<string> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of from) {
      size += part.byteLength;
      if (size > MOST + 2) throw tooLarge(name);
      parts.push(part);
    }
    return textIn(Buffer.concat(parts), name);
  }
}

const tooLarge = (secret: string) => badInput("the value is too large for a secret", { secret, most: MOST });

function textIn(bytes: Uint8Array, secret: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badInput("the value is no text: encode it, as base64 does", { secret });
  }
}
