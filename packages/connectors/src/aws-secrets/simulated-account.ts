/** What Secrets Manager and Parameter Store keep for an account of the demo, as plain JSON. The world has no field for a value. */
export interface World {
  account: string;
  regions: string[];
  contain?: true; // the settings opt in to it
  secrets: Secret[];
  parameters: Parameter[];
}
export interface Kept {
  region: string;
  name: string;
  description: string;
  storedAt: string; // since when it has its value
  tags: { [name: string]: string };
}
export interface Secret extends Kept {
  suffix: string; // the six signs that AWS adds to its ARN
  createdAt: string;
  readAt: string | null;
  deletedAt: string | null;
  policy: string | null;
  service?: string; // of AWS's, that made it and keeps it
  primary?: string; // of a copy: the Region of what it is a copy of
  copies?: string[]; // the Regions of its copies
  copied?: "InProgress" | "Failed"; // how far, where they are not in step
}
export type Parameter = Kept;

export const empty: World = { account: "111122223333", regions: ["eu-west-1"], secrets: [], parameters: [] };

const MADE = "2026-01-05T08:00:00.000Z";
const kept = (name: string): Kept => ({ region: "eu-west-1", name, description: "", storedAt: MADE, tags: {} });
export const aSecret = (name: string, over: Partial<Secret> = {}): Secret => ({
  ...{ ...kept(name), suffix: "AbCdEf", createdAt: MADE, readAt: null, deletedAt: null, policy: null },
  ...over,
});
export const aParameter = (name: string, over: Partial<Parameter> = {}): Parameter => ({ ...kept(name), ...over });

const lets = (AWS: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "secretsmanager:GetSecretValue", Resource: "*" }],
  });

export const sample: World = {
  ...empty,
  regions: ["eu-west-1", "us-west-2"],
  secrets: [
    aSecret("prod/search", { tags: { owner: "ada@example.com" }, readAt: "2026-10-20T00:00:00.000Z" }),
    aSecret("prod/deploy", { description: "of deploy, AKIAIOSFODNN7EXAMPLE", storedAt: "2026-09-01T08:00:00.000Z" }),
    aSecret("prod/shared", { policy: lets("arn:aws:iam::111122223333:role/app") }),
    aSecret("old/search", { deletedAt: "2026-10-30T08:00:00.000Z" }),
    aSecret("prod/search", { region: "us-west-2", policy: lets("arn:aws:iam::444455556666:root") }),
  ],
  parameters: [
    aParameter("/prod/search/token", { tags: { Owner: "grace@example.com" } }),
    aParameter("/prod/search/other", { tags: { key: "AKIAI44QH8DHBEXAMPLE" } }),
    aParameter("plain-name"),
  ],
};
