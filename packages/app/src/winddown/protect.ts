import { type Subject, untouchable } from "@leasehold/core/lineage";
import { isTagged } from "@leasehold/core/signal";
import type { Config } from "../config/index.ts";

/** The reason why a credential is never touched; undefined where no rule fits. Refused in code, whatever anybody answered. */
export function protection(
  rules: Config["neverTouch"],
  credential: Subject,
  identityName: string | undefined,
): string | undefined {
  const tags = credential.facts["tags"]?.value.split(" ");
  const builtIn = untouchable({ identity: identityName, tags });
  if (builtIn !== undefined) return `never touched: ${builtIn}`;
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
      isUnder(one.path, has.identity) &&
      hasTag(one.tag, tags) &&
      fits(one.credential, has.credential),
  );
  return rule && `never touched: ${rule.because}`;
}

/** By its whole name, or by what an ARN ends with. */
const isNamed = (pattern: string | undefined, name: string | undefined): boolean =>
  fits(pattern, name) || fits(pattern, name?.split("/").at(-1));

/** In an ARN, what stands between its kind and its name; of a name alone nobody knows the path. */
function isUnder(pattern: string | undefined, name: string | undefined): boolean {
  const [, path] = name?.match(/^arn:[^/]*(\/(?:.*\/)?)[^/]*$/) ?? [];
  return fits(pattern, path);
}

/** `key`, whatever its value, or `key=value`. */
const hasTag = (tag: string | undefined, tags: readonly string[] | undefined): boolean =>
  tag === undefined || tags === undefined || isTagged(tags, tag);

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
