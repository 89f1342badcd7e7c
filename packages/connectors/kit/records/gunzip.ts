import { createGunzip, type Gunzip } from "node:zlib";
import { badInput, Fault } from "@leasehold/core/kernel";

type Bytes = AsyncIterable<Uint8Array>;

/** The bytes as they are, or unpacked where they begin as gzip does, `most` of them; names lie. */
export async function* unpacked(raw: Bytes, most = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  const { packed, bytes } = await begun(raw);
  let size = 0;
  for await (const some of packed ? gunzipped(bytes) : bytes) {
    size += some.length;
    if (size > most) throw badInput(LARGE);
    yield some;
  }
}

/** Gzip's checksum stands at its end: until then nobody knows whether a letter was changed. What only ends early is right so far. */
export async function isDamaged(raw: Bytes): Promise<boolean> {
  try {
    const { packed, bytes, close } = await begun(raw);
    if (packed) for await (const _ of gunzipped(bytes));
    await close();
    return false;
  } catch (error) {
    return error instanceof Fault && error.message === DAMAGED; // what cannot be read at all is told by its reader
  }
}

async function begun(raw: Bytes) {
  const source = raw[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  return { packed, bytes: chained(head, source), close: () => source.return?.() };
}

async function* chained(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield asBuffer(next.value);
  } finally {
    await source.return?.();
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const DAMAGED = "malformed gzip";
const CUT = "gzip that ends too early";
const LARGE = "larger than any file that is read";
const SLICE = 16_384; // unpacks to sixteen megabytes at the very most

/** By hand and not by a pipe: a pipe that breaks drops what it had unpacked before, and how much is chance. */
async function* gunzipped(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 262_144 });
  const ready: Buffer[] = [];
  gunzip.on("data", (bytes: Buffer) => ready.push(bytes));
  gunzip.on("error", () => {}); // read from `errored`, which is set first
  try {
    for await (const bytes of packed)
      for (let at = 0; at < bytes.length && !gunzip.destroyed; at += SLICE) {
        await settled(gunzip, (done) => gunzip.write(bytes.subarray(at, at + SLICE), done));
        yield* ready.splice(0);
      }
    await settled(gunzip, (done) => gunzip.once("end", done).end());
    yield* ready.splice(0);
    if (gunzip.errored !== null) throw badInput(isCut(gunzip.errored) ? CUT : DAMAGED);
  } finally {
    gunzip.destroy();
  }
}

/** Done, or failed: after a failure nobody calls back. */
async function settled(gunzip: Gunzip, step: (done: () => void) => void): Promise<void> {
  if (gunzip.destroyed) return;
  await new Promise<void>((done) => {
    gunzip.once("close", done);
    step(done);
  });
  gunzip.removeAllListeners("close");
}

const isCut = (failure: Error): boolean => (failure as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
