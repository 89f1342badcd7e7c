import type { Resource, Template } from "../../../stacks/tables/member.ts";

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}
type Document = { readonly Statement: readonly Statement[] };

/** The template as account 444455556666 has it: what CloudFormation fills in is filled in. */
export function inAccount(template: Template): Template {
  const text = JSON.stringify(template).replace(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, "$1");
  return JSON.parse(text.replaceAll("$" + "{AWS::AccountId}", "444455556666")) as Template;
}

export const of = ({ Resources }: Template, type: string): readonly Resource[] =>
  Object.values(Resources).filter(({ Type }) => Type === type);
export const rolesOf = (template: Template) => of(template, "AWS::IAM::Role");
export const nameOf = ({ Properties }: Resource) =>
  String(Properties["RoleName"] ?? Properties["ManagedPolicyName"] ?? Properties["Name"]);

const listed = (one: Statement): Statement => ({ ...one, Action: [one.Action].flat() });
export const statementsIn = (document: unknown): readonly Statement[] => (document as Document).Statement.map(listed);
export const allowedTo = ({ Properties }: Resource): readonly Statement[] =>
  (Properties["Policies"] as readonly { readonly PolicyDocument: unknown }[]).flatMap(({ PolicyDocument }) =>
    statementsIn(PolicyDocument),
  );
export const verbsOf = (role: Resource): readonly string[] => allowedTo(role).flatMap(({ Action }) => Action);
export const trustOf = ({ Properties }: Resource) => statementsIn(Properties["AssumeRolePolicyDocument"]);
export const isHop = (role: Resource) => nameOf(role).endsWith("-hop");
