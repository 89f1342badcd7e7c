import { badInput } from "@leasehold/core/kernel";

/** The bytes as text. Another encoding would change names and addresses without anybody noticing, so it is refused. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw badInput("the file is UTF-16: save it as UTF-8", { where: "encoding" });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // leaves out a byte order mark
  } catch {
    throw badInput("the file is not UTF-8: save it as UTF-8", { where: "encoding", line: lineOfFault(bytes) });
  }
}

/** The first line that is no UTF-8. */
function lineOfFault(bytes: Uint8Array): number {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const at = lenient.indexOf("\uFFFD");
  return lenient.slice(0, Math.max(at, 0)).split("\n").length;
}
