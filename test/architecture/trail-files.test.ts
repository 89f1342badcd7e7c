import { describe, expect, it } from "vitest";
import { boardOf } from "../../stacks/tables/board.ts";
import { filesIn, linesOf, tellsOf } from "../../stacks/tables/files.ts";
import { checkGiven } from "../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../stacks/tables/lambdas.ts";
import { routingOf } from "../../stacks/tables/routing.ts";
import { watchedOn } from "../../stacks/tables/watched.ts";
import hub from "../../test/infra/stages/hub.config.ts";

const HERE = "us-east-1";
const FILES = { bucket: "example-org-trail", prefix: "AWSLogs/o-example1234/" };
const TOPIC = "arn:aws:sns:eu-west-1:444455556666:aws-controltower-AllConfigNotifications";
const RULE = `arn:aws:events:${HERE}:111122223333:rule/trail-files`;
const KEY = `arn:aws:kms:${HERE}:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const written = (trailFiles: object | undefined, connectors: object = { "aws-cloudtrail": {} }) => ({
  ...{ ...hub, connectors: { ...hub.connectors, ...connectors } },
  aws: { ...hub.aws, ...(trailFiles && { trailFiles }) },
});

async function made(trailFiles: object | undefined) {
  const given = await checkGiven("prod", written(trailFiles));
  const routing = routingOf(given);
  const stage = stageOf(given, routing);
  const lambdas = lambdasOf(given, stage);
  const reader = lambdas.find(({ called }) => called.endsWith("-read-files"));
  const reads = reader?.statements.filter(({ actions }) => actions.some((verb) => /^(s3|kms):/.test(verb)));
  const all = JSON.stringify([lambdas, linesOf(stage), watchedOn(stage, routing, lambdas), boardOf(stage, lambdas)]);
  return { reader, reads, all, tells: stage.files && tellsOf(stage.files) };
}

const ownedBy = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });
const from = (arn: string) => ({ ArnEquals: { "aws:SourceArn": arn } });
const OBJECTS = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::example-org-trail/AWSLogs/o-example1234/*"] };

describe("a trail's files", () => {
  it("that nobody names have no function, no queue, no right, no alarm and no panel", async () => {
    const { reader, all, tells } = await made(undefined);
    expect([reader, tells]).toEqual([undefined, undefined]);
    expect(all).not.toMatch(/-files|files-dead|LEASEHOLD_FILES|s3:GetObject/);
  });

  it("that are named have each of them, and a queue of what cannot be read that is watched", async () => {
    const { reader, all } = await made(FILES);
    expect(reader).toMatchObject({ raw: false, leaves: false, vendor: undefined });
    for (const what of ["leasehold-prod-files-dead-not-empty", "leasehold-prod-files-stalled", "read-files-errors"])
      expect(all).toContain(what);
  });

  it.each<[string, object, string, object]>([
    ["S3 itself, of our account", {}, "s3", { ...from("arn:aws:s3:::example-org-trail"), ...ownedBy("111122223333") }],
    [
      "S3 itself, of the bucket's account",
      { account: "444455556666" },
      "s3",
      { ...from("arn:aws:s3:::example-org-trail"), ...ownedBy("444455556666") },
    ],
    ["a topic, which says no more than its ARN", { region: "eu-west-1", through: TOPIC }, "sns", from(TOPIC)],
    ["a rule", { through: RULE, account: "444455556666" }, "events", { ...from(RULE), ...ownedBy("111122223333") }],
  ])("are told of by %s", async (_title, more, service, Condition) => {
    const { tells } = await made({ ...FILES, ...more });
    expect(tells).toEqual({ Principal: { Service: `${service}.amazonaws.com` }, Condition });
  });

  it("are read under their prefix, and unpacked with no key where none is named", async () => {
    expect((await made(FILES)).reads).toEqual([OBJECTS]);
    const viaS3 = { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${HERE}.amazonaws.com`] };
    const opens = { actions: ["kms:Decrypt"], resources: [KEY], conditions: [viaS3] };
    expect((await made({ ...FILES, key: KEY })).reads).toEqual([OBJECTS, opens]);
  });

  it("are those of the stage's own account and Region where nothing else is said", async () => {
    const { aws } = await checkGiven("prod", written(FILES));
    expect(filesIn(aws)).toEqual({
      ...FILES,
      account: "111122223333",
      region: HERE,
      key: undefined,
      through: undefined,
    });
  });
});

describe("a place of files is refused", () => {
  it.each<[string, object, string]>([
    ["that is no bucket's name", { bucket: "Example_Trail" }, "aws.trailFiles.bucket"],
    ["that is a bucket's ARN", { bucket: "arn:aws:s3:::example-org-trail" }, "aws.trailFiles.bucket"],
    ["without a prefix", { prefix: "" }, "aws.trailFiles.prefix"],
    ["whose prefix is no folder", { prefix: "AWSLogs/o-example1234" }, "aws.trailFiles.prefix"],
    ["whose prefix would be more than it says", { prefix: "AWSLogs/*/" }, "aws.trailFiles.prefix"],
    [
      "whose prefix would be a variable of a policy",
      { prefix: ["AWSLogs/$", "{aws:username}/"].join("") },
      "aws.trailFiles.prefix",
    ],
    ["whose prefix begins with a slash", { prefix: "/AWSLogs/" }, "aws.trailFiles.prefix"],
    ["whose account is none", { account: "1234" }, "aws.trailFiles.account"],
    ["whose key is an alias", { key: `arn:aws:kms:${HERE}:444455556666:alias/trail` }, "aws.trailFiles.key"],
    ["whose key is any", { key: `arn:aws:kms:${HERE}:444455556666:key/*` }, "aws.trailFiles.key"],
    ["whose key is elsewhere", { key: KEY.replace(HERE, "eu-west-1") }, "aws.trailFiles.key"],
    ["in another Region, which S3 tells no queue here", { region: "eu-west-1" }, "aws.trailFiles.through"],
    ["told of by something else", { through: "arn:aws:sqs:us-east-1:111122223333:x" }, "aws.trailFiles.through"],
    ["told of by any topic", { through: TOPIC.replace(/:[^:]*$/, ":*") }, "aws.trailFiles.through"],
    ["told of by another account's rule", { through: RULE.replace("1111", "4444") }, "aws.trailFiles.through"],
    ["told of by another Region's rule", { through: RULE.replace(HERE, "eu-west-1") }, "aws.trailFiles.through"],
    ["with a key that nobody knows", { buckets: "x" }, "aws.trailFiles"],
  ])("%s", async (_title, wrong, where) => {
    await expect(checkGiven("prod", written({ ...FILES, ...wrong }))).rejects.toMatchObject({
      ...{ name: "BadInput", facts: { where: expect.stringContaining(where) } },
    });
  });

  it("whose calls no connector would count", async () => {
    await expect(checkGiven("prod", written(FILES, {}))).rejects.toMatchObject({ facts: { where: "aws.trailFiles" } });
  });
});
