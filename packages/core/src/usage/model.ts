import * as z from "zod/mini";
import { Instant } from "../kernel/index.ts";
import { VIAS } from "../signal/index.ts";

const idOf = <P extends string>(prefix: P) => z.templateLiteral([z.literal(prefix), "_", z.string()]);
const Text = z.string().check(z.minLength(1), z.maxLength(2_048));

/** Who called, in the provider's words; whose account that is today is looked up when it is read. */
export const Caller = z.strictObject({ name: Text, via: z.enum(VIAS), account: z.optional(idOf("acc")) });
export type Caller = z.infer<typeof Caller>;

/** What a provider says of a call that it refused: whose rights were too few, to what, by which policy. Never what was asked. */
export const Refusal = z.strictObject({
  identity: z.optional(idOf("idn")),
  resource: z.optional(z.string().check(z.minLength(1), z.maxLength(512))), // by the provider's own name for it
  policy: z.optional(z.string().check(z.minLength(1), z.maxLength(128))), // of which kind, in words of ours
  account: z.optional(z.string().check(z.maxLength(64))), // where the log lies that tells of it
  region: z.optional(z.string().check(z.maxLength(64))),
});
export type Refusal = z.infer<typeof Refusal>;

/** The latest call that was refused so. */
export interface Refused extends Refusal {
  readonly at: Instant;
  readonly eventId: string;
}

/** One call, made with a credential or in a session, as the provider's log has it. Nothing of what was asked or answered. */
export const Use = z.strictObject({
  credential: z.union([idOf("crd"), idOf("ses")]),
  caller: Caller,
  service: z.string().check(z.minLength(1), z.maxLength(128)),
  action: z.string().check(z.minLength(1), z.maxLength(256)),
  at: Instant,
  refused: z.boolean(),
  refusal: z.optional(Refusal), // for want of a right; a credential that was not taken has none
  eventId: z.string().check(z.minLength(1), z.maxLength(128)),
});
export type Use = z.infer<typeof Use>;
export type Used = Use["credential"];

/** What was called with one credential, by one caller, in one hour (UTC): how often, and when last. */
export interface UsageRecord {
  readonly credential: Used;
  readonly caller: Caller;
  readonly service: string;
  readonly action: string;
  readonly hour: Instant; // its beginning
  readonly count: number;
  readonly refused: number; // of them
  readonly last: Instant;
  readonly lastDone: Instant | undefined; // the last that was not refused
  readonly eventId: string; // of the last
  readonly refusals?: readonly Refused[]; // what was refused for want of a right, the latest of each kind; a few
}

/** A record as it was told by one source object: a trail's file, or a batch from the bus. */
export interface Told extends UsageRecord {
  readonly approximate: boolean; // a bus may bring a call twice in two batches, or not at all
}

/** Days for which usage is kept; a little more than the ninety that are promised, so that no day is cut while it is asked for. */
export const KEPT_DAYS = 92;

/** The hour of an instant; what is asked from an instant on is asked from the beginning of its hour. */
export const hourOf = (instant: Instant): Instant => `${instant.slice(0, 13)}:00:00.000Z` as Instant;
