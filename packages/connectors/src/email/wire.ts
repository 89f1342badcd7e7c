import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { unavailable } from "@leasehold/core/kernel";

/** A connection that text goes over. It is over TLS from the start, or once it was secured. */
export interface Wire {
  readonly secured: boolean;
  write(text: string): Promise<void>;
  /** What came next, as it came; empty at the end. */
  read(): Promise<string>;
  /** The same connection under TLS, with the server's name proved. What came before and was not read is thrown away. */
  secure(): Promise<Wire>;
  close(): void;
}
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}
export type Dial = (place: Place) => Promise<Wire>;

const PATIENCE = 15_000; // ms, of each wait

/** Certificates are checked against the system's authorities, always: there is no setting that would stop it. */
export const dialTls: Dial = async ({ host, port, tls }) => {
  const socket = tls ? connectTls({ host, port, ...PROOF(host) }) : connectTcp({ host, port });
  await opened(socket, tls ? "secureConnect" : "connect");
  return wireOf(socket, host, tls);
};

const PROOF = (host: string) => ({ servername: host, minVersion: "TLSv1.2", rejectUnauthorized: true }) as const;

function wireOf(socket: Socket, host: string, secured: boolean): Wire {
  const chunks: string[] = [];
  let ended = false;
  let waiting: (() => void) | undefined;
  const wake = () => waiting?.();
  const hear = (chunk: Buffer) => {
    chunks.push(chunk.toString("latin1"));
    wake();
  };
  const end = () => {
    ended = true;
    wake();
  };
  socket.on("data", hear).on("end", end).on("close", end).on("error", end);
  return {
    secured,
    write: (text) =>
      within(socket, (done, failed) => {
        socket.write(text, "latin1", (error) => (error ? failed() : done()));
      }),
    read: async () => {
      if (chunks.length === 0 && !ended)
        await within(socket, (done) => {
          waiting = done;
        });
      return chunks.splice(0).join("");
    },
    secure: async () => {
      socket.off("data", hear).off("end", end).off("close", end).off("error", end);
      const over = connectTls({ socket, ...PROOF(host) });
      await opened(over, "secureConnect");
      return wireOf(over, host, true);
    },
    close: () => void socket.destroy(),
  };
}

const opened = (socket: Socket, event: "connect" | "secureConnect") =>
  within(socket, (done, failed) => {
    socket.once(event, done).once("error", failed).once("close", failed);
  });

/** Whatever goes wrong beneath is said as that the server could not be reached: its own words may quote what was sent. */
async function within(socket: Socket, work: (done: () => void, failed: () => void) => void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((done, failed) => {
      const fail = () => failed(unavailable("email"));
      timer = setTimeout(fail, PATIENCE);
      work(done, fail);
    });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
