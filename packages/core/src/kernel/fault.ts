/** What the reader should do next. Every fault answers this, or it is not a fault. */
export type Remedy = "retry" | "fix-input" | "grant-permission" | "ask-human" | "free-space" | "fix-code";

/** Every fault there is. The workflow's retry lists are made from this table, so a new one cannot be forgotten there. */
export const FAULTS = {
  Throttled: "retry",
  Unavailable: "retry",
  Conflict: "retry",
  StalePlan: "retry",
  PermissionMissing: "grant-permission",
  Braked: "ask-human",
  StoreFull: "free-space",
  BadInput: "fix-input",
  Unreachable: "fix-code",
  Unexpected: "fix-code",
} as const satisfies Record<string, Remedy>;
export type FaultName = keyof typeof FAULTS;

/**
 * The one error we throw on purpose. `name` is the code: Lambda reports it as
 * errorType, and the workflow's Retry and Catch lists match on it.
 */
export class Fault extends Error {
  declare readonly name: FaultName;
  readonly remedy: Remedy;
  readonly facts: Readonly<Record<string, string | number | boolean>>;

  constructor(name: FaultName, message: string, facts: Fault["facts"] = {}, cause?: unknown) {
    super(message, { cause });
    this.name = name;
    this.remedy = FAULTS[name];
    this.facts = facts;
  }
}

export const throttled = (provider: string, cause?: unknown) =>
  new Fault("Throttled", "the provider asked us to slow down", { provider }, cause);

export const unavailable = (provider: string, cause?: unknown) =>
  new Fault("Unavailable", "the provider could not answer", { provider }, cause);

export const denied = (provider: string, permission: string, cause?: unknown) =>
  new Fault("PermissionMissing", "the provider refused this call", { provider, permission }, cause);

export const conflict = (what: string) => new Fault("Conflict", "it moved since it was read", { what });

export const badInput = (message: string, facts: Fault["facts"] = {}) => new Fault("BadInput", message, facts);

/** For the default branch of a switch: adding a member to a union breaks the build, not the night. */
export function unreachable(value: never): never {
  throw new Fault("Unreachable", "a case was not handled", { value: String(value) });
}
