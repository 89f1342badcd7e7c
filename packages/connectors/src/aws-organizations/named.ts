import type { Identity } from "@leasehold/core/signal";
import { awsIdentity } from "../../kit/index.ts";

export const ACCOUNT = "AWS account";

/** By the ARN that policies name an account by, which every record has the parts of; an account's id is never given twice. */
export const accountIdentity = (id: string, partition = "aws"): Identity =>
  awsIdentity(`arn:${partition}:iam::${id}:root`);
