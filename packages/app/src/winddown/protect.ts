import type { Subject } from "@leasehold/core/lineage";
import type { Config } from "../config/index.ts";

/** The reason why a credential is never touched; undefined where no rule fits. Refused in code, whatever anybody answered. */
export function protection(
  rules: Config["neverTouch"],
  credential: Subject,
  identityName: string | undefined,
): string | undefined {
  const has = {
    connector: credential.facts["connector"]?.value,
    tenant: credential.tenant,
    identity: identityName,
    credential: credential.id,
  };
  const rule = rules.find(
    (one) =>
      fits(one.connector, has.connector) &&
      fits(one.tenant, has.tenant) &&
      isNamed(one.identity, has.identity) &&
      fits(one.credential, has.credential),
  );
  return rule && `never touched: ${rule.because}`;
}

/** By its whole name, or by what an ARN ends with. */
const isNamed = (pattern: string | undefined, name: string | undefined): boolean =>
  fits(pattern, name) || fits(pattern, name?.split("/").at(-1));

/** What a rule names and nobody knows is taken to fit: a doubt protects. */
function fits(pattern: string | undefined, value: string | undefined): boolean {
  if (pattern === undefined || value === undefined) return true;
  return wild(pattern, value);
}

/** `*` stands for any characters. Walked, not compiled: a pattern from a file must not be able to hang us. */
function wild(pattern: string, value: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === value;
  if (!value.startsWith(head)) return false;
  const tail = rest.pop() ?? "";
  let at = head.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - tail.length >= at && value.endsWith(tail);
}
