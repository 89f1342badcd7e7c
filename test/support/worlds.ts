/** What the simulators keep, as far as a story looks at it. */
export interface Worlds {
  readonly "aws-iam": {
    readonly users: readonly {
      readonly userName: string;
      readonly attached?: readonly string[];
      readonly inline: Readonly<Record<string, object>>;
      readonly keys: readonly { readonly accessKeyId: string; readonly status: string }[];
    }[];
    readonly roles?: readonly { readonly roleName: string; readonly inline: Readonly<Record<string, object>> }[];
  };
  readonly okta: { readonly grants: readonly { readonly id: string }[] };
  readonly slack: {
    readonly users: readonly { readonly id: string; readonly email: string }[];
    readonly messages: readonly {
      readonly channel: string;
      readonly text: string;
      readonly blocks: readonly object[];
    }[];
  };
  readonly jira: {
    readonly issues: readonly {
      readonly key: string;
      readonly parent?: string;
      readonly summary: string;
      readonly description: unknown;
      readonly status: string;
      readonly assignee?: string;
    }[];
  };
}
