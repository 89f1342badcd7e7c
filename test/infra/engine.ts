import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (method: string, given: Record<string, unknown>) => unknown;

/** SST's components ask the CLI over JSON-RPC on loopback; here somebody answers. */
export async function answering(answer: Answer): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.end(JSON.stringify(replied(answer, Buffer.concat(parts).toString("utf8"))));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

function replied(answer: Answer, text: string): object {
  const { method, params } = JSON.parse(text) as { method: string; params: Record<string, unknown>[] };
  try {
    return { result: answer(method, params[0] ?? {}) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
