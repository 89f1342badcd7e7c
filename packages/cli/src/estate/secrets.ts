import type { Secrets } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import type { Io } from "../command/index.ts";

/** Our own vendor secrets, by the names that the settings give; read when a call needs one, and kept nowhere. */
export function secretsOf({ env }: Pick<Io, "env">): Secrets {
  return async (name) => {
    const variable = `LEASEHOLD_SECRET_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
    const value = env[variable];
    if (value === undefined || value === "")
      throw badInput("a secret is named and not given: set the variable", { name, variable });
    return value;
  };
}
