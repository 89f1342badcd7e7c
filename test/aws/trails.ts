import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { connectors } from "@leasehold/connectors";
import type { Lister } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import type { Api, Looks } from "../../packages/connectors/src/aws-cloudtrail/api.ts";
import type { World } from "../../packages/connectors/src/aws-cloudtrail/simulator.ts";
import { MONDAY } from "../support/clock.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { apart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { everything } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { recording } from "./recorder.ts";

const [HERE, THERE, DARK] = ["eu-west-1", "us-east-1", "eu-north-1"];
const selectors = [
  {
    ...{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true },
    DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
  },
];

/** What no trail records: one that runs, one that was never started, and a Region that has none. */
export function trails(): void {
  describe("CloudTrail", () => {
    it("says of moto's trails what it says of the simulator's", async () => {
      await reset();
      const world = await made();
      const lister = (await connectors["aws-cloudtrail"]()).lists as Lister<Api>;
      const simulated = startedFrom(await simulatorOf("aws-cloudtrail"), world).live.api as Api;
      const real = await connected<Looks>("aws-cloudtrail", { regions: [HERE, THERE, DARK] });
      const way = (region: string) => recording(real.in(region) as never, [], "cloudtrail") as ReturnType<Looks["in"]>;
      const [here, there] = [await everything(lister, simulated), await everything(lister, { ...real, in: way })];
      const told = (pages: typeof here) => pages.flatMap(({ gaps = [] }) => gaps.map(({ what }) => what));
      unknown(apart("gaps", told(here), told(there)));
      expect(there.every(({ whole }) => whole)).toBe(true);
      const said = told(there).join("\n");
      for (const one of [/In us-east-1 the trail idle is stopped/, /In eu-north-1 there is no trail/, /only read/])
        expect(said).toMatch(one);
    });
  });
}

async function made(): Promise<World> {
  const bucket = { Bucket: "trails" };
  const s3 = new S3Client({ ...own, forcePathStyle: true });
  await s3.send(new CreateBucketCommand(bucket));
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy }));
  const at = (region: string) => new CloudTrailClient({ ...own, region });
  for (const [region, Name] of [
    [HERE, "runs"],
    [THERE, "idle"],
  ] as const) {
    await at(region).send(new CreateTrailCommand({ Name, S3BucketName: bucket.Bucket }));
    await at(region).send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors: selectors }));
  }
  await at(HERE).send(new StartLoggingCommand({ Name: "runs" }));
  const one = { everywhere: false, selectors: { EventSelectors: selectors } };
  return {
    ...{ account: ACCOUNT, regions: [HERE, THERE, DARK] },
    trails: [
      { ...one, name: "runs", home: HERE, logs: true, delivered: MONDAY }, // moto, like AWS, has a time of it as soon as it runs
      { ...one, name: "idle", home: THERE, logs: false },
    ],
  };
}
