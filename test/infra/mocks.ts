type Fields = Record<string, unknown>;

/** One resource as Pulumi was asked to make it. */
export interface Made {
  readonly type: string;
  readonly name: string; // in the state; in the account it may have another
  readonly inputs: Fields;
  readonly kept: boolean;
  readonly protected: boolean;
}
interface Asked {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly inputs: Fields;
}
interface Called {
  readonly token: string;
  readonly inputs: Fields;
}

/** Pulumi without an engine: what is made is written down, and given the ARN that AWS would give it. */
export function mocks({ account, region }: { readonly account: string; readonly region: string }) {
  const made: Asked[] = [];
  const options = new Map<string, Fields>();
  const key = ({ type, name }: { type: string; name: string }) => `${type} ${name}`;
  return {
    saw: (seen: { type: string; name: string; opts: object }) => void options.set(key(seen), seen.opts as Fields),
    monitor: {
      newResource(asked: Asked) {
        made.push(asked);
        return { id: `${asked.name}-id`, state: stateOf(asked, account, region) };
      },
      call: ({ token, inputs }: Called) => called(token.split(":").at(-1) ?? "", inputs, account, region),
    },
    resources: (): readonly Made[] =>
      made.map(({ type, name, inputs }) => {
        const opts = options.get(key({ type, name })) ?? {};
        return { type, name, inputs, kept: opts["retainOnDelete"] === true, protected: opts["protect"] === true };
      }),
  };
}

const QUALIFIED: Readonly<Record<string, (name: string, inputs: Fields) => string>> = {
  "aws:lambda/function:Function": (name) => `function:${name}`,
  "aws:cloudwatch/eventBus:EventBus": (name) => `event-bus/${name}`,
  "aws:cloudwatch/eventRule:EventRule": (name, { eventBusName: bus }) =>
    bus === undefined ? `rule/${name}` : `rule/${String(bus)}/${name}`,
  "aws:dynamodb/table:Table": (name) => `table/${name}`,
  "aws:sfn/stateMachine:StateMachine": (name) => `stateMachine:${name}`,
  "aws:iam/role:Role": (name) => `role/${name}`,
  "aws:iam/policy:Policy": (name) => `policy/${name}`,
  "aws:cloudwatch/logGroup:LogGroup": (name) => `log-group:${name}`,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (name) => `deliverystream/${name}`,
};
const SERVICES: Readonly<Record<string, string>> = { cloudwatch: "events", kinesis: "firehose", sfn: "states" };
const WORLDWIDE = ["iam", "s3"];

function stateOf({ type, name: logical, inputs }: Asked, account: string, home: string): Fields {
  const name = String(inputs["name"] ?? inputs["bucket"] ?? logical);
  const [, module = ""] = type.split(/[:/]/);
  const service = type.includes("logGroup") ? "logs" : (SERVICES[module] ?? module);
  const region = WORLDWIDE.includes(service) ? "" : String(inputs["region"] ?? home);
  const rest = QUALIFIED[type]?.(name, inputs) ?? name;
  const arn = `arn:aws:${service}:${region}:${service === "s3" ? "" : account}:${rest}`;
  const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return {
    ...{ ...inputs, name, arn, url, keyId: `${logical}-key`, base64: "a".repeat(44), version: "1", invokeArn: arn },
    ...{ qualifiedArn: `${arn}:1`, apiEndpoint: "https://api.example.com", executionArn: `${arn}/execution` },
  };
}

function called(what: string, inputs: Fields, account: string, region: string): Fields {
  switch (what) {
    case "getCallerIdentity":
      return { accountId: account };
    case "getRegion":
      return { region: inputs["region"] ?? region };
    case "getPartition":
      return { partition: "aws" };
    case "getPolicyDocument":
      return {
        ...inputs,
        json: JSON.stringify({ Statement: ((inputs["statements"] ?? []) as Fields[]).map(statementOf) }),
      };
    default:
      return inputs;
  }
}

function statementOf({ effect = "Allow", actions, resources, conditions, principals }: Fields): Fields {
  const tests = ((conditions ?? []) as { test: string; variable: string; values: string[] }[]).map(
    ({ test, variable, values }) => [test, { [variable]: values }] as const,
  );
  return {
    ...{ Effect: effect, Action: actions, Resource: resources },
    ...(principals !== undefined && { Principal: principals }),
    ...(tests.length > 0 && { Condition: Object.fromEntries(tests) }),
  };
}
