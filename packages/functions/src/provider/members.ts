import type { Config } from "@leasehold/app/config";
import type { Reached } from "@leasehold/app/world";
import { nameOn, type Right } from "@leasehold/workflows";

/** The further accounts, and there the role of this function's right: its name is fixed, so that our own roles can name it. */
export function membersOf(aws: Config["aws"], stage: string, right: Right): readonly Reached[] {
  const { accounts = [], externalId } = aws ?? {};
  if (externalId === undefined || right === "desk") return [];
  return accounts.map(({ id, name }) => ({
    ...{ id, name, externalId },
    role: `arn:aws:iam::${id}:role/${nameOn(stage, right)}`,
  }));
}
