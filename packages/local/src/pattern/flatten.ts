/** What can stand at the end of a path. */
export type Value = string | number | boolean | null;

/** Which element of which array a leaf lies in. Two leaves agree unless they lie in different elements of one array. */
export type Membership = ReadonlyMap<number, number>;

export interface Leaf {
  readonly value: Value;
  readonly membership: Membership;
}

/** An event as its leaves, by dotted path. An empty array or object leaves nothing, as on AWS. */
export function flatten(event: unknown): ReadonlyMap<string, readonly Leaf[]> {
  const leaves = new Map<string, Leaf[]>();
  let arrays = 0;

  function visit(node: unknown, path: string, membership: Membership): void {
    if (Array.isArray(node)) visitArray(node, path, membership);
    else if (typeof node === "object" && node !== null)
      for (const [key, inner] of Object.entries(node)) visit(inner, path === "" ? key : `${path}.${key}`, membership);
    else if (node !== undefined) leave(path, { value: node as Value, membership });
  }

  function leave(path: string, leaf: Leaf): void {
    const there = leaves.get(path);
    if (there === undefined) leaves.set(path, [leaf]);
    else there.push(leaf);
  }

  function visitArray(node: readonly unknown[], path: string, membership: Membership): void {
    const array = arrays++;
    node.forEach((inner, index) => {
      const plain = typeof inner !== "object" || inner === null; // plain values of one array do not exclude each other
      visit(inner, path, plain ? membership : new Map([...membership, [array, index]]));
    });
  }

  visit(event, "", new Map());
  return leaves;
}
