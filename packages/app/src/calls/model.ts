import { type AccountId, badInput, type PersonId } from "@leasehold/core/kernel";
import type * as z from "zod/mini";
import type { World } from "../world/index.ts";

/**
 * Who asks. On the laptop it is whoever holds the file, and proves no name; on a stage it is a person whom the directory
 * says is active, by the AWS identity that signed the request.
 */
export type Caller =
  | { readonly as: "terminal" }
  | {
      readonly as: "person";
      readonly identity: string; // the ARN that signed
      readonly email: string;
      readonly account: AccountId; // stands for the person
      readonly person: PersonId;
      readonly security: boolean;
      readonly operator: boolean;
      readonly unread?: boolean; // a group that they may be in could not be read
    };

/** Who may: anybody whom the directory knows; who operates Leasehold; or security. What needs a custodian is judged by the use case. */
export type May = "anybody" | "operators" | "security";

/** Whether anything may change by it. What reads is put to a function that cannot write. */
export type Does = "reads" | "writes";

/** One question or one act that a person has for Leasehold: the same from a terminal, a stage's API, a page and an agent. */
export interface Call<In = unknown, Out = unknown, D extends Does = Does> {
  readonly may: May;
  readonly does: D;
  readonly input: z.ZodMiniType<In>;
  run(world: World, input: In, caller: Caller): Promise<Out>;
}

/** Calls by their names on the wire. */
export type Table<D extends Does = Does> = Readonly<
  Record<string, Pick<Call<unknown, unknown, D>, "may" | "does" | "input"> & Pick<Call<never>, "run">>
>;

/** Keeps the types of one call while the table forgets them. */
export const call = <In, Out, D extends Does>(one: Call<In, Out, D>): Call<In, Out, D> => one;

/** Reads the input; what is wrong is named by where it is and what it should be, never by what it is. */
export function inputOf<In>({ input }: Pick<Call<In>, "input">, given: unknown): In {
  const read = input.safeParse(given);
  if (read.success) return read.data;
  const { issues } = read.error;
  const said = [...new Set(issues.map(({ message }) => message))].filter((message) => message !== UNSAID);
  throw badInput("the question is not of the shape that is read", {
    where: issues.map(({ path }) => path.join(".") || "input").join(", "),
    ...(said.length > 0 && { wanted: said.join("; ") }),
  });
}

const UNSAID = "Invalid input"; // what zod says where a schema of ours has no words of its own
