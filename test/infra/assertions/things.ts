import { machines, schedules, watches } from "@leasehold/workflows";
import { bind } from "../../../stacks/tables/bind.ts";
import { doors as doorsOf } from "../../../stacks/tables/doors.ts";
import { type Assertion, change, edit, grant, set, without } from "../assertion.ts";
import { missing, type Synth } from "../harness.ts";
import { allowedTo, at, of, problemsIf, roleOf, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const MACHINE = "sfn/stateMachine:StateMachine";
const TABLE = "dynamodb/table:Table";
const QUEUE = "sqs/queue:Queue";
const KEPT = ["dynamodb/table:Table", "s3/bucket:Bucket", MACHINE];
const FUNCTION = "lambda/function:Function";
const isQuarantine = ({ inputs }: Made) => String(inputs["name"]).endsWith("-quarantine");

const edited = (field: string, to: string) => (inputs: Made["inputs"]) => ({
  ...inputs,
  loggingConfig: { ...(inputs["loggingConfig"] as object), [field]: to },
});

const alter = (type: string, to: Partial<Made>) => (synth: Synth) => {
  const found = synth.resources.find((one) => one.type === `aws:${type}`);
  return { ...synth, resources: synth.resources.map((one) => (one === found ? { ...one, ...to } : one)) };
};

function machinesOf(synth: Synth): readonly string[] {
  return Object.entries(machines).flatMap(([what, machine]) => {
    const one = of(synth, MACHINE).find((it) => text(it, "name") === `leasehold-${synth.stage}-${what}`);
    if (one === undefined) return [`${what}: no such machine`];
    const definition = text(one, "definition");
    const role = roleOf(synth, `leasehold-${synth.stage}-run-${what}`);
    const called = [...new Set(definition.match(/arn:aws:lambda:[^"]*/g) ?? [])].sort();
    const may = (role === undefined ? [] : allowedTo(role))
      .filter(({ Action }) => Action.includes("lambda:InvokeFunction"))
      .flatMap(({ Resource }) => Resource);
    const back = definition.replace(
      new RegExp(`arn:aws:lambda:${synth.region}:${synth.account}:function:leasehold-${synth.stage}-([a-z-]+)`, "g"),
      "$${$1}",
    );
    return [
      ...problemsIf(
        definition !== bind(machine, synth) || back !== JSON.stringify(machine),
        `${what}: not the shared definition`,
      ),
      ...problemsIf(/[$][{]/.test(definition), `${what}: a placeholder is not bound`),
      ...problemsIf(
        JSON.stringify(called) !== JSON.stringify([...may].sort()),
        `${what}: its role may call others than it calls`,
      ),
      ...problemsIf(
        at(one, "loggingConfiguration", "includeExecutionData") !== false,
        `${what}: logs what it was given`,
      ),
    ];
  });
}

/** Names of things a stage has to itself; SST's own, and parts that hang on one of ours, have none. */
const NAMES = ["name", "bucket", "dashboardName"];
const NAMELESS =
  /^(sst:|random:|pulumi:)|apigatewayv2[/](stage|integration|route)|lambda[/](permission|eventSourceMapping|functionEventInvokeConfig)|[Pp]olicy:(Bucket|Queue|EventBus)Policy|logStream|s3[/]bucket(PublicAccessBlock|Versioning|ServerSide|ObjectLock|Objectv2)|eventTarget|kms[/]key:|sns[/]topicSubscription/;

function encrypted(synth: Synth): readonly string[] {
  const bucketHas = (one: Made, type: string) =>
    of(synth, `s3/${type}`).some((it) => text(it, "bucket") === text(one, "bucket"));
  return [
    ...of(synth, QUEUE)
      .filter((one) => one.inputs["sqsManagedSseEnabled"] !== true && one.inputs["kmsMasterKeyId"] === undefined)
      .map((one) => `${one.name}: in the clear`),
    ...of(synth, "s3/bucket:Bucket").flatMap((one) => [
      ...problemsIf(
        !bucketHas(one, "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
        `${one.name}: in the clear`,
      ),
      ...problemsIf(
        !bucketHas(one, "bucketPublicAccessBlock:BucketPublicAccessBlock"),
        `${one.name}: can be made public`,
      ),
      ...problemsIf(!bucketHas(one, "bucketVersioning:BucketVersioning"), `${one.name}: without versions`),
      ...problemsIf(
        !of(synth, "s3/bucketPolicy:BucketPolicy").some(
          (it) =>
            text(it, "bucket") === text(one, "bucket") && text(it, "policy").includes('"aws:SecureTransport":"false"'),
        ),
        `${one.name}: without TLS`,
      ),
    ]),
    ...of(synth, "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream")
      .filter((one) => at(one, "serverSideEncryption", "enabled") !== true)
      .map((one) => `${one.name}: in the clear`),
    ...of(synth, "kms/key:Key")
      .filter((one) => one.inputs["enableKeyRotation"] !== true)
      .map((one) => `${one.name}: never turned`),
  ];
}

/** The calls of people: each act and each plan by its name, and any other. */
const CALLS = ["{call}", ...doorsOf.flatMap(({ calls }) => calls)].map((call) => `POST /v1/${call}`);

/** Every door of the stages. Okta of the hub is heard over its partner bus: it signs nothing, and so has none. */
const ROUTES = {
  home: [...CALLS, "POST /in/slack"],
  more: ["POST /in/okta", "GET /in/okta", "POST /in/jira", "POST /in/ingest"],
};

function doors(synth: Synth): readonly string[] {
  return of(synth, "apigatewayv2/route:Route").flatMap((one) => {
    const key = text(one, "routeKey");
    const open = text(one, "authorizationType") === "NONE";
    const vendor = /^(GET|POST) [/]in[/][a-z-]+$/.test(key);
    const challenged = key.startsWith("GET ") && key !== "GET /in/okta";
    const call = CALLS.includes(key) && text(one, "authorizationType") === "AWS_IAM";
    return problemsIf(!(vendor && open && !challenged) && !call, `${key}: ${text(one, "authorizationType")}`);
  });
}

export const things: readonly Assertion[] = [
  {
    says: "the state machines are the shared definitions with nothing changed but the functions' ARNs, and call those alone",
    check: machinesOf,
    mutations: {
      "another state": change(MACHINE, edit("definition", '"Pass"', '"Succeed"')),
      "a placeholder": change(MACHINE, edit("definition", /arn:aws:lambda:[^"]*/, "$${wait}")),
      "a role that may call more": grant("-run-case", ["lambda:InvokeFunction"], ["arn:aws:lambda:::function:x"]),
      "execution data in the log": change(MACHINE, set("loggingConfiguration", { includeExecutionData: true })),
      "a machine under another name": change(MACHINE, set("name", "x")),
    },
  },
  {
    says: "in prod what people's decisions rest on is retained and protected; elsewhere it goes with the stage",
    check: (synth) => [
      ...synth.resources
        .filter((one) => synth.prod && (KEPT.includes(one.type.slice(4)) || isQuarantine(one)))
        .filter(({ kept, protected: held }) => !(kept && held))
        .map(({ name }) => `${name}: not kept`),
      ...of(synth, TABLE)
        .filter((one) => one.inputs["deletionProtectionEnabled"] !== synth.prod)
        .map(({ name }) => `${name}: deletion protection`),
      ...of(synth, "s3/bucket:Bucket")
        .filter((one) => one.inputs["objectLockEnabled"] === true && !one.kept)
        .map(({ name }) => `${name}: locked and not kept`),
    ],
    mutations: {
      "a table without protection": (synth) => change(TABLE, set("deletionProtectionEnabled", !synth.prod))(synth),
      "roots that go with the stage": (synth) => ({
        ...synth,
        resources: synth.resources.map((one) => ({ ...one, kept: false })),
      }),
    },
  },
  {
    only: "home",
    says: "who is quarantined in prod stays so when the stage goes",
    check: (synth) =>
      problemsIf(!synth.resources.some((one) => isQuarantine(one) && one.kept && one.protected), "not kept"),
    mutations: {
      "goes with the stage": (synth) => ({
        ...synth,
        resources: synth.resources.map((one) => (isQuarantine(one) ? { ...one, kept: false } : one)),
      }),
    },
  },
  {
    only: "home",
    says: "a machine in prod outlives its line in the code",
    check: (synth) =>
      of(synth, MACHINE)
        .filter(({ kept, protected: held }) => !kept || !held)
        .map(({ name }) => `${name}: not kept`),
    mutations: {
      "not retained": alter(MACHINE, { kept: false }),
      "not protected": alter(MACHINE, { protected: false }),
    },
  },
  {
    says: "the table has point-in-time recovery and forgets what says when it ends",
    check: (synth) =>
      of(synth, TABLE).flatMap((one) => [
        ...problemsIf(at(one, "pointInTimeRecovery", "enabled") !== true, "no recovery"),
        ...problemsIf(
          JSON.stringify(one.inputs["ttl"]) !== '{"attributeName":"ttl","enabled":true}',
          "nothing is forgotten",
        ),
      ]),
    mutations: {
      "no recovery": change(TABLE, set("pointInTimeRecovery", undefined)),
      "no end": change(TABLE, set("ttl", undefined)),
    },
  },
  {
    says: "the roots of the trail are locked for as long as the configuration says, by a mode that nobody can lift",
    check: (synth) => {
      const [lock] = of(synth, "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
      const days = synth.stage === "hub" ? 30 : 400;
      return problemsIf(
        JSON.stringify(lock?.inputs["rule"]) !== `{"defaultRetention":{"days":${days},"mode":"COMPLIANCE"}}` &&
          JSON.stringify(lock?.inputs["rule"]) !== `{"defaultRetention":{"mode":"COMPLIANCE","days":${days}}}`,
        "not locked so",
      );
    },
    mutations: {
      governance: change(
        "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        set("rule", { defaultRetention: { mode: "GOVERNANCE", days: 400 } }),
      ),
    },
  },
  {
    says: "nothing lies in the clear, can be made public, or is reached without TLS",
    check: encrypted,
    mutations: {
      "a queue": change(QUEUE, set("sqsManagedSseEnabled", false), (one) => text(one, "name").endsWith("-heard")),
      "a bucket": without("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
      "a public bucket": without("s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
      "without versions": without("s3/bucketVersioning:BucketVersioning"),
      "without TLS": without("s3/bucketPolicy:BucketPolicy"),
      "a stream": change(
        "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        set("serverSideEncryption", undefined),
      ),
      "a key": change("kms/key:Key", set("enableKeyRotation", false)),
    },
  },
  {
    says: "every log ends when the configuration says",
    check: (synth) => {
      const days = synth.stage === "hub" ? 30 : 90;
      const groups = of(synth, "cloudwatch/logGroup:LogGroup");
      const named = groups.map((one) => text(one, "name"));
      return [
        ...groups.filter((one) => one.inputs["retentionInDays"] !== days).map((one) => `${one.name}: not ${days} days`),
        ...of(synth, "lambda/function:Function")
          .filter((one) => !named.includes(String(at(one, "loggingConfig", "logGroup"))))
          .map((one) => `${one.name}: a log that nobody ends`),
      ];
    },
    mutations: {
      "one that never ends": change("cloudwatch/logGroup:LogGroup", set("retentionInDays", 0)),
      "one that is not made": without("cloudwatch/logGroup:LogGroup", (one) =>
        text(one, "name").startsWith("/aws/lambda/"),
      ),
    },
  },
  {
    says: "every handler is a file, on Node 24, arm64, and minified with our own options",
    check: (synth) => [
      ...missing,
      ...synth.builds
        .filter(({ properties, copyFiles }) => properties.minify !== true || copyFiles[0]?.to !== "leasehold.json")
        .map(({ handler }) => `${handler}: not bundled so`),
      ...of(synth, "lambda/function:Function")
        .filter(
          (one) => text(one, "runtime") !== "nodejs24.x" || JSON.stringify(one.inputs["architectures"]) !== '["arm64"]',
        )
        .map(({ name }) => `${name}: another runtime`),
    ],
    mutations: {
      "another runtime": change("lambda/function:Function", set("runtime", "nodejs22.x")),
      "without its configuration": (synth) => ({
        ...synth,
        builds: synth.builds.map((one) => ({ ...one, copyFiles: [] })),
      }),
    },
  },
  {
    says: "what changes something ends before the claim on an intent does, its start of up to ten seconds included; what reads, within three minutes",
    check: (synth) =>
      of(synth, FUNCTION)
        .filter((one) => {
          const right = at(one, "environment", "variables", "LEASEHOLD_RIGHT");
          const most = right === "act" || right === "delete" ? 20 : right === "desk" ? 30 : 180;
          return right !== undefined && Number(one.inputs["timeout"]) > most;
        })
        .map(({ name }) => `${name}: longer than the claim`),
    mutations: {
      "a list that takes longer": change(FUNCTION, set("timeout", 900), (one) => text(one, "name").endsWith("-read")),
      "one that acts as long as one may look": change(FUNCTION, set("timeout", 25), (one) =>
        text(one, "name").endsWith("-act"),
      ),
      "a desk that takes longer": change(FUNCTION, set("timeout", 60), (one) => text(one, "name").endsWith("-desk")),
    },
  },
  {
    says: "Lambda writes JSON into the log that the role may write: its own lines from WARN on, ours from INFO on, for our numbers are such",
    check: (synth) =>
      of(synth, FUNCTION).flatMap((one) => {
        const group = `/aws/lambda/${text(one, "name")}`;
        const wanted = {
          ...{ applicationLogLevel: "INFO", logFormat: "JSON", logGroup: group, systemLogLevel: "WARN" },
        };
        const own = JSON.stringify(roleOf(synth, text(one, "name"))?.inputs["inlinePolicies"] ?? "").includes(
          `${group}:*`,
        );
        return problemsIf(
          JSON.stringify(Object.entries(one.inputs["loggingConfig"] ?? {}).sort()) !==
            JSON.stringify(Object.entries(wanted)) || !own,
          `${one.name}: another log`,
        );
      }),
    mutations: {
      "platform lines": change(FUNCTION, edited("systemLogLevel", "INFO")),
      "no numbers": change(FUNCTION, edited("applicationLogLevel", "WARN")),
      text: change(FUNCTION, edited("logFormat", "Text")),
      "another's log": change(FUNCTION, edited("logGroup", "/aws/lambda/x")),
    },
  },
  {
    says: "the API is open to vendors' signed requests alone; people sign in with IAM; it is throttled and writes who came",
    check: (synth) => {
      const [stage] = of(synth, "apigatewayv2/stage:Stage");
      return [
        ...doors(synth),
        ...problemsIf(
          Number(at(stage as Made, "defaultRouteSettings", "throttlingRateLimit") ?? 0) === 0,
          "not throttled",
        ),
        ...problemsIf(
          ![...ROUTES.home, ...(synth.stage === "hub" ? [] : ROUTES.more)].every((key) =>
            of(synth, "apigatewayv2/route:Route").some((one) => text(one, "routeKey") === key),
          ),
          "a door is missing",
        ),
        ...problemsIf(at(stage as Made, "accessLogSettings", "destinationArn") === undefined, "nobody knows who came"),
      ];
    },
    mutations: {
      "questions for anybody": change("apigatewayv2/route:Route", set("authorizationType", "NONE"), (one) =>
        text(one, "routeKey").includes("/v1/{call}"),
      ),
      "acts for anybody": change("apigatewayv2/route:Route", set("authorizationType", "NONE"), (one) =>
        text(one, "routeKey").includes("/v1/brake-release"),
      ),
      "a GET where nobody is challenged": change(
        "apigatewayv2/route:Route",
        set("routeKey", "GET /in/slack"),
        (one) => text(one, "routeKey") === "POST /in/slack",
      ),
      "a door that is missing": without("apigatewayv2/route:Route", (one) => text(one, "routeKey").includes("slack")),
      "a door more": change("apigatewayv2/route:Route", set("routeKey", "ANY /{proxy+}")),
      "without a limit": change("apigatewayv2/stage:Stage", set("defaultRouteSettings", {})),
      "without a log": change("apigatewayv2/stage:Stage", set("accessLogSettings", {})),
    },
  },
  {
    says: "the schedules are those of the table, and leave what fails",
    check: (synth) => {
      const wanted = [...schedules, ...watches]
        .map(({ every, run }) => `leasehold-${synth.stage}-${run} rate(${every})`)
        .sort();
      const made = of(synth, "scheduler/schedule:Schedule");
      return [
        ...problemsIf(
          JSON.stringify(made.map((one) => `${text(one, "name")} ${text(one, "scheduleExpression")}`).sort()) !==
            JSON.stringify(wanted),
          "other schedules",
        ),
        ...made
          .filter(
            (one) => at(one, "target", "deadLetterConfig", "arn") === undefined || at(one, "target", "input") !== "{}",
          )
          .map(({ name }) => `${name}: what fails is lost`),
      ];
    },
    mutations: {
      "one that is missing": without("scheduler/schedule:Schedule"),
      "another pace": change(
        "scheduler/schedule:Schedule",
        set("scheduleExpression", "rate(1 hour)"),
        (one) => text(one, "scheduleExpression") === "rate(1 minute)",
      ),
      "no dead letters": change("scheduler/schedule:Schedule", set("target", {})),
    },
  },
  {
    says: "everything bears the name of its stage",
    check: (synth) =>
      synth.resources
        .filter(({ type }) => !NAMELESS.test(type.replace(/^aws:/, "")))
        .filter(
          (one) =>
            !NAMES.some(
              (field) => text(one, field).includes(`-${synth.stage}-`) || text(one, field).includes(`/${synth.stage}/`),
            ),
        )
        .filter((one) => one.inputs["eventSourceName"] === undefined)
        .map((one) => `${one.type} ${one.name}: of no stage`),
    mutations: {
      "a queue of no stage": change(QUEUE, set("name", "leasehold-signals")),
      "a role of no stage": change("iam/role:Role", set("name", undefined)),
    },
  },
];
