import type { IncomingMessage } from "node:http";

/** A request as the ways in read it; undefined where it is none that any vendor sends. Its body is read by whoever judges its size. */
export function requestOf(asked: IncomingMessage, path: string): Request | undefined {
  const { method } = asked;
  if (method !== "GET" && method !== "POST") return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(asked.headers)) if (typeof value === "string") headers.append(name, value);
  const url = `http://localhost${path}`; // whatever it says whom it is for: what proves it is the signature
  if (method === "GET") return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: ReadableStream.from(bytesOf(asked)), duplex: "half" });
}

/** Whoever hangs up or is cut off has sent what they have sent: that is judged, and proves nothing. */
async function* bytesOf(asked: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* asked.iterator({ destroyOnReturn: false });
  } catch {
    // nobody is there who could be told
  }
}
