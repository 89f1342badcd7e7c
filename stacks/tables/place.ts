import { nameOn } from "@leasehold/workflows";

/** Where one stage stands. Names are fixed, so every ARN is known before anything is made, and a grant can name it. */
export interface Place {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  readonly members?: readonly string[]; // further accounts, with roles of ours
}

/** Not of another partition: China's, the government's, the isolated ones. */
export const isCommercial = (region: string) => !/^(cn|us-gov|us-iso[a-z]?)-/.test(region);

/** The things of a stage, by their names and by their ARNs. */
export function thingsOf({ stage, account, region }: Place) {
  const arn = (service: string, rest: string, where = region, owner = account) =>
    `arn:aws:${service}:${where}:${owner}:${rest}`;
  const name = (...parts: readonly [string, ...string[]]) => nameOn(stage, ...parts);
  // A bucket's name is taken for the whole world.
  const bucket = (what: string) => name(what, account, region);
  return {
    name,
    arn,
    table: { name: name("table"), arn: arn("dynamodb", `table/${name("table")}`) },
    usage: { name: name("usage"), arn: arn("dynamodb", `table/${name("usage")}`) },
    bus: { name: name("bus"), arn: arn("events", `event-bus/${name("bus")}`) },
    ingest: { name: name("ingest"), arn: arn("events", `event-bus/${name("ingest")}`) },
    archive: {
      name: name("archive"),
      arn: arn("firehose", `deliverystream/${name("archive")}`),
      bucket: bucket("archive"),
      bucketArn: `arn:aws:s3:::${bucket("archive")}`,
    },
    roots: { name: bucket("roots"), arn: `arn:aws:s3:::${bucket("roots")}` },
    api: `/leasehold/${stage}/api`, // an SSM parameter
    secrets: (connector: string) => arn("secretsmanager", `secret:leasehold/${stage}/${connector}.*`),
    secret: (called: string) => arn("secretsmanager", `secret:leasehold/${stage}/${called}-??????`), // what AWS adds to a name
    allSecrets: arn("secretsmanager", `secret:leasehold/${stage}/*`),
    queue: (what: string, where = region) => ({
      name: name(what),
      arn: arn("sqs", name(what), where),
      url: `https://sqs.${where}.amazonaws.com/${account}/${name(what)}`,
    }),
    fenceAlias: `alias/${name("raw")}`,
    lambda: (called: string) => arn("lambda", `function:${called}`),
    role: (called: string) => `arn:aws:iam::${account}:role/${called}`,
    policy: (called: string) => `arn:aws:iam::${account}:policy/${called}`,
    logs: (group: string) => arn("logs", `log-group:${group}`),
    machines: arn("states", "stateMachine:"),
    rule: (bus: string | undefined, rule: string, where = region) =>
      arn("events", bus === undefined ? `rule/${rule}` : `rule/${bus}/${rule}`, where),
  };
}
export type Things = ReturnType<typeof thingsOf>;
