import type { LabelledEstate, TruthFile } from "./model.ts";

/** The files of an estate, by name: each in its vendor's own format, and the truth beside them. */
export function filesOf(estate: LabelledEstate): Readonly<Record<string, string>> {
  const { cloudtrail, okta, github, authorizationDetails, truth } = estate;
  const months = byMonth(cloudtrail);
  return {
    ...Object.fromEntries(
      months.map(([month, Records]) => [`cloudtrail/${truth.account}_CloudTrail_${month}.json`, text({ Records })]),
    ),
    "okta/log-stream.ndjson": lines(okta),
    "github/workflow-runs.ndjson": lines(github),
    "inventory/okta-users.json": text(estate.oktaUsers),
    "inventory/okta-grants.json": text(estate.oktaGrants),
    "inventory/identity-center-users.json": text({ Users: estate.identityCenterUsers }),
    "inventory/iam-account-authorization-details.json": text(authorizationDetails),
    "inventory/iam-access-keys.json": text({ AccessKeyMetadata: estate.accessKeys }),
    "inventory/iam-service-specific-credentials.json": text({ ServiceSpecificCredentials: estate.serviceCredentials }),
    "inventory/iam-credential-report.csv": `${estate.credentialReport}\n`,
    "people.csv": `${estate.people}\n`,
    "truth.json": text(truth),
  };
}

/** An estate from its files; of those that are not there, nothing. `truth.json` must be there. */
export function estateFrom(files: Readonly<Record<string, string>>): LabelledEstate {
  const json = (name: string) => JSON.parse(files[name] ?? "null") as unknown;
  const list = (name: string, member: string) =>
    ((json(name) as Record<string, object[]> | null)?.[member] ?? []) as object[];
  const rows = (name: string) =>
    (files[name] ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as object);
  const details = "inventory/iam-account-authorization-details.json";
  return {
    cloudtrail: Object.keys(files)
      .filter((name) => name.startsWith("cloudtrail/"))
      .sort()
      .flatMap((name) => list(name, "Records")),
    okta: rows("okta/log-stream.ndjson"),
    github: rows("github/workflow-runs.ndjson"),
    oktaUsers: (json("inventory/okta-users.json") ?? []) as object[],
    oktaGrants: (json("inventory/okta-grants.json") ?? []) as object[],
    identityCenterUsers: list("inventory/identity-center-users.json", "Users"),
    authorizationDetails: {
      UserDetailList: list(details, "UserDetailList"),
      RoleDetailList: list(details, "RoleDetailList"),
    },
    accessKeys: list("inventory/iam-access-keys.json", "AccessKeyMetadata"),
    serviceCredentials: list("inventory/iam-service-specific-credentials.json", "ServiceSpecificCredentials"),
    credentialReport: (files["inventory/iam-credential-report.csv"] ?? "").trimEnd(),
    people: (files["people.csv"] ?? "").trimEnd(),
    truth: json("truth.json") as TruthFile,
  };
}

function byMonth(records: readonly object[]): readonly (readonly [string, readonly object[]])[] {
  const months = new Map<string, object[]>();
  for (const record of records) {
    const month = monthOf(record);
    months.set(month, [...(months.get(month) ?? []), record]);
  }
  return [...months];
}

const monthOf = (record: object): string => (record as { eventTime: string }).eventTime.slice(0, 7).replaceAll("-", "");
const text = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;
const lines = (all: readonly object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join("");
