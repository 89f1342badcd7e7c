/** Step Functions' names for what goes wrong in the machine itself. */
export const TIMEOUT = "States.Timeout";
export const QUERY = "States.QueryEvaluationError";
export const RUNTIME = "States.Runtime";
export const TOO_LARGE = "States.DataLimitExceeded";

export const KNOWN: ReadonlySet<string> = new Set([
  "States.ALL",
  "States.TaskFailed",
  "States.Permissions",
  TIMEOUT,
  QUERY,
]);

/** The Lambda service's own transient errors, which every Task that calls one must retry. */
export const TRANSIENT = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
] as const;

/** Whether a list of names takes this error: `States.TaskFailed` takes all but a timeout, and nothing takes what ends the execution. */
export function takes(names: readonly string[], error: string): boolean {
  if (error === RUNTIME || error === TOO_LARGE) return false;
  if (names.includes(error) || names.includes("States.ALL")) return true;
  return names.includes("States.TaskFailed") && error !== TIMEOUT;
}
