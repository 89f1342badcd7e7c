import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-guardduty");
const OF_IAM = "UnauthorizedAccess:IAMUser";

export const awsGuardduty: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-guardduty", route: "exposure", n: 0 },
    matches: [
      real("compromised-credentials"),
      real("instance-credentials-outside"),
      real("sequence-of-a-user"),
      but("compromised-credentials", {}, { severity: 2 }), // the type decides
      but("instance-credentials-outside", {}, { type: `${OF_IAM}/ResourceCredentialExfiltration.InsideAWS` }),
    ],
    misses: [
      but("compromised-credentials", { source: "aws.securityhub" }),
      but("compromised-credentials", { "detail-type": "GuardDuty Malware Protection Object Scan Result" }),
      but("compromised-credentials", {}, { service: { archived: true } }),
      but("compromised-credentials", {}, { type: "CredentialAccess:IAMUser/AnomalousBehavior" }),
      but("compromised-credentials", {}, { type: "Recon:IAMUser/MaliciousIPCaller" }),
      but("instance-credentials-outside", {}, { type: `${OF_IAM}/TorIPCaller` }),
      but("instance-credentials-outside", {}, { type: `${OF_IAM}/ConsoleLoginSuccess.B` }),
      but("sequence-of-a-user", {}, { type: "AttackSequence:S3/CompromisedData" }),
    ],
  },
];
