import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-access-analyzer");

export const awsAccessAnalyzer: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-access-analyzer", route: "exposure", n: 0 },
    matches: [
      real("role-open"),
      real("role-archived"),
      real("role-finding-deleted"),
      real("secret-open-to-everybody"),
      but("role-open", { region: "us-east-1" }, { isPublic: true }),
    ],
    misses: [
      but("role-open", { source: "aws.access-analyzer-test" }),
      but("role-open", { "detail-type": "Access Preview State Change" }),
      but("role-open", { "detail-type": "Internal Access Finding" }),
      but("role-open", {}, { resourceType: "AWS::S3::Bucket" }),
      real("unused-role"),
    ],
  },
  {
    ...{ connector: "aws-access-analyzer", route: "exposure", n: 1 },
    matches: [real("unused-role"), real("unused-role-resolved"), real("unused-password"), real("unused-rights")],
    misses: [
      but("unused-role", { source: "awsmock.access-analyzer" }),
      but("unused-role", {}, { findingType: "UnusedIAMUserAccessKey" }), // it does not say which key
      but("unused-role", {}, { findingType: "InternalAccess" }),
      but("unused-role", { "detail-type": "Internal Access Finding" }),
      real("role-open"),
    ],
  },
];
