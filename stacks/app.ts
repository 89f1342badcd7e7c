import { loaded } from "./configuration.ts";

/** The stage as SST sees it. Everything that people's decisions rest on outlives a mistake in `prod`. */
export async function app(stage: string) {
  const { aws } = await loaded(stage);
  return {
    name: "leasehold",
    home: "aws" as const,
    removal: stage === "prod" ? ("retain" as const) : ("remove" as const),
    protect: stage === "prod",
    providers: { aws: { region: aws.region as "us-east-1", allowedAccountIds: [aws.account] } },
  };
}
