import type { FirstLook } from "@leasehold/app/first-look";
import { count, list, table } from "../../terminal/index.ts";

/** What stands open, worst first; and at the end what was not seen, so that nobody takes what is missing for what is well. */
export function linesOf(look: FirstLook): readonly string[] {
  const { credentials, identities, ownerless, agents, naked, expireless, notVisible } = look;
  return [
    `${count(credentials, "credential")} and ${count(identities, "identity", "identities")} looked at`,
    ...part(
      "Servers that ask nobody who calls them",
      ["WHAT", "TYPE"],
      naked.map(({ name, type }) => [name, type]),
    ),
    ...part(
      "Credentials with no living owner",
      ["OF", "TYPE", "STATE", "WHY", "CREDENTIAL"],
      ownerless.map(({ name, type, state, because, credential }) => [name, type, state, because, credential]),
    ),
    ...part(
      "Agents with no living owner",
      ["WHAT", "TYPE", "WHY"],
      agents.map(({ name, type, because }) => [name, type, because]),
    ),
    ...part(
      "Bedrock API keys that never expire",
      ["OF", "SINCE", "CREDENTIAL"],
      expireless.map(({ name, createdAt, credential }) => [name, createdAt?.slice(0, 10), credential]),
    ),
    ...list("What was not seen:", notVisible),
  ];
}

type Row = readonly (string | undefined)[];

function part(title: string, head: readonly string[], rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [`${title}: none`];
  const indented = rows.map(([first, ...rest]) => [`  ${first ?? "unknown"}`, ...rest.map((cell) => cell ?? "-")]);
  return ["", `${title}: ${rows.length}`, ...table([`  ${head[0]}`, ...head.slice(1)], indented)];
}

/** Whether anything stands open that somebody should see to. */
export const isClean = ({ ownerless, agents, naked, expireless }: FirstLook): boolean =>
  [ownerless, agents, naked, expireless].every(({ length }) => length === 0);
