import type { Connector, Declared } from "@leasehold/core/connector";

/** A connector that the configuration names, with the settings that its own schema read. */
export interface Linked {
  readonly id: string;
  readonly connector: Connector;
  readonly declared: Declared;
  readonly settings: Readonly<Record<string, unknown>>; // as read, defaults and all
  readonly given: Readonly<Record<string, unknown>>; // as written, for the file beside its functions
}
