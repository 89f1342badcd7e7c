import { Fault } from "@leasehold/core/kernel";
import { type Fence, rightOf } from "./watch.ts";

/** What this run has made, by the field of a call that names it. Nothing else is ever changed. */
export type Made = Map<string, Set<string>>;

export const noted = (made: Made, field: string, name: string): void => {
  const names = made.get(field);
  if (names === undefined) made.set(field, new Set([name]));
  else names.add(name);
};
export const isMade = (made: Made, field: string, name: unknown): boolean =>
  typeof name === "string" && made.get(field)?.has(name) === true;

/** What AWS calls what only looks. */
const LOOKS = /^(List|Get|Describe|Lookup|GenerateCredentialReport$)/;

/** Each change that is known here, and what its call names: all of it must be of this run's making. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  CreateAccessKey: ["UserName"],
  CreateLoginProfile: ["UserName"],
  UpdateAccessKey: ["UserName", "AccessKeyId"],
  DeleteAccessKey: ["UserName", "AccessKeyId"],
  DeleteLoginProfile: ["UserName"],
  AttachUserPolicy: ["UserName", "PolicyArn"],
  DetachUserPolicy: ["UserName", "PolicyArn"],
  PutUserPolicy: ["UserName", "PolicyName"],
  DeleteUserPolicy: ["UserName", "PolicyName"],
  DeleteUser: ["UserName"],
  DeletePolicy: ["PolicyArn"],
};

/** What begins to be made: by names that this run drew for itself. AWS refuses one that stands already. */
const BIRTHS: Readonly<Record<string, string>> = { CreateUser: "UserName", CreatePolicy: "PolicyName" };

export interface Bounds {
  readonly reads: ReadonlySet<string>; // operations that are declared to be asked
  readonly made?: Made;
  readonly drawn?: readonly string[];
}

/** Lets declared reads through, what this run may make, and changes to what it has made. With nothing made it lets nothing but reads through. */
export function fenceOf({ reads, made = new Map(), drawn = [] }: Bounds): Fence {
  return (command) => {
    const verb = rightOf(command);
    if (LOOKS.test(verb) && reads.has(verb)) return;
    const { input } = command as { readonly input: Readonly<Record<string, unknown>> };
    const born = BIRTHS[verb];
    if (born !== undefined && drawn.includes(String(input[born]))) return;
    const fields = CHANGES[verb];
    if (fields?.every((field) => isMade(made, field, input[field]))) return;
    throw new Fault("Unexpected", "refused before it was sent: not declared, or not about what this run made", {
      verb,
    });
  };
}
