import { badInput } from "@leasehold/core/kernel";
import type { Call } from "../command/index.ts";

/** Which stage is meant, and who asks it. */
export interface Stage {
  readonly name: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly url: string | undefined;
}

export function stageOf({ flags }: Pick<Call, "flags">): Stage {
  const text = (name: string) => (typeof flags[name] === "string" ? flags[name] : undefined);
  const name = text("stage");
  if (name === undefined) throw badInput("say which stage", { flag: "--stage", value: "name" });
  const profile = text("profile");
  // the SDK takes `endpoint_url` of the profile that is named there, whatever profile a client is given: secrets would go to it
  if (profile !== undefined) process.env["AWS_PROFILE"] = profile;
  return { name, region: text("region"), profile, url: text("url") };
}
