import { Instant } from "@leasehold/core/kernel";

/** The instant at which every law looks. */
export const MONDAY = Instant.parse("2026-11-02T09:00:00Z");
