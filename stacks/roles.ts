import type { Things } from "./tables/place.ts";
import { document, type Statement } from "./tables/statement.ts";

/** What outlives a mistake: in prod it is neither removed with the stage nor with its line in the code. */
export const kept = () => ({ retainOnDelete: $app.stage === "prod", protect: $app.stage === "prod" });

/** Who may take on a role: one service, and it alone. The account keeps other people's rules from borrowing ours. */
export function trust(service: string, account?: string): string {
  const Condition = account === undefined ? {} : { Condition: { StringEquals: { "aws:SourceAccount": account } } };
  const Principal = { Service: `${service}.amazonaws.com` };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal, ...Condition }],
  });
}

/** The role of one of AWS's services, named after what it does for us. */
export function role(
  { name }: Things,
  what: string,
  service: string,
  account: string,
  statements: readonly Statement[],
) {
  return new aws.iam.Role(`${what}Role`, {
    name: name(what),
    assumeRolePolicy: trust(service, account),
    inlinePolicies: [{ name: "inline", policy: JSON.stringify(document(statements)) }],
  });
}

/** The configuration's boundary on every role of ours, SST's own among them. */
export function bound(boundary: string | undefined): void {
  if (boundary === undefined) return;
  $transform(aws.iam.Role, (args) => {
    args.permissionsBoundary = boundary;
  });
}
