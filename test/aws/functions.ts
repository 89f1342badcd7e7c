import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateStateMachineCommand, ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Keyed } from "@leasehold/app/world";
import { instantOf } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { awsAt } from "../../packages/functions/src/aws/index.ts";
import { vaultOf } from "../../packages/functions/src/provider/secrets.ts";
import { rawQueue } from "../../packages/functions/src/redrive/raw-queue.ts";
import { firehoseArchive, lifeOf, publishing, queuesOf, runsOn } from "../../packages/functions/src/world/index.ts";
import { MONDAY } from "../support/clock.ts";
import { issuedKey } from "../support/signals.ts";
import { ACCOUNT, own } from "./moto.ts";
import { met } from "./recorder.ts";

const { region } = own;
const KEY = issuedKey();
const clock = () => instantOf(Date.now());
/** As a function asks: in plain JSON that is signed here. To AWS's own address, which is moto's for once. */
const aws = awsAt({
  region: () => region,
  credentials: () => ({ ...own.credentials, sessionToken: "none" }),
  wait: async () => undefined,
  fetch: (url, init) => {
    const { hostname, pathname } = new URL(url);
    const verb = new Headers(init.headers).get("x-amz-target")?.split(".").at(-1);
    met(`${hostname.split(".")[0]}:${verb}`);
    return fetch(new URL(pathname, process.env["LEASEHOLD_MOTO"]), init);
  },
});
const until = async <T>(look: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let n = 0; n < 20; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What our functions ask of AWS without a client of the SDK's, but for the table's. */
export function functions(): void {
  describe("the functions' own calls", () => {
    const sqs = new SQSClient(own);
    it("put events on the bus, which takes each of them", async () => {
      const bus = "leasehold-prod";
      await new EventBridgeClient(own).send(new CreateEventBusCommand({ Name: bus }));
      const all = Array.from({ length: 12 }, (_, n): Keyed => {
        return { key: `k${n}`, event: { type: "owner.changed", credential: `crd_${n}` } };
      });
      expect(await publishing(aws, () => bus)(all)).toEqual(all.map(({ key }) => key));
    });

    it("queue signals, read a fenced queue, and drop from it what was read", async () => {
      const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "signals" }));
      const { signals } = queuesOf(aws, () => url);
      const odd = { ...KEY, tenant: "111122223333\uffff" };
      await signals({ signals: [odd], live: true, recordedAt: MONDAY });
      const fenced = rawQueue(aws, { region, url });
      const [first, ...more] = await fenced.take();
      expect(more).toEqual([]);
      expect(JSON.parse(first?.body ?? "")).toEqual({ signals: [odd], live: true, recordedAt: MONDAY });
      await fenced.drop(first?.id ?? "");
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }));
      expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "0" });
      expect(Attributes?.["ApproximateNumberOfMessagesNotVisible"]).toBe("0");
    });

    it("read secrets of their own vendor, the one that is being replaced too, and know which is not there", async () => {
      const client = new SecretsManagerClient(own);
      const Name = "leasehold/prod/okta.signing";
      await client.send(new CreateSecretCommand({ Name, SecretString: "first" }));
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: "second" }));
      const vault = vaultOf({ connector: "okta", clock, aws, stage: () => "prod" });
      expect(await vault.secret("okta.signing")).toBe("second");
      expect(await vault.signing(["okta.signing"])).toEqual(["second", "first"]);
      await expect(vault.secret("okta.other")).rejects.toMatchObject({ name: "BadInput" });
    });

    it("start an execution once, however often they are told to, and wake none that is over", async () => {
      const client = new SFNClient(own);
      const definition = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } });
      const roleArn = `arn:aws:iam::${ACCOUNT}:role/machines`;
      const { stateMachineArn = "" } = await client.send(
        new CreateStateMachineCommand({ name: "leasehold-prod-case", definition, roleArn }),
      );
      const runs = runsOn(aws, () => stateMachineArn);
      await runs.start("case", "cas_1", { contract: 1 });
      await runs.start("case", "cas_1", { contract: 1, again: true });
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      expect(executions.map(({ name }) => name)).toEqual(["cas_1"]);
      await runs.wake("a token of nobody's");
    });

    it("append signals to the archive, a line each", async () => {
      const s3 = new S3Client({ ...own, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: "archive" }));
      const DeliveryStreamName = "leasehold-prod-archive";
      const to = { BucketARN: "arn:aws:s3:::archive", RoleARN: `arn:aws:iam::${ACCOUNT}:role/archive` };
      await new FirehoseClient(own).send(
        new CreateDeliveryStreamCommand({ DeliveryStreamName, ExtendedS3DestinationConfiguration: to }),
      );
      await firehoseArchive({ aws, stream: () => DeliveryStreamName }).append([KEY, KEY], MONDAY);
      const Key = await until(async () => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "archive" }));
        return Contents[0]?.Key;
      });
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "archive", Key }));
      const lines = ((await Body?.transformToString()) ?? "").trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        Array.from({ length: 2 }, () => ({ recordedAt: MONDAY, signal: KEY })),
      );
    });

    it("ask since when the table is there", async () => {
      const TableName = "leasehold-prod";
      await new DynamoDBClient(own).send(
        new CreateTableCommand({
          ...{ TableName, BillingMode: "PAY_PER_REQUEST", KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }] },
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        }),
      );
      const { id, made } = (await lifeOf(aws, () => TableName, clock)()) ?? {};
      expect(id).toMatch(/^[\w-]{36}$/);
      expect(Math.abs(Date.parse(made ?? "") - Date.now())).toBeLessThan(3_600_000);
    });
  });
}
