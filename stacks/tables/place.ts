import { nameOn } from "@leasehold/workflows";

/** Where one stage stands. Names are fixed, so every ARN is known before anything is made, and a grant can name it. */
export interface Place {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
}

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The things of a stage, by their names and by their ARNs. */
export function thingsOf({ stage, account, region }: Place) {
  const partition = partitionOf(region);
  const arn = (service: string, rest: string, where = region, owner = account) =>
    `arn:${partition}:${service}:${where}:${owner}:${rest}`;
  const name = (...parts: readonly [string, ...string[]]) => nameOn(stage, ...parts);
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  // A bucket's name is taken for the whole world.
  const bucket = (what: string) => name(what, account, region);
  return {
    name,
    arn,
    table: { name: name("table"), arn: arn("dynamodb", `table/${name("table")}`) },
    bus: { name: name("bus"), arn: arn("events", `event-bus/${name("bus")}`) },
    ingest: { name: name("ingest"), arn: arn("events", `event-bus/${name("ingest")}`) },
    archive: {
      name: name("archive"),
      arn: arn("firehose", `deliverystream/${name("archive")}`),
      bucket: bucket("archive"),
      bucketArn: `arn:${partition}:s3:::${bucket("archive")}`,
    },
    roots: { name: bucket("roots"), arn: `arn:${partition}:s3:::${bucket("roots")}` },
    api: `/leasehold/${stage}/api`, // an SSM parameter
    secrets: (connector: string) => arn("secretsmanager", `secret:leasehold/${stage}/${connector}.*`),
    allSecrets: arn("secretsmanager", `secret:leasehold/${stage}/*`),
    queue: (what: string, where = region) => ({
      name: name(what),
      arn: arn("sqs", name(what), where),
      url: `https://sqs.${where}.${suffix}/${account}/${name(what)}`,
    }),
    fenceAlias: `alias/${name("raw")}`,
    lambda: (called: string) => arn("lambda", `function:${called}`),
    role: (called: string) => `arn:${partition}:iam::${account}:role/${called}`,
    policy: (called: string) => `arn:${partition}:iam::${account}:policy/${called}`,
    logs: (group: string) => arn("logs", `log-group:${group}`),
    machines: arn("states", "stateMachine:"),
    rule: (bus: string | undefined, rule: string, where = region) =>
      arn("events", bus === undefined ? `rule/${rule}` : `rule/${bus}/${rule}`, where),
  };
}
export type Things = ReturnType<typeof thingsOf>;
