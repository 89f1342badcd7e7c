import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";

const ARN = "the ARN of an SNS topic or of an EventBridge rule";
const OVER = /^arn:aws:(sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}|events:[a-z0-9-]+:\d{12}:rule\/[\w./-]{1,320})$/;
const KEY = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]{1,64}$/;

/** Where the files of a trail lie, of one account or an organisation. By itself, for no function reads it. */
const TrailFiles = z.strictObject({
  bucket: z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket")),
  prefix: z.string().check(z.regex(/^[\w.=@+,:-][\w ./=@+,:-]{0,510}\/$/, "a folder, as AWSLogs/o-example1234/")),
  region: z.optional(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region, as eu-central-1"))), // the bucket's, where it is another than the stage's
  account: z.optional(z.string().check(z.regex(/^\d{12}$/, "an AWS account id has 12 digits"))), // that owns the bucket, where it is another
  key: z.optional(z.string().check(z.regex(KEY, "the ARN of a key, and not of an alias"))),
  through: z.optional(z.string().check(z.regex(OVER, ARN))), // over which the notices come; left out: from S3 itself
});
export type TrailFiles = z.infer<typeof TrailFiles>;

/** Reads what stands under `aws.trailFiles`, or names what is wrong there; undefined where nothing does. */
export function trailFilesIn({ trailFiles }: { readonly trailFiles?: unknown }): TrailFiles | undefined {
  if (trailFiles === undefined) return undefined;
  const read = TrailFiles.safeParse(trailFiles);
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path, message }) => `${["aws.trailFiles", ...path].join(".")}: ${message}`);
  throw badInput("the configuration is not valid", { where: where.join("; ") });
}
