import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type { Stage } from "./stage.ts";

/**
 * A person's own identity, asking their own stage: found as every tool of theirs finds it. This is no connector. What
 * Leasehold does with an outside system it does with what the configuration names, and never with what lies around.
 */
export const credentialsOf = ({ profile }: Pick<Stage, "profile">) =>
  fromNodeProviderChain(profile === undefined ? {} : { profile });
