import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { badInput } from "@leasehold/core/kernel";
import type { WayIn } from "../laptop/index.ts";
import { type Pace, paceOf } from "./pace.ts";
import { requestOf } from "./request.ts";

/** The laptop's one port: the ways in of its connectors, and nothing else. It has no TLS: whoever brings vendors to it does. */
export interface Door {
  readonly host: string;
  readonly port: number;
  /** Takes nobody more, lets who is inside end, and cuts off who does not. */
  close(): Promise<void>;
}

/** What a stranger may cost us: with rates as of a stage's API. In milliseconds, and requests. */
export interface DoorLimits {
  readonly headersMillis: number;
  readonly requestMillis: number; // until the last byte of a body is here
  readonly closeMillis: number;
  readonly connections: number;
  readonly pace: Pace;
}
const LIMITS: DoorLimits = {
  ...{ headersMillis: 5_000, requestMillis: 10_000, closeMillis: 5_000, connections: 64 },
  pace: { burst: 50, aSecond: 25 },
};
const MOST_HEADERS = 16_384; // bytes

export interface DoorParts {
  readonly host: string;
  readonly port: number; // 0: any that is free
  readonly limits?: Partial<DoorLimits>;
}

export async function openDoor(ways: readonly WayIn[], { host, port, limits }: DoorParts): Promise<Door> {
  const most = { ...LIMITS, ...limits };
  for (const way of ways) await way.check();
  const server = createServer({
    ...{ maxHeaderSize: MOST_HEADERS, headersTimeout: most.headersMillis, requestTimeout: most.requestMillis },
    ...{ keepAliveTimeout: most.headersMillis, connectionsCheckingInterval: Math.min(1_000, most.headersMillis) },
  });
  server.maxConnections = most.connections;
  const at = new Map(ways.map((way) => [way.path, way]));
  const mayPass = paceOf(most.pace);
  server.on("request", (asked: IncomingMessage, answer: ServerResponse) => {
    const way = at.get(asked.url?.split("?")[0] ?? "");
    const response = mayPass() ? responseOf(way, asked) : new Response(null, { status: 429 });
    Promise.resolve(response)
      .then((one) => answered(answer, one, server.listening))
      .catch(() => answer.destroy()); // what cannot be answered is sent again by its vendor
  });
  await listening(server, host, port);
  return { host, port: (server.address() as AddressInfo).port, close: () => ended(server, most.closeMillis, ways) };
}

async function ended(server: Server, millis: number, ways: readonly WayIn[]): Promise<void> {
  await closed(server, millis);
  for (const way of ways) await way.settle(true);
}

/** What is no way in is not found, as on a stage; its own refusals are all alike. */
function responseOf(way: WayIn | undefined, asked: IncomingMessage): Response | Promise<Response> {
  const request = way && requestOf(asked, way.path);
  return way && request ? way.fetch(request) : new Response(null, { status: 404 });
}

/** A connection is kept for a next request only where all of this one was read, and somebody will be there. */
async function answered(answer: ServerResponse, response: Response, goesOn: boolean): Promise<void> {
  const text = await response.text();
  const kept = goesOn && answer.req.complete;
  const headers = { ...Object.fromEntries(response.headers), ...(kept ? {} : { connection: "close" }) };
  answer.writeHead(response.status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(faultOf(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

function faultOf({ code = "" }: NodeJS.ErrnoException, host: string, port: number) {
  const facts = { where: "port", port, code };
  if (code === "EADDRINUSE")
    return badInput("this port is taken: end what listens there, or name another one with --port", facts);
  if (code === "EACCES") return badInput("this port is not ours to open: name one of 1024 and above", facts);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return badInput("this machine has no such address: name one that it has, or 127.0.0.1", {
      ...{ where: "laptop.host", host, code },
    });
  return badInput("the port cannot be opened", facts);
}

function closed(server: Server, millis: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), millis);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
