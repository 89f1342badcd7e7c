import { FAULTS, type FaultName, type Remedy } from "@leasehold/core/kernel";

/** Lambda's own hiccups, which no code of ours throws. A weeks-long execution must not die of one. */
const LAMBDA = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];

/** What a state machine does about a fault follows from the fault's remedy, so that a new one cannot be forgotten here. */
export const retried: readonly string[] = [...LAMBDA, ...faultsFor("retry")];

function faultsFor(remedy: Remedy): readonly FaultName[] {
  return (Object.keys(FAULTS) as FaultName[]).filter((name) => FAULTS[name] === remedy);
}
