import { nameOn } from "@leasehold/workflows";
import type { Stage } from "./tables/grants.ts";
import { thingsOf } from "./tables/place.ts";

const ADMINISTER = [
  "CancelKeyDeletion",
  "DescribeKey",
  "DisableKey",
  "EnableKey",
  "EnableKeyRotation",
  "GetKeyPolicy",
  "GetKeyRotationStatus",
  "ListResourceTags",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
  "TagResource",
  "UntagResource",
  "UpdateKeyDescription",
].map((verb) => `kms:${verb}`);

/**
 * Where raw events lie that a rule could not deliver: a key of their own, four days, one reader. The account's
 * administrators look after the key but cannot read with it.
 */
export function fences(stage: Stage) {
  return Object.fromEntries(stage.fences.map((region) => [region, fence(stage, region)]));
}

function fence({ place }: Stage, region: string) {
  const it = thingsOf(place);
  const key = new aws.kms.Key(`RawKey-${region}`, {
    region,
    description: `Raw events that a rule of ${it.name("raw")} could not deliver`,
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: keyPolicy(place.account, it.role(nameOn(place.stage, "redrive-raw"))),
  });
  new aws.kms.Alias(`RawKeyAlias-${region}`, { region, name: it.fenceAlias, targetKeyId: key.keyId });
  return new aws.sqs.Queue(`Raw-${region}`, {
    region,
    name: it.queue("raw", region).name,
    kmsMasterKeyId: key.arn,
    kmsDataKeyReusePeriodSeconds: 3600,
    messageRetentionSeconds: 4 * 86_400,
    visibilityTimeoutSeconds: 360,
  });
}

function keyPolicy(account: string, reader: string): string {
  const root = { AWS: `arn:aws:iam::${account}:root` };
  const events = { Service: "events.amazonaws.com" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Administer", Effect: "Allow", Principal: root, Action: ADMINISTER, Resource: "*" },
      {
        ...{ Sid: "Leave", Effect: "Allow", Principal: events, Resource: "*" },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        ...{ Sid: "Read", Effect: "Allow", Principal: root, Action: ["kms:Decrypt"], Resource: "*" },
        Condition: { ArnEquals: { "aws:PrincipalArn": reader } },
      },
    ],
  });
}
