import { badInput } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call } from "../../command/index.ts";

export interface AwsPlace {
  readonly account: string;
  readonly profile: string;
  readonly role: string | undefined;
  readonly regions: readonly string[];
}

export const PLACE_FLAGS = {
  profile: {
    value: "name",
    about: "s3:// and --lookup: the AWS profile that asks; nothing of the environment is taken",
  },
  account: {
    value: "id",
    about: "s3:// and --lookup: whose account it must be (the configuration's `aws-iam` account)",
  },
  role: { value: "arn", about: "s3:// and --lookup: a role of that account to assume from the profile" },
  region: {
    value: "region,…",
    about: "s3://: the bucket's; --lookup: whose logs (us-east-1: IAM, STS and sign-ins are there)",
  },
} as const;

/** Said, never picked up; and the demo never meets a real account. */
export function placeOf({ flags }: Pick<Call, "flags">, { world, demo }: Pick<Laptop, "world" | "demo">): AwsPlace {
  if (demo) throw badInput("the demo never meets a real account: name a configuration", { flag: "--config" });
  const profile = textOf(flags["profile"]);
  if (profile === undefined) throw badInput("name the AWS profile that asks", { flag: "--profile" });
  const configured = world.config.connectors["aws-iam"]?.settings["account"];
  const account = textOf(flags["account"]) ?? textOf(configured);
  if (account === undefined || !/^\d{12}$/.test(account))
    throw badInput("name the AWS account that is asked: 12 digits", { flag: "--account" });
  const role = textOf(flags["role"]);
  if (role !== undefined && role.split(":")[4] !== account)
    throw badInput("the role is of another account", { flag: "--role" });
  const regions = (textOf(flags["region"]) ?? "us-east-1").split(",");
  if (regions.some((one) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(one)))
    throw badInput("this is not a region: write us-east-1, or several with commas", { flag: "--region" });
  return { account, profile, role, regions };
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
