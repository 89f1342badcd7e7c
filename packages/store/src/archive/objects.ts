/** A place for objects that are written once: a bucket, or a directory. */
export interface Objects {
  /** With `ifAbsent`, what is there stays as it is. */
  put(key: string, bytes: Uint8Array, ifAbsent: boolean): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** The next of the keys that begin so, in the order of their text; none at the end. */
  list(prefix: string, after: string | undefined): Promise<readonly string[]>;
}
