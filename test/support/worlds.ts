import type { DatabaseSync } from "node:sqlite";
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

type InFile = (use: (db: DatabaseSync) => void) => void;

/** Another world for one simulator; undefined where it has kept none yet. */
export function inWorld<W>(inFile: InFile, id: string, change: (world: W | undefined) => object): void {
  inFile((db) => {
    const read = db.prepare("SELECT world FROM simulators WHERE id = ?").get(id)?.["world"];
    const next = JSON.stringify(change(read === undefined ? undefined : (JSON.parse(String(read)) as W)));
    db.prepare("INSERT OR REPLACE INTO simulators (id, world) VALUES (?, ?)").run(id, next);
  });
}
