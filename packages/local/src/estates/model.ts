/** How an agent came to a credential. */
export const PATHS = ["laptop", "oauth", "bedrock", "ci", "shared-role", "sandbox", "chain"] as const;
export type Path = (typeof PATHS)[number];

/** One human of the organisation: who they are, when they were there, and what each system calls them. */
export interface Human {
  readonly number: string; // the employee number
  readonly first: string;
  readonly last: string;
  readonly address: string;
  readonly department: string;
  readonly engineer: boolean;
  readonly contractor: boolean;
  readonly manager: string | undefined; // employee number
  readonly joins: number; // milliseconds
  readonly leaves: number | undefined;
  readonly returns: number | undefined;
  readonly moves: { readonly at: number; readonly to: string } | undefined;
  readonly okta: readonly OktaLife[];
  readonly identityCenter: readonly {
    readonly id: string;
    readonly from: number;
    readonly until: number | undefined;
  }[];
  readonly iamUser: string | undefined;
  readonly github: { readonly id: number; readonly login: string };
  readonly sendsId: boolean; // Identity Center was given Okta's own id of them
}
export interface OktaLife {
  readonly id: string;
  readonly from: number;
  readonly until: number | undefined; // deactivated
  readonly purged: boolean; // deleted afterwards: no list has them any more
}

/** A credential as it is planned: whose, made by whom, how and when, and what became of it. */
export interface Planned {
  readonly id: string;
  readonly agent: string;
  readonly path: Path;
  readonly at: number;
  readonly owner: Human; // when it was made
  readonly maker: Human;
  readonly heir: { readonly human: Human; readonly at: number; readonly told: boolean } | undefined;
  readonly tag: Tag | undefined;
  readonly role: Role | undefined;
}
export interface Tag {
  readonly value: string;
  readonly names: string | undefined; // employee number; undefined where it names a team
}
export interface Role {
  readonly name: string;
  readonly members: readonly Human[];
}

/** Which log a record belongs to. */
export type Stream = "cloudtrail" | "okta" | "github";
export interface Entry {
  readonly stream: Stream;
  readonly at: number;
  readonly record: object;
  readonly kept: boolean; // false: this is of the part of the logs that is missing
}

/** What happened to one credential, and which of it shows the person. */
export interface Happened {
  readonly entries: readonly Entry[];
  readonly chain: readonly Entry[]; // from the credential to the person: all of them are needed
  readonly listed: boolean; // a list that exists today tells it, whatever log is missing
  readonly identityChain: readonly Entry[]; // the same from the identity that holds it
  readonly hops: number;
  readonly handles: Handles;
  readonly showsMaker: boolean; // by a name that honest people give their sessions
}

/** How the vendor names the credential and what holds it. */
export interface Handles {
  readonly accessKeyId?: string;
  readonly serviceSpecificCredentialId?: string;
  readonly grantId?: string;
  readonly holder: string; // an ARN, or the id of an application
}

/** What is true of one credential, in the vendors' own ids: what no log says. */
export interface Truth {
  readonly id: string;
  readonly agent: string;
  readonly path: Path;
  readonly handles: Handles;
  readonly madeAt: string;
  readonly accountable: string; // employee number
  readonly maker: string;
  readonly standing: "present" | "left";
  readonly hops: number; // from the credential to the person, where nothing is missing
  readonly chain: "whole" | "part" | "none"; // how much of that is visible
  readonly sharedBy: number; // people who use the role it was made from
  readonly oracle: { readonly person: string; readonly probability: number };
}
export interface TruePerson {
  readonly number: string;
  readonly accounts: {
    readonly okta: readonly string[];
    readonly identityCenter: readonly string[];
    readonly iamUser: string | undefined; // ARN
    readonly github: number;
  };
  readonly address: string;
  readonly from: string;
  readonly until: string | undefined;
}

/** An organisation in its vendors' own formats, and the truth about it. */
export interface LabelledEstate {
  readonly cloudtrail: readonly object[];
  readonly okta: readonly object[]; // log stream events
  readonly github: readonly object[]; // bodies of workflow_run deliveries
  readonly oktaUsers: readonly object[];
  readonly oktaGrants: readonly object[];
  readonly identityCenterUsers: readonly object[];
  readonly authorizationDetails: {
    readonly UserDetailList: readonly object[];
    readonly RoleDetailList: readonly object[];
  };
  readonly accessKeys: readonly object[];
  readonly serviceCredentials: readonly object[];
  readonly credentialReport: string;
  readonly people: string; // CSV
  readonly truth: TruthFile;
}
export interface TruthFile {
  readonly seed: number;
  readonly now: string;
  readonly account: string;
  readonly identityStore: string;
  readonly oktaOrg: string;
  readonly people: readonly TruePerson[];
  readonly credentials: readonly Truth[];
}
