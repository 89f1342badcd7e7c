import { nameOn } from "@leasehold/workflows";
import { boardOf } from "./tables/board.ts";
import type { Given } from "./tables/given.ts";
import type { Stage } from "./tables/grants.ts";
import type { Lambda } from "./tables/lambdas.ts";
import { thingsOf } from "./tables/place.ts";
import type { Routing } from "./tables/routing.ts";
import { type Metric, type Watched, watchedOn } from "./tables/watched.ts";

/** Every line of the table as an alarm, and a topic in each region that has one: an alarm tells its own region only. */
export function alarms(
  { aws: { alarms: to } }: Given,
  stage: Stage,
  routing: Routing,
  lambdas: readonly Lambda[],
  http: aws.apigatewayv2.Api,
) {
  const { name } = thingsOf(stage.place);
  const watched = watchedOn(stage, routing, lambdas);
  const regions = [...new Set(watched.map(({ region }) => region))];
  const topics = Object.fromEntries(regions.map((region) => [region, topic(region, name("alarms"), to)]));
  for (const one of watched) alarm(one, topics[one.region]);
  alarm(refusing(stage, http), topics[stage.place.region]);
  new aws.cloudwatch.Dashboard("Dashboard", { dashboardName: name("board"), dashboardBody: boardOf(stage, lambdas) });
  return topics;
}

type Asked = Omit<Watched, "metrics"> & {
  readonly metrics: readonly (Omit<Metric, "dimensions"> & {
    readonly dimensions: Readonly<Record<string, $util.Input<string>>>;
  })[];
};

/** A door that cannot read its secret or reach its queue answers 503, and its function has not failed: only the API counts it. */
function refusing({ place: { stage, region } }: Stage, { id }: aws.apigatewayv2.Api): Asked {
  return {
    called: nameOn(stage, "api-failing"),
    says: "Requests of vendors or of people are answered with 5xx: see the API's log for the route.",
    region,
    metrics: [{ namespace: "AWS/ApiGateway", name: "5xx", dimensions: { ApiId: id } }],
    ...{ stat: "Sum", over: 4, period: 900, missing: "notBreaching" },
  };
}

/** Not encrypted with AWS's own key, which no alarm may use; what it carries is names of alarms. */
function topic(region: string, name: string, to: string | undefined) {
  const made = new aws.sns.Topic(`Alarms-${region}`, { region, name });
  if (to !== undefined) {
    new aws.sns.TopicSubscription(`AlarmsTo-${region}`, { region, topic: made.arn, protocol: "email", endpoint: to });
  }
  return made;
}

function alarm({ called, says, region, metrics, stat, over, period, missing }: Asked, to: aws.sns.Topic | undefined) {
  if (to === undefined) throw new Error(`no topic in ${region}`);
  const [only, ...more] = metrics;
  const what =
    more.length === 0 && only !== undefined
      ? {
          namespace: only.namespace,
          metricName: only.name,
          dimensions: { ...only.dimensions },
          statistic: stat,
          period,
        }
      : { metricQueries: summed(metrics, stat, period) };
  new aws.cloudwatch.MetricAlarm(called, {
    ...what,
    region,
    name: called,
    alarmDescription: says,
    comparisonOperator: "GreaterThanThreshold",
    threshold: over,
    evaluationPeriods: 1,
    treatMissingData: missing,
    alarmActions: [to.arn],
    okActions: [to.arn],
  });
}

function summed(metrics: Asked["metrics"], stat: string, period: number) {
  const each = metrics.map(({ namespace, name, dimensions }, n) => ({
    id: `m${n}`,
    returnData: false,
    metric: { namespace, metricName: name, dimensions: { ...dimensions }, stat, period },
  }));
  const expression = each.map(({ id }) => `FILL(${id},0)`).join("+");
  return [{ id: "all", expression, label: "all", returnData: true }, ...each];
}
