import { FAULTS, Fault, type FaultName } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { type Codec, maybe, nothing } from "./codec.ts";
import * as of from "./shapes.ts";

/** One thing that a connector can be asked for, as both sides of the call read it. */
export interface Operation<Args extends readonly unknown[], Out> {
  readonly args: { readonly [K in keyof Args]: Codec<Args[K]> };
  readonly answer: Codec<Out>;
}
export const op = <Args extends readonly unknown[] | [], Out>(
  args: { readonly [K in keyof Args]: Codec<Args[K]> },
  answer: Codec<Out>,
): Operation<Args, Out> => ({ args, answer });

/** What everybody may need who asks a connector for something; lists.ts has the rest. */
export const operations = {
  check: op([], of.texts),
  person: op([of.handle], of.personState),
  isIn: op([of.text, of.handle], of.yes),
  members: op([of.text], of.accounts),
  see: op([of.target], of.state),
  plan: op([of.target], of.plan),
  apply: op([of.plan], of.receipt),
  verify: op([of.receipt], of.verification),
  lastUsed: op([of.target], of.lastUse),
  wayBack: op([of.receipt], of.text),
  isBack: op([of.receipt], of.yes),
  ask: op([of.message], of.ticket),
  edit: op([of.ticket, of.message], nothing),
  withdraw: op([of.text, maybe(of.ticket)], of.count),
  confirm: op([of.heard], maybe(of.heard)),
  tell: op([of.heard, of.text], nothing),
} as const;

const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const names = Object.keys(FAULTS) as [FaultName, ...FaultName[]];
/** What comes back: what it answered, or which fault it was. Both in one is neither. */
export const Answer = z.union([
  z.strictObject({ result: z.unknown().check(z.refine((result) => result !== undefined)) }),
  z.strictObject({
    fault: z.strictObject({ name: z.enum(names), message: z.string().check(z.maxLength(500)), facts: Facts }),
  }),
]);
export type Answer = { readonly result: unknown } | { readonly fault: Pick<Fault, "name" | "message" | "facts"> };

/** The other function's fault as it was thrown there, so that it is handled as if it had been thrown here. */
export function resultOf(answer: unknown, connector: string): unknown {
  const read = Answer.safeParse(answer);
  if (!read.success) throw new Fault("Unexpected", "the connector's function answered in another shape", { connector });
  if ("result" in read.data) return read.data.result;
  const { name, message, facts } = read.data.fault;
  throw new Fault(name, message, facts);
}
