import { expect } from "vitest";

/** Where our simulator and moto do not say the same, and which of them AWS says is right. */
interface Difference {
  readonly where: string; // what was asked and which field, and what they say: simulator / moto. * is anything
  readonly right: "simulator" | "moto";
  readonly because: string;
  readonly page: string; // AWS's own
}

const NO_STATUS = {
  right: "simulator",
  because: "moto keeps no UserStatus",
  page: "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html",
} satisfies Omit<Difference, "where">;
const NO_GROUP = {
  right: "simulator",
  because: "moto lists nobody where there is no such group; AWS says ResourceNotFoundException",
  page: "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroupMemberships.html",
} satisfies Omit<Difference, "where">;
const RUNTIME_ARN = {
  ...{
    right: "simulator",
    because: "the ARN of a runtime is runtime/ and its id; moto has agent/, a UUID and the version",
  },
  page: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html",
} satisfies Omit<Difference, "where">;

const NO_SET = {
  right: "simulator",
  because: "moto lists nobody where there is no such permission set; AWS says ResourceNotFoundException",
  page: "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignments.html",
} satisfies Omit<Difference, "where">;

export const DIFFERENCES: readonly Difference[] = [
  {
    where:
      'list:arn:aws:iam::111122223333:user/console-only.boundary: "arn:aws:iam::111122223333:policy/people" / null',
    right: "simulator",
    because: "moto keeps no boundary of a user",
    page: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html",
  },
  { where: 'list:*.standing: "active" / "unknown"', ...NO_STATUS },
  { where: 'list:*, the other way.standing: "unknown" / "active"', ...NO_STATUS },
  { where: 'reads.standing[]: "active" / "unknown"', ...NO_STATUS },
  { where: 'reads.noGroup.name: "BadInput" / nothing', ...NO_GROUP },
  { where: 'reads.noGroup.message: "Identity Center knows no group of this id" / nothing', ...NO_GROUP },
  {
    ...{ where: "list:*.member.path: * / nothing", right: "simulator", because: "moto tells no Paths of an account" },
    page: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html",
  },
  { where: 'assignment[][].fault: "StalePlan" / nothing', ...NO_SET },
  { where: 'assignment[][].says: "the assignment changed since it was looked at" / nothing', ...NO_SET },
  { where: 'assignment[][].verdict: "unconfirmed" / "confirmed"', ...NO_SET },
  { where: "list:arn:aws:bedrock-agentcore:*:runtime/*: * / nothing", ...RUNTIME_ARN },
  { where: "list:arn:aws:bedrock-agentcore:*:runtime/*, the other way: nothing / *", ...RUNTIME_ARN },
  { where: "list:arn:aws:bedrock-agentcore:*:agent/*: nothing / *", ...RUNTIME_ARN },
  { where: "list:arn:aws:bedrock-agentcore:*:agent/*, the other way: * / nothing", ...RUNTIME_ARN },
];

/** Where moto is no answer at all to the SDK, and test/aws/server.py or the test mends it. */
export const MENDED: readonly Omit<Difference, "right">[] = [
  {
    ...{ where: "bedrock: every date", because: "the model says iso8601; moto answers with a number" },
    page: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_Agent.html",
  },
  {
    ...{
      where: "sso: the ARN of a permission set",
      because: "it is permissionSet/; moto has the instance's own, and more",
    },
    page: "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html",
  },
  {
    ...{ where: "sso: the status of a request", because: "AWS answers before it is carried out; moto after" },
    page: "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeleteAccountAssignment.html",
  },
  {
    ...{
      where: "sso: in which accounts a permission set is behind",
      because: "it is told by status; moto lists all accounts, whatever is asked",
    },
    page: "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountsForProvisionedPermissionSet.html",
  },
  {
    where: "dynamodb: writes at the same time",
    because:
      "a transaction is serializable; moto, cancelling one, puts back the table as it was and loses what others wrote",
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html",
  },
  {
    ...{ where: "dynamodb: the id of a table", because: "AWS tells one; moto none" },
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html",
  },
];

const isOf = ({ where }: Difference, said: string): boolean => {
  const parts = where.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(said);
};

const met = new Set<Difference>();

/** Which of those above were met in this run. */
export const metSoFar = (): ReadonlySet<Difference> => met;

/** Every difference is in the list above. */
export function unknown(differences: readonly string[]): void {
  const listed = (said: string) => DIFFERENCES.filter((one) => isOf(one, said));
  for (const said of differences) for (const one of listed(said)) met.add(one);
  expect(differences.filter((said) => listed(said).length === 0)).toEqual([]);
}
