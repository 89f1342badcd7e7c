const MOST_BYTES = 1_048_576; // more than any vendor sends, and less than what would be dear to read

/** A request's body exactly as it was sent; undefined where it is larger than anybody's, or is no text. */
export async function bodyOf(request: Request, most = MOST_BYTES): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > most) return undefined; // whatever its header said
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}
