import { type Assertion, change, edit, grant, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { allowedTo, at, of, problemsIf, statementsIn, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const ROLE = "iam/role:Role";
const POLICY = "sqs/queuePolicy:QueuePolicy";
const FUNCTION = "lambda/function:Function";
const BUCKET = "arn:aws:s3:::example-org-trail";
const KEY = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isFiles = (one: Made) => /-(read-)?files(-|$)/.test(text(one, "name"));
const isPolicy = (one: Made) => text(one, "queueUrl").endsWith("-files");
const isReader = (one: Made) => text(one, "name").endsWith("-read-files");

function lettersIn(synth: Synth): readonly string[] {
  const policies = of(synth, POLICY).filter(isPolicy);
  const wanted = {
    ...{ Effect: "Allow", Principal: { Service: "s3.amazonaws.com" } },
    Condition: { ArnEquals: { "aws:SourceArn": BUCKET }, StringEquals: { "aws:SourceAccount": "444455556666" } },
    Action: ["sqs:SendMessage"],
    Resource: [`arn:aws:sqs:${synth.region}:${synth.account}:leasehold-${synth.stage}-files`],
  };
  const said = policies.flatMap((one) => statementsIn(one.inputs["policy"]));
  return [
    ...problemsIf(policies.length !== 1, `${policies.length} policies`),
    ...problemsIf(!same(said, [wanted]), `lets in ${JSON.stringify(said)}`),
    ...of(synth, POLICY)
      .filter((one) => text(one, "queueUrl").endsWith("-files-dead"))
      .map(({ name }) => `${name}: nobody but our own function leaves letters there`),
  ];
}

const READS = /^(s3:Get|s3:List|s3:Head)/;

/** Who reads objects, of what; and who unpacks with a key that is not ours, and how. */
function read(synth: Synth): readonly string[] {
  return of(synth, ROLE).flatMap((role) =>
    allowedTo(role).flatMap(({ Action, Resource, Condition }) => {
      const reads = Action.some((verb) => READS.test(verb)) && !text(role, "name").endsWith("-archive");
      const opens = Action.includes("kms:Decrypt") && !text(role, "name").endsWith("-redrive-raw");
      const narrow = same([Action, Resource], [["s3:GetObject"], [`${BUCKET}/AWSLogs/o-example1234/*`]]);
      const viaS3 = { StringEquals: { "kms:ViaService": [`s3.${synth.region}.amazonaws.com`] } };
      const asked = same([Action, Resource, Condition], [["kms:Decrypt"], [KEY], viaS3]);
      return problemsIf(
        (reads && !(isReader(role) && narrow)) || (opens && !(isReader(role) && asked)),
        `${text(role, "name")}: ${Action} on ${Resource}`,
      );
    }),
  );
}

function reader(synth: Synth): readonly string[] {
  const role = of(synth, ROLE).find(isReader);
  const verbs = role === undefined ? [] : allowedTo(role).flatMap(({ Action }) => Action);
  const made = of(synth, FUNCTION).find(isReader);
  const told = JSON.parse(String((made && at(made, "environment", "variables", "LEASEHOLD_FILES")) ?? "{}")) as unknown;
  const dead = `https://sqs.${synth.region}.amazonaws.com/${synth.account}/leasehold-${synth.stage}-files-dead`;
  const where = { bucket: "example-org-trail", prefix: "AWSLogs/o-example1234/", region: synth.region };
  const feed = of(synth, "lambda/eventSourceMapping:EventSourceMapping").find((one) =>
    text(one, "functionName").endsWith("-read-files"),
  );
  return [
    ...problemsIf(!same(told, { ...where, account: "444455556666", dead }), `is told ${JSON.stringify(told)}`),
    ...["s3:GetObject", "kms:Decrypt", "sqs:SendMessage", "sqs:ReceiveMessage", "dynamodb:PutItem"]
      .filter((verb) => !verbs.includes(verb))
      .map((verb) => `cannot ${verb}`),
    ...problemsIf(!String(feed?.inputs["eventSourceArn"]).endsWith("-files"), "nothing feeds it"),
    ...problemsIf(
      !same(feed?.inputs["functionResponseTypes"], ["ReportBatchItemFailures"]),
      "one file repeats the others",
    ),
  ];
}

const GET = ["s3:GetObject"];

export const files: readonly Assertion[] = [
  {
    only: "home",
    says: "notices of a trail's files come from its own bucket, of the account that owns it, and from nobody else",
    check: lettersIn,
    mutations: {
      "no policy": without(POLICY, isPolicy),
      "from any bucket": change(POLICY, edit("policy", `"ArnEquals":{"aws:SourceArn":"${BUCKET}"},`, ""), isPolicy),
      "from another bucket": change(POLICY, edit("policy", BUCKET, "arn:aws:s3:::other"), isPolicy),
      "from any account": change(POLICY, edit("policy", /,"StringEquals":\{[^}]*\}/, ""), isPolicy),
      "from our own account": change(POLICY, edit("policy", "444455556666", "111122223333"), isPolicy),
      "from anybody": change(POLICY, edit("policy", '{"Service":"s3.amazonaws.com"}', '"*"'), isPolicy),
      "and taken by S3": change(POLICY, edit("policy", "sqs:SendMessage", "sqs:*"), isPolicy),
    },
  },
  {
    only: "home",
    says: "objects are read under that prefix alone, by one function, and its key only as S3 asks for it",
    check: read,
    mutations: {
      "a second reader": grant("-record-usage", GET, [`${BUCKET}/AWSLogs/o-example1234/*`]),
      "the whole bucket": grant("-read-files", GET, [`${BUCKET}/*`]),
      "a list of it": grant("-read-files", ["s3:ListBucket"], [BUCKET]),
      "older versions": grant("-read-files", ["s3:GetObjectVersion"], [`${BUCKET}/AWSLogs/o-example1234/*`]),
      "the key for anything": grant("-read-files", ["kms:Decrypt"], [KEY]),
      "any key": grant("-read-files", ["kms:Decrypt"], ["arn:aws:kms:eu-central-1:444455556666:key/*"]),
    },
  },
  {
    only: "home",
    says: "their reader knows the bucket, is fed by the queue one by one, and may do what it needs",
    check: reader,
    mutations: {
      "another bucket": change(
        FUNCTION,
        (inputs) => JSON.parse(JSON.stringify(inputs).replaceAll("example-org-trail", "other")) as typeof inputs,
        isReader,
      ),
      "no right": change(ROLE, set("inlinePolicies", []), isReader),
      "a batch at once": change(
        "lambda/eventSourceMapping:EventSourceMapping",
        set("functionResponseTypes", []),
        (one) => text(one, "functionName").endsWith("-read-files"),
      ),
      "no feed": without("lambda/eventSourceMapping:EventSourceMapping", (one) =>
        text(one, "functionName").endsWith("-read-files"),
      ),
    },
  },
  {
    only: "hub",
    says: "where no settings name a trail's files there is nothing for them",
    check: (synth) => [
      ...synth.resources.filter((one) => isFiles(one) || isPolicy(one)).map(({ name }) => `${name} is there`),
      ...of(synth, ROLE).flatMap((role) =>
        allowedTo(role)
          .flatMap(({ Action }) => Action.filter((verb) => verb === "s3:GetObject"))
          .map(() => `${text(role, "name")} reads objects`),
      ),
    ],
    mutations: {
      "a queue": (synth) => ({
        ...synth,
        resources: [
          ...synth.resources,
          {
            type: "aws:sqs/queue:Queue",
            name: "Files",
            inputs: { name: "leasehold-hub-files" },
            kept: false,
            protected: false,
          },
        ],
      }),
      "a right": grant("-record-usage", GET, [`${BUCKET}/*`]),
    },
  },
];
