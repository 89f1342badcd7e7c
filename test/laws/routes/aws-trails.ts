import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-trails");

export const awsTrails: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-trails", route: "exposure", n: 0 },
    matches: [
      real("stop-logging"),
      real("stop-logging-refused"), // and says nothing
      real("delete-trail"),
      real("put-event-selectors"),
      real("stop-event-data-store"),
    ],
    misses: [
      but("stop-logging", { source: "aws.s3" }),
      but("stop-logging", { source: "custom.aws.cloudtrail" }),
      but("stop-logging", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("stop-logging", {}, { eventSource: "s3.amazonaws.com" }),
      but("stop-logging", {}, { eventName: "DescribeTrails" }),
      but("stop-logging", {}, { eventName: "LookupEvents" }),
      but("stop-logging", {}, { eventName: "AddTags" }),
    ],
  },
];
