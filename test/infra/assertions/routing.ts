import { connectors } from "@leasehold/connectors";
import type { Connector, EventPattern, Route } from "@leasehold/core/connector";
import { ROUTES } from "@leasehold/core/connector";
import { compile } from "../../../packages/local/src/pattern/index.ts";
import { type Assertion, change, edit, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { at, isOutside, of, problemsIf, regionOf, ruleOf, statementsIn, text } from "../look.ts";

const RULE = "cloudwatch/eventRule:EventRule";
const TARGET = "cloudwatch/eventTarget:EventTarget";
const LAMBDA = /:lambda:/;
const LINE = /:sqs:/; // in which a function's events wait, to come by the batch
const isLast = (arn: string) => LAMBDA.test(arn) || LINE.test(arn);
const all: readonly Connector[] = await Promise.all(Object.values(connectors).map((load) => load()));
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The rule's own pattern, without the accounts that we add on the ingest bus. */
export function literalOf(pattern: string): EventPattern {
  const { account: _, ...literal } = JSON.parse(pattern) as EventPattern;
  return literal;
}

const named = (description: string) => {
  const [connector = "", route = ""] = description.split(": ");
  return { connector, route: route as Route };
};

function patterns(synth: Synth): readonly string[] {
  const outside = of(synth, RULE).filter(isOutside);
  const foreign = outside.flatMap((one) => {
    const { connector, route } = named(text(one, "description"));
    const own = all.find(({ id }) => id === connector)?.listens?.patterns[route] ?? [];
    const literal = literalOf(text(one, "eventPattern"));
    return problemsIf(!own.some((pattern) => same(pattern, literal)), `${one.name}: not a pattern of ${connector}`);
  });
  const last = outside.filter((one) =>
    of(synth, TARGET).some(({ name, inputs }) => name === one.name && isLast(String(inputs["arn"]))),
  );
  const wanted = all
    .filter(({ id }) => outside.some((one) => named(text(one, "description")).connector === id))
    .flatMap(({ id, listens }) =>
      ROUTES.flatMap((route) => (listens?.patterns[route] ?? []).map((pattern) => ({ id, route, pattern }))),
    );
  const members = of(synth, "cloudwatch/eventBusPolicy:EventBusPolicy").length > 0;
  const unheard = wanted.filter(({ id, route, pattern }) => {
    const fits = last.filter(
      (one) => text(one, "description") === `${id}: ${route}` && same(literalOf(text(one, "eventPattern")), pattern),
    );
    return fits.length !== (members && id.startsWith("aws-") ? 2 : 1); // at home, and what members send
  });
  return [
    ...foreign,
    ...unheard.map(({ id, route }) => `${id}: ${route}: not as many rules bring it to a function as there are ways`),
  ];
}

const isDefault = (one: { inputs: Record<string, unknown> }) => one.inputs["eventBusName"] === undefined;
const aboutIam = (one: { inputs: Record<string, unknown> }) =>
  String(one.inputs["description"]).startsWith("aws-iam: ");

function tokens(synth: Synth): readonly string[] {
  const live = ["AssumeRole", "AssumeRoleWithWebIdentity", "GetSessionToken", "GetFederationToken"].map(
    (eventName) => ({
      source: "aws.sts",
      "detail-type": "AWS API Call via CloudTrail",
      account: synth.account,
      detail: { eventSource: "sts.amazonaws.com", eventName },
    }),
  );
  return of(synth, TARGET).flatMap((target) => {
    const rule = ruleOf(synth, target);
    if (rule === undefined) return [`${target.name}: a target without a rule`];
    const hears = compile(JSON.parse(text(rule, "eventPattern")) as EventPattern);
    const whole = String(at(target, "inputTransformer", "inputTemplate") ?? "<aws.events.event.json>").includes(
      "<aws.events.",
    );
    return problemsIf(whole && live.some(hears), `${target.name}: hands on a live token`);
  });
}

const WITH_READS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
/** Of these AWS marks the record as read-only. */
const READS = ["GetSecretValue", "GetParameter", "GetParameters", "AssumeRole"];
const hearsReads = (of: string) => (one: { inputs: Record<string, unknown> }) =>
  String(one.inputs["description"]).startsWith(of) &&
  READS.some((name) => String(one.inputs["eventPattern"]).includes(`"${name}"`));

function reads(synth: Synth): readonly string[] {
  const outside = of(synth, RULE).filter(isOutside);
  const wrong = outside.flatMap((one) => {
    const wanted = hearsReads("")(one) ? WITH_READS : "ENABLED";
    return problemsIf(text(one, "state") !== wanted, `${one.name}: ${text(one, "state")}, and not ${wanted}`);
  });
  const found = outside.filter((one) => text(one, "state") === WITH_READS).map((one) => text(one, "description"));
  const all = ["aws-secrets: credential-issued", "aws-secrets: credential-issued", "aws-sts: credential-issued"];
  return [...wrong, ...problemsIf(!same([...found].sort(), all), `reads are heard by ${found.join(", ")}`)];
}

export const routing: readonly Assertion[] = [
  {
    says: "each pattern of a heard connector has a rule that says it word for word",
    check: patterns,
    mutations: {
      "a pattern that hears less": change(
        RULE,
        edit("eventPattern", '"DeleteAccessKey"', '"DeleteAccessKeys"'),
        aboutIam,
      ),
      "a pattern that hears more": change(RULE, edit("eventPattern", /"detail":.*/, '"detail":{}}'), aboutIam),
      "a rule that is missing": without(RULE, (one) => isOutside(one) && !one.name.includes("Hop")),
    },
  },
  {
    only: "home",
    says: "reads are heard by exactly the rules that name one",
    check: reads,
    mutations: {
      "a secret that is read without a word": change(RULE, set("state", "ENABLED"), hearsReads("aws-secrets: ")),
      "a session that is opened without a word": change(RULE, set("state", "ENABLED"), hearsReads("aws-sts: ")),
      "every read of the account": change(RULE, set("state", WITH_READS), ({ inputs }) =>
        String(inputs["description"]).startsWith("aws-cloudtrail: "),
      ),
      "a rule that is off": change(RULE, set("state", "DISABLED"), aboutIam),
    },
  },
  {
    says: "IAM is heard on the default bus of us-east-1",
    check: (synth) =>
      problemsIf(
        !of(synth, RULE).some((one) => aboutIam(one) && isDefault(one) && regionOf(synth, one) === "us-east-1"),
        "no rule for IAM in us-east-1",
      ),
    mutations: {
      "the wrong region": (synth) => ({
        ...synth,
        resources: synth.resources.map((one) =>
          one.type === `aws:${RULE}` && aboutIam(one)
            ? { ...one, inputs: { ...one.inputs, region: "eu-west-1" } }
            : one,
        ),
      }),
    },
  },
  {
    says: "home's own events go straight to the function, all others over the ingest bus, and none over two",
    check: (synth) =>
      of(synth, TARGET).flatMap((target) => {
        const bus = text(target, "eventBusName");
        const toBus = /:event-bus[/]/.test(text(target, "arn"));
        const home = regionOf(synth, target) === synth.region;
        return [
          ...problemsIf(bus.endsWith("-ingest") && toBus, `${target.name}: a second hop`),
          ...problemsIf(bus === "" && home && toBus, `${target.name}: home's events take a hop`),
          ...problemsIf(
            toBus && !text(target, "arn").endsWith("-ingest"),
            `${target.name}: a hop to another bus than ingest`,
          ),
        ];
      }),
    mutations: {
      "a second hop": change(
        TARGET,
        (inputs) => ({ ...inputs, arn: "arn:aws:events:eu-central-1:111122223333:event-bus/other" }),
        (one) => text(one, "eventBusName").endsWith("-ingest"),
      ),
    },
  },
  {
    says: "no rule is without a pattern",
    check: (synth) =>
      of(synth, RULE).flatMap((one) => {
        const pattern = JSON.parse(text(one, "eventPattern") || "{}") as Record<string, unknown>;
        return problemsIf(pattern["source"] === undefined, `${one.name}: hears everything`);
      }),
    mutations: { "an empty one": change(RULE, set("eventPattern", "{}")) },
  },
  {
    says: "a target takes what its function reads: the event under its connector's name, or our own event's detail",
    check: (synth) =>
      of(synth, TARGET)
        .filter((one) => isLast(text(one, "arn")))
        .flatMap((one) => {
          if (text(one, "eventBusName").endsWith("-bus"))
            return problemsIf(one.inputs["inputPath"] !== "$.detail", `${one.name}: not the detail`);
          const template = String(at(one, "inputTransformer", "inputTemplate"));
          const { connector } = named(text(ruleOf(synth, one) ?? one, "description"));
          const filled = JSON.parse(template.replace(/<[^>]+>/g, "null")) as { connector: string };
          return problemsIf(
            filled.connector !== connector || !("event" in filled),
            `${one.name}: not {connector, event}`,
          );
        }),
    mutations: {
      "another connector's name": change(
        TARGET,
        (inputs) => ({
          ...inputs,
          inputTransformer: { inputTemplate: '{"connector":"x","event":<aws.events.event.json>}' },
        }),
        (one) => LAMBDA.test(text(one, "arn")) && isOutside(one),
      ),
      "a reaction with its envelope": change(TARGET, set("inputPath", "$"), (one) => !isOutside(one)),
    },
  },
  {
    says: "no event that can carry a live token is handed on whole",
    check: tokens,
    mutations: { "a rule that hears STS": change(RULE, set("eventPattern", '{"source":["aws.sts"]}')) },
  },
  {
    says: "only events of accounts that are named come from the ingest bus",
    check: (synth) =>
      of(synth, RULE)
        .filter((one) => text(one, "eventBusName").endsWith("-ingest"))
        .flatMap((one) => {
          const { account = [] } = JSON.parse(text(one, "eventPattern")) as { account?: string[] };
          return problemsIf(account.length === 0, `${one.name}: from anybody`);
        }),
    mutations: {
      "from anybody": change(RULE, edit("eventPattern", /,"account":\[[^\]]*\]/, ""), (one) =>
        text(one, "eventBusName").endsWith("-ingest"),
      ),
    },
  },
  {
    only: "hub",
    says: "exactly the members may send, and only while they are of the organisation",
    check: (synth) => {
      const [policy] = of(synth, "cloudwatch/eventBusPolicy:EventBusPolicy");
      const [one] = policy === undefined ? [] : statementsIn(policy.inputs["policy"]);
      return [
        ...problemsIf(!same(one?.Principal, { AWS: ["444455556666", "777788889999"] }), "not exactly the members"),
        ...problemsIf(!JSON.stringify(one?.Condition ?? {}).includes("o-example1234"), "not bound to the organisation"),
      ];
    },
    mutations: {
      "anybody of the organisation": change(
        "cloudwatch/eventBusPolicy:EventBusPolicy",
        edit("policy", /"Principal":\{[^}]*\}/, '"Principal":"*"'),
      ),
      "whoever has left it": change("cloudwatch/eventBusPolicy:EventBusPolicy", edit("policy", "o-example1234", "")),
    },
  },
  {
    only: "hub",
    says: "the partner bus is named as its source, and what it brings goes on to the ingest bus",
    check: (synth) => {
      const bus = of(synth, "cloudwatch/eventBus:EventBus").find((one) => one.inputs["eventSourceName"] !== undefined);
      const source = "aws.partner/okta.com/example/leasehold";
      const hops = of(synth, TARGET).filter(
        (one) => text(one, "eventBusName") === source && text(one, "arn").endsWith("-ingest"),
      );
      return [
        ...problemsIf(
          bus === undefined || text(bus, "name") !== source || text(bus, "eventSourceName") !== source,
          "no partner bus",
        ),
        ...problemsIf(hops.length !== 3, "not every route of the partner is forwarded"),
      ];
    },
    mutations: {
      "another name": change(
        "cloudwatch/eventBus:EventBus",
        set("name", "okta"),
        (one) => one.inputs["eventSourceName"] !== undefined,
      ),
      "a route that stays there": without(TARGET, (one) => text(one, "eventBusName").startsWith("aws.partner/")),
    },
  },
];
