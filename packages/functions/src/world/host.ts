import type { Log } from "@leasehold/app/world";
import { type Clock, instantOf } from "@leasehold/core/kernel";
import { type Aws, awsAt, type Place } from "../aws/index.ts";
import { type Env, env } from "../env/index.ts";
import { log } from "../kit/index.ts";
import { type Deployed, deployedAt } from "./deployed.ts";

/** What a function stands on. Nothing of it is read before it is asked for. */
export interface Host {
  readonly env: Env;
  readonly deployed: () => Deployed;
  readonly place: Place;
  readonly aws: Aws;
  readonly clock: Clock;
  readonly log: Log;
}

/** Made at the first use, and kept as long as Lambda keeps the process. */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}

const place: Place = {
  region: () => env("AWS_REGION"),
  credentials: () => ({
    accessKeyId: env("AWS_ACCESS_KEY_ID"),
    secretAccessKey: env("AWS_SECRET_ACCESS_KEY"),
    sessionToken: env("AWS_SESSION_TOKEN"),
  }),
};

export const host: Host = {
  ...{ env, place, aws: awsAt(place) },
  deployed: once(() => deployedAt(env("LAMBDA_TASK_ROOT"))),
  clock: () => instantOf(Date.now()),
  log,
};
