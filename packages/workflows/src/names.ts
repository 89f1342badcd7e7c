import { badInput } from "@leasehold/core/kernel";

/** With which right a connector's code runs: each in a function of its own, with its own role, where alone its secrets are read. */
export const RIGHTS = ["read", "act", "contain", "delete", "desk"] as const;
export type Right = (typeof RIGHTS)[number];

/** What tells by which right an action changes something. */
export interface Changing {
  readonly verb: string;
  readonly contain?: true | undefined;
}

/** An action that deletes, and one that writes a policy of its own making, have functions of their own; the second is there only where the settings opt in. */
export const changesBy = ({ verb, contain }: Changing): Right =>
  verb === "delete" ? "delete" : contain ? "contain" : "act";

const STAGE = /^[a-z][a-z0-9-]{0,15}$/;
const MOST = 64; // of a function's name and a role's

/** The name of one of our things in an account. It is fixed, so that a role can name what it may call, and a person finds it. */
export function nameOn(stage: string, ...parts: readonly [string, ...string[]]): string {
  if (!STAGE.test(stage)) throw badInput("a stage is named with up to 16 small letters, digits and dashes", { stage });
  const name = ["leasehold", stage, ...parts].join("-");
  if (name.length > MOST) throw badInput("the name is too long for AWS", { name, most: MOST });
  return name;
}
