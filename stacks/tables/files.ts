import { type Deployment, trailFilesIn } from "@leasehold/app/config";
import { badInput } from "@leasehold/core/kernel";
import { filed, queues, type Run } from "@leasehold/workflows";
import type { Linked } from "./linked.ts";
import { type Place, thingsOf } from "./place.ts";
import type { Statement } from "./statement.ts";

/** Where a trail's files lie, and over whom S3 tells of each. */
export interface Filed {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly account: string; // that owns the bucket
  readonly key: string | undefined;
  readonly through: string | undefined; // a topic or a rule; else S3 itself
}
interface Of {
  readonly files: Filed | undefined;
}

/** Undefined where the settings name none: then nothing of it is made. */
export function filesIn(aws: Deployment): Filed | undefined {
  const { account, region } = aws;
  const trailFiles = trailFilesIn(aws);
  if (trailFiles === undefined) return undefined;
  const { bucket, prefix, key, through, ...own } = trailFiles;
  return { bucket, prefix, key, through, account: own.account ?? account, region: own.region ?? region };
}

const BY = "aws-cloudtrail";

/** Refuses what would never bring a notice, or let go what nobody counts. */
export function checkFiles(aws: Deployment, linked: readonly Linked[]): void {
  const files = filesIn(aws);
  if (files === undefined) return;
  const { region, through, key } = files;
  if (!linked.some(({ id }) => id === BY))
    throw badInput(`calls of a trail's files are counted by the connector ${BY}: name it, too`, {
      where: "aws.trailFiles",
    });
  if (through === undefined && region !== aws.region)
    throw badInput("S3 tells only a queue of the bucket's own Region: name a topic of that Region", {
      where: "aws.trailFiles.through",
    });
  if (through?.includes(":events:") && !through.startsWith(`arn:aws:events:${aws.region}:${aws.account}:rule/`))
    throw badInput("a rule hands on to a queue of its own account and Region: name one of aws.account and aws.region", {
      where: "aws.trailFiles.through",
    });
  if (key !== undefined && !key.startsWith(`arn:aws:kms:${region}:`))
    throw badInput("a bucket's key is in the bucket's own Region", { where: "aws.trailFiles.key" });
}

/** The queues that feed functions on this stage. */
export const linesOf = ({ files }: Of): Readonly<Record<string, Run>> => (files ? { ...queues, ...filed } : queues);

const FILED: readonly Run[] = Object.values(filed);

/** Whether a function is there on this stage. */
export const isThere = (run: Run, { files }: Of): boolean => files !== undefined || !FILED.includes(run);

/** Objects under that prefix and no other; the key where one is named, and only as S3 asks for it. */
export function readsFiles(place: Place, { bucket, prefix, region, key }: Filed): readonly Statement[] {
  const viaS3 = { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${region}.amazonaws.com`] };
  return [
    { actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${bucket}/${prefix}*`] },
    ...(key === undefined ? [] : [{ actions: ["kms:Decrypt"], resources: [key], conditions: [viaS3] }]),
    { actions: ["sqs:SendMessage"], resources: [thingsOf(place).queue("files-dead").arn] },
  ];
}

/** Who alone may put a notice into the queue: this bucket of this account, or the topic or the rule that is named. */
export function tellsOf({ bucket, account, through }: Filed): {
  readonly Principal: object;
  readonly Condition: object;
} {
  const [, , service = "s3"] = through?.split(":") ?? [];
  // SNS names the topic alone, whose ARN has its account.
  const owner = service === "sns" ? {} : { StringEquals: { "aws:SourceAccount": through?.split(":")[4] ?? account } };
  return {
    Principal: { Service: `${service}.amazonaws.com` },
    Condition: { ArnEquals: { "aws:SourceArn": through ?? `arn:aws:s3:::${bucket}` }, ...owner },
  };
}
