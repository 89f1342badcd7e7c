import { describe, expect, it } from "vitest";
import { noticeIn } from "./index.ts";

const UNDER = { bucket: "example-logs", prefix: "AWSLogs/o-example1234/" };
const FILE =
  "AWSLogs/o-example1234/111122223333/CloudTrail/eu-west-1/2026/10/05/111122223333_CloudTrail_eu-west-1_20261005T0905Z_a1.json.gz";
const OTHER = FILE.replace("_a1", "_b2");

const told = (key: unknown, more: object = {}) => ({
  ...{ eventVersion: "2.1", eventSource: "aws:s3", awsRegion: "eu-west-1", eventTime: "2026-10-05T09:06:00.000Z" },
  ...{ eventName: "ObjectCreated:Put", userIdentity: { principalId: "AWS:EXAMPLE:CloudTrail" } },
  requestParameters: { sourceIPAddress: "192.0.2.9" },
  s3: {
    ...{ s3SchemaVersion: "1.0", configurationId: "trail" },
    bucket: { name: UNDER.bucket, ownerIdentity: { principalId: "EXAMPLE" }, arn: `arn:aws:s3:::${UNDER.bucket}` },
    object: { key, size: 1024, eTag: "d41d8cd98f00b204e9800998ecf8427e", sequencer: "0055AED6DCD90281E5" },
  },
  ...more,
});
const s3 = (...records: readonly unknown[]) => JSON.stringify({ Records: records });
const overSns = (Message: string, more: object = {}) =>
  JSON.stringify({
    ...{ Type: "Notification", MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324" },
    ...{ TopicArn: "arn:aws:sns:eu-west-1:111122223333:trail", Subject: "Amazon S3 Notification", Message, ...more },
  });
const overBus = (key: string, more: object = {}) =>
  JSON.stringify({
    ...{ version: "0", id: "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", source: "aws.s3" },
    ...{ account: "111122223333", time: "2026-10-05T09:06:00Z", region: "eu-west-1" },
    detail: { version: "0", bucket: { name: UNDER.bucket }, object: { key, size: 5, etag: "x" }, reason: "PutObject" },
    ...more,
  });
const ofTrail = (...s3ObjectKey: readonly unknown[]) => JSON.stringify({ s3Bucket: UNDER.bucket, s3ObjectKey });
const TEST = JSON.stringify({
  ...{ Service: "Amazon S3", Event: "s3:TestEvent", Time: "2026-10-05T09:00:00.000Z", Bucket: UNDER.bucket },
  ...{ RequestId: "5582815E1AEA5ADF", HostId: "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR" },
});
const elsewhere = (bucket: string) => s3(told(FILE, { s3: { bucket: { name: bucket }, object: { key: FILE } } }));

describe("a message tells of", () => {
  it.each<[string, string, readonly string[]]>([
    ["a file, as S3 sends it straight", s3(told(FILE)), [FILE]],
    [
      "a copy and a multipart upload alike",
      s3(told(FILE, { eventName: "ObjectCreated:CompleteMultipartUpload" })),
      [FILE],
    ],
    ["two files, and one of them once", s3(told(FILE), told(OTHER), told(FILE)), [FILE, OTHER]],
    ["a file, wrapped by SNS", overSns(s3(told(FILE))), [FILE]],
    ["a file, over EventBridge", overBus(FILE), [FILE]],
    ["a file, over EventBridge and SNS", overSns(overBus(FILE)), [FILE]],
    ["files, as CloudTrail tells a topic", overSns(ofTrail(FILE, OTHER)), [FILE, OTHER]],
    ["a file, as our own dead letters do", JSON.stringify({ ...JSON.parse(ofTrail(FILE)), why: "not JSON" }), [FILE]],
    ["a file that is not packed", s3(told(FILE.replace(".gz", ""))), [FILE.replace(".gz", "")]],
    ["a name with a blank", s3(told(FILE.replace("_a1", "+a"))), [FILE.replace("_a1", " a")]],
    ["a name with a plus", s3(told(FILE.replace("_a1", "%2Ba"))), [FILE.replace("_a1", "+a")]],
    ["a name that is encoded whole", s3(told(encodeURIComponent(FILE))), [FILE]],
    ["a name over EventBridge as it stands", overBus(FILE.replace("_a1", "+%2B")), [FILE.replace("_a1", "+%2B")]],
  ])("%s", (_title, body, keys) => {
    expect(noticeIn(body, UNDER)).toEqual({ keys, passedOver: 0, notUnderstood: 0 });
  });
});

describe("passed over is", () => {
  it.each<[string, string]>([
    ["S3's test of a new notification", TEST],
    ["the same over SNS", overSns(TEST)],
    ["CloudTrail's test of a topic", "CloudTrail validation message."],
    ["the same, wrapped", overSns("CloudTrail validation message.")],
    ["an object that was deleted", s3(told(FILE, { eventName: "ObjectRemoved:Delete" }))],
    ["one that was restored", s3(told(FILE, { eventName: "ObjectRestore:Completed" }))],
    ["one that was deleted, over EventBridge", overBus(FILE, { "detail-type": "Object Deleted" })],
    ["a digest", s3(told(FILE.replace("/CloudTrail/", "/CloudTrail-Digest/")))],
    ["an insight", s3(told(FILE.replace("/CloudTrail/", "/CloudTrail-Insight/")))],
    ["another service's log beside it", s3(told(FILE.replace("/CloudTrail/", "/Config/")))],
    ["a flow log", s3(told(FILE.replace(".json.gz", ".log.gz")))],
    ["a key outside the prefix", s3(told(FILE.replace("o-example1234", "o-example1235")))],
    ["a prefix that only begins alike", s3(told(FILE.replace("o-example1234/", "o-example12345/")))],
    ["a key that steps out of the prefix", s3(told("AWSLogs/o-example1234/../CloudTrail/a.json.gz"))],
    ["the same, encoded", s3(told("AWSLogs/o-example1234/%2E%2E/CloudTrail/a.json.gz"))],
    ["the same, as CloudTrail would tell it", ofTrail("AWSLogs/o-example1234/../CloudTrail/a.json.gz")],
    ["another bucket", elsewhere("example-logs-2")],
    ["another bucket, over EventBridge", overBus(FILE, { detail: { bucket: { name: "x" }, object: { key: FILE } } })],
    ["another bucket, as CloudTrail would tell it", JSON.stringify({ s3Bucket: "x", s3ObjectKey: [FILE] })],
  ])("%s", (_title, body) => {
    expect(noticeIn(body, UNDER)).toEqual({ keys: [], passedOver: 1, notUnderstood: 0 });
  });
});

describe("not understood, and counted, is", () => {
  it.each<[string, string]>([
    ["no JSON", "CANARY{"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"CANARY"'],
    ["an object of somebody's", '{"CANARY":1}'],
    ["no records", s3()],
    ["more records than anybody sends", s3(...Array.from({ length: 1_001 }, () => told(FILE)))],
    ["a record that is none", s3(7)],
    ["a record of another source", s3(told(FILE, { eventSource: "minio:s3" }))],
    ["a record without its object", s3(told(FILE, { s3: { bucket: { name: UNDER.bucket } } }))],
    ["a key that is no text", s3(told({ CANARY: 1 }))],
    ["an empty key", s3(told(""))],
    ["a key that is too long", s3(told(`${UNDER.prefix}CloudTrail/${"a".repeat(4_096)}.json.gz`))],
    ["a key that cannot be decoded", s3(told(`${FILE}%E0%A4%A`))],
    ["a wrapper of a wrapper", overSns(overSns(s3(told(FILE))))],
    ["a wrapper of no JSON", overSns("CANARY{")],
    ["a confirmation", overSns(s3(told(FILE)), { Type: "SubscriptionConfirmation" })],
    ["an event of EventBridge without its object", overBus(FILE, { detail: {} })],
    ["no keys of CloudTrail", ofTrail()],
    ["keys of CloudTrail that are none", ofTrail(7)],
  ])("%s", (_title, body) => {
    expect(noticeIn(body, UNDER)).toEqual({ keys: [], passedOver: 0, notUnderstood: 1 });
  });

  it("one record of several, and the others are told", () => {
    const body = s3(told(FILE), 7, told(OTHER), told(FILE.replace("/CloudTrail/", "/CloudTrail-Digest/")));
    expect(noticeIn(body, UNDER)).toEqual({ keys: [FILE, OTHER], passedOver: 1, notUnderstood: 1 });
  });
});
