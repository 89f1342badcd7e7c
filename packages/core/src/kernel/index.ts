export { parseCsv, type Row, type Table } from "./csv.ts";
export { alike, canonical, digest } from "./digest.ts";
export {
  badInput,
  conflict,
  denied,
  FAULTS,
  Fault,
  type FaultName,
  type Remedy,
  throttled,
  unavailable,
  unreachable,
} from "./fault.ts";
export {
  type AccountId,
  begunAt,
  type CaseId,
  type CredentialId,
  type DecisionId,
  derivedId,
  type FindingId,
  type Id,
  type IdentityId,
  type PersonId,
  randomId,
  type SessionId,
  timedId,
  type WindDownId,
} from "./id.ts";
export { isTimeZone, localTime } from "./local-time.ts";
export { remembered } from "./remembered.ts";
export {
  type Clock,
  dayOf,
  hoursBetween,
  hoursIn,
  Instant,
  instantOf,
  isInstant,
  later,
  laterBy,
  millisOf,
} from "./time.ts";
