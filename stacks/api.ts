import { nameOn } from "@leasehold/workflows";
import { type Functions, pick } from "./functions.ts";
import { doors, OTHERS } from "./tables/doors.ts";
import type { Given } from "./tables/given.ts";
import type { Stage } from "./tables/grants.ts";
import { thingsOf } from "./tables/place.ts";
import { isSpokenTo, methodsOf } from "./tables/vendors.ts";

const FIELDS = [
  "requestId",
  "requestTime",
  "httpMethod",
  "routeKey",
  "status",
  "responseLength",
  "integrationErrorMessage",
];

/** One HTTP API: a door for each vendor, who signs what it says, and four for people's calls, who sign in with IAM. */
export function api(given: Given, { place }: Stage, by: Functions) {
  const it = thingsOf(place);
  const http = new aws.apigatewayv2.Api("Api", { name: it.name("api"), protocolType: "HTTP" });
  const logs = new aws.cloudwatch.LogGroup("ApiLog", {
    name: `/aws/vendedlogs/apis/${it.name("api")}`,
    retentionInDays: given.aws.logDays,
  });
  new aws.apigatewayv2.Stage("ApiStage", {
    apiId: http.id,
    name: "$default",
    autoDeploy: true,
    defaultRouteSettings: { throttlingBurstLimit: 50, throttlingRateLimit: 25 },
    accessLogSettings: {
      destinationArn: logs.arn,
      format: JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, `$context.${field}`]))),
    },
  });
  for (const one of given.linked.filter(isSpokenTo)) {
    door(
      http,
      `${one.id}-in`,
      pick(by, nameOn(given.stage, one.id, "in")),
      methodsOf(one).map((method) => [method, `${method} /in/${one.id}`]),
      "NONE",
    );
  }
  door(http, "call", pick(by, nameOn(given.stage, OTHERS)), [["POST", "POST /v1/{call}"]], "AWS_IAM");
  for (const { run, calls } of doors) {
    const routes = calls.map((call) => [call, `POST /v1/${call}`] as const);
    door(http, run, pick(by, nameOn(given.stage, run)), routes, "AWS_IAM");
  }
  new aws.ssm.Parameter("ApiAt", { name: it.api, type: "String", value: http.apiEndpoint });
  return http;
}

function door(
  http: aws.apigatewayv2.Api,
  what: string,
  to: sst.aws.Function,
  routes: readonly (readonly [what: string, routeKey: string])[],
  authorizationType: string,
) {
  const integration = new aws.apigatewayv2.Integration(`${what}Integration`, {
    apiId: http.id,
    integrationType: "AWS_PROXY",
    integrationUri: to.arn,
    payloadFormatVersion: "2.0",
  });
  for (const [which, routeKey] of routes) {
    new aws.apigatewayv2.Route(`${what}Route-${which}`, {
      apiId: http.id,
      routeKey,
      authorizationType,
      target: $interpolate`integrations/${integration.id}`,
    });
  }
  new aws.lambda.Permission(`${what}DoorMay`, {
    action: "lambda:InvokeFunction",
    function: to.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: $interpolate`${http.executionArn}/*`,
  });
}
