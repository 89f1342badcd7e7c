import type { World as AgentcoreWorld } from "../../packages/connectors/src/aws-agentcore/simulator.ts";
import type { World as IdentityCenterWorld } from "../../packages/connectors/src/aws-identity-center/simulated-directory.ts";

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

/** The whole of what other simulators keep, where a story changes it. */
export interface Others {
  readonly "aws-identity-center": IdentityCenterWorld;
  readonly "aws-agentcore": AgentcoreWorld;
}
