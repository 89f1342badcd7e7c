/** A copy in which any one part is something else. */
export function replaceOnePart(event: object, at: number, junk: unknown): unknown {
  const paths: [owner: Record<string, unknown>, key: string][] = [];
  const copy = structuredClone(event);
  (function walk(node: unknown) {
    if (node === null || typeof node !== "object") return;
    for (const key of Object.keys(node)) {
      paths.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  })(copy);
  const [owner, key] = paths[at % paths.length]!;
  owner[key] = junk;
  return copy;
}

/** Fields named like secrets beside every field there is. */
export function withCanaries(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withCanaries);
  if (node === null || typeof node !== "object") return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withCanaries(value)]));
  return { ...inner, secretAccessKey: "CANARY", sessionToken: "CANARY", token: "CANARY", password: "CANARY" };
}

/** One of each kind that has been seen where a name of a secret belongs. All are invented or the vendors' own examples. */
export const SECRETS = [
  "xoxb-000000000000-EXAMPLE",
  "ghp_EXAMPLEEXAMPLEEXAMPLE",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "-----BEGIN PRIVATE KEY-----",
  "ATATT3xFfEXAMPLEEXAMPLE",
];
