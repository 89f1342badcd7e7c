import { kept, role } from "./roles.ts";
import type { Given } from "./tables/given.ts";
import type { Things } from "./tables/place.ts";

/** What is remembered: the table, the signals' archive, and the roots of the trail, which nobody can delete for a while. */
export function storage(given: Given, it: Things) {
  usage(it);
  return { table: table(it), archive: archive(given, it), roots: roots(given, it) };
}

function table(it: Things) {
  const indexes = ["g1", "g2", "g3"];
  return new aws.dynamodb.Table(
    "Table",
    {
      name: it.table.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: ["pk", "sk", ...indexes.flatMap((one) => [`${one}p`, `${one}s`])].map((name) => ({
        name,
        type: "S",
      })),
      globalSecondaryIndexes: indexes.map((one) => ({
        name: `by-${one}`,
        hashKey: `${one}p`,
        rangeKey: `${one}s`,
        projectionType: "KEYS_ONLY",
      })),
      ttl: { attributeName: "ttl", enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: $app.stage === "prod",
    },
    kept(),
  );
}

/** Apart from the graph, so that who walks the graph does not pay for walking this: it is a hundred times as much. */
const usage = (it: Things) =>
  new aws.dynamodb.Table(
    "Usage",
    {
      name: it.usage.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: ["pk", "sk"].map((name) => ({ name, type: "S" })),
      ttl: { attributeName: "ttl", enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: $app.stage === "prod",
    },
    kept(),
  );

function archive({ aws: { account, logDays } }: Given, it: Things) {
  const bucket = new aws.s3.Bucket(
    "Archive",
    { bucket: it.archive.bucket, forceDestroy: $app.stage !== "prod" },
    kept(),
  );
  closed("Archive", bucket);
  const group = it.name("archive");
  const logs = new aws.cloudwatch.LogGroup("ArchiveLog", {
    name: `/aws/kinesisfirehose/${group}`,
    retentionInDays: logDays,
  });
  const errors = new aws.cloudwatch.LogStream("ArchiveErrors", { name: "delivery", logGroupName: logs.name }); // Firehose makes none
  const writes = ["s3:PutObject", "s3:AbortMultipartUpload"];
  const lists = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"];
  const deliver = role(it, "archive", "firehose", account, [
    { actions: writes, resources: [`${it.archive.bucketArn}/*`] },
    { actions: lists, resources: [it.archive.bucketArn] },
    { actions: ["logs:PutLogEvents"], resources: [`${it.logs(`/aws/kinesisfirehose/${group}`)}:*`] },
  ]);
  const stream = new aws.kinesis.FirehoseDeliveryStream("ArchiveStream", {
    name: it.archive.name,
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    extendedS3Configuration: {
      bucketArn: bucket.arn,
      roleArn: deliver.arn,
      compressionFormat: "GZIP",
      prefix: "signals/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      bufferingInterval: 300,
      bufferingSize: 64,
      cloudwatchLoggingOptions: { enabled: true, logGroupName: logs.name, logStreamName: errors.name },
    },
  });
  return { bucket, stream };
}

function roots({ aws: { lockDays } }: Given, it: Things) {
  const bucket = new aws.s3.Bucket(
    "Roots",
    { bucket: it.roots.name, objectLockEnabled: true },
    {
      ...kept(),
      retainOnDelete: true, // what is locked could not be removed with its stage anyway
    },
  );
  closed("Roots", bucket);
  new aws.s3.BucketObjectLockConfiguration("RootsLock", {
    bucket: bucket.bucket,
    rule: { defaultRetention: { mode: "COMPLIANCE", days: lockDays } },
  });
  return bucket;
}

/** Nobody outside, nothing in the clear, nothing overwritten without a version of what was there. */
function closed(called: string, { bucket, arn }: aws.s3.Bucket) {
  new aws.s3.BucketPublicAccessBlock(`${called}Closed`, {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketVersioning(`${called}Versions`, { bucket, versioningConfiguration: { status: "Enabled" } });
  new aws.s3.BucketServerSideEncryptionConfiguration(`${called}Encrypted`, {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketPolicy(`${called}OverTls`, {
    bucket,
    policy: arn.apply((on) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [on, `${on}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    ),
  });
}
