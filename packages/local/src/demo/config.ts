import { type Configured, defineConfig } from "@leasehold/app/config";
import { PEOPLE } from "./people.ts";
import { OPERATORS, SECURITY } from "./places.ts";

/** How Example Corp runs Leasehold. Staffed around the clock, so that the story need not wait for a Monday. */
export const demoConfig = (): Configured =>
  defineConfig({
    fallback: { email: PEOPLE.fay.email },
    security: { connector: "okta", group: SECURITY }, // two are in it: a brake that tripped by far is released by two
    operators: { connector: "aws-identity-center", group: OPERATORS },
    authority: ["okta", "aws-identity-center"],
    connectors: {
      "aws-agentcore": {},
      "aws-bedrock": {},
      "aws-cloudtrail": {},
      "aws-guardduty": {},
      "aws-health": {},
      "aws-iam": { mode: "act" },
      "aws-identity-center": {},
      "aws-secrets": {},
      "aws-sts": {},
      github: { settings: { signingName: "github.webhook" } },
      ingest: {
        settings: {
          sources: {
            devtools: { secretName: "ingest.devtools", kinds: ["credential.issued", "credential.seen"] },
            scanner: { secretName: "ingest.scanner", kinds: ["credential.exposed"] },
          },
        },
      },
      okta: { mode: "act" },
      slack: {},
      jira: {},
    },
    people: {
      columns: {
        ...{ id: "employee_number", name: "name", email: "work_email", team: "department", standing: "status" },
        ...{ employeeNumber: "employee_number", manager: "manager_employee_number", contractor: "worker_type" },
        ...{ start: "hire_date", end: "end_date" },
      },
    },
    desks: ["slack", "jira"],
    calendar: { timeZone: "UTC", days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 },
    neverTouch: [
      {
        because: "it is the way in when every other one is shut",
        connector: "aws-iam",
        identity: "*break-glass-admin",
      },
    ],
  });
