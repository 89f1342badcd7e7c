/** What Bedrock runs in an account of the demo, as plain JSON, in one Region or more. */
export interface World {
  account: string;
  regions: string[];
  agents: Agent[];
  bases: Part[];
  flows: Part[];
  events: number; // how many were sent, so that each has an id of its own
}
interface Thing {
  region: string;
  id: string;
  createdAt: string;
}
export interface Part extends Thing {
  role: string;
  tags: { [name: string]: string };
}
export interface Agent extends Part {
  aliases: Alias[];
  groups: Group[];
  bases: string[]; // ids
}
export interface Alias {
  id: string;
  name: string;
  version: string;
  state: string;
  createdAt: string;
  tags: { [name: string]: string };
}
export interface Group {
  id: string;
  lambda: string | null;
  createdAt: string;
}

export const empty: World = {
  ...{ account: "111122223333", regions: ["eu-west-1"] },
  ...{ agents: [], bases: [], flows: [], events: 0 },
};

const MADE = "2026-01-05T08:00:00.000Z";
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const part = (region: string, id: string, name: string, tags: Part["tags"] = {}): Part => ({
  ...{ region, id, createdAt: MADE, role: role(name), tags },
});
export const anAgent = (region: string, id: string, over: Partial<Agent> = {}): Agent => ({
  ...part(region, id, "AmazonBedrockExecutionRoleForAgents_search"),
  ...{ aliases: [], groups: [], bases: [] },
  ...over,
});
export const anAlias = (id: string, state = "ACCEPT_INVOCATIONS"): Alias => ({
  ...{ id, name: "live", version: "1", state, createdAt: MADE, tags: {} },
});

export const sample: World = {
  ...empty,
  regions: ["eu-west-1", "us-west-2"],
  agents: [
    anAgent("eu-west-1", "AGENT1EXAM", {
      tags: { owner: "ada@example.com", team: "search" },
      aliases: [
        anAlias("ALIAS1EXAM"),
        anAlias("ALIAS2EXAM", "REJECT_INVOCATIONS"),
        { ...anAlias("TSTALIASID"), name: "AgentTestAlias", version: "DRAFT" },
      ],
      groups: [
        { id: "GROUP1EXAM", lambda: "arn:aws:lambda:eu-west-1:111122223333:function:search", createdAt: MADE },
        { id: "GROUP2EXAM", lambda: null, createdAt: MADE },
      ],
      bases: ["KBASE1EXAM", "KBASE2EXAM"],
    }),
    anAgent("eu-west-1", "AGENT2EXAM"),
    anAgent("eu-west-1", "AGENT3EXAM"),
    anAgent("us-west-2", "AGENT4EXAM", { aliases: [anAlias("ALIAS4EXAM")] }),
  ],
  bases: ["KBASE1EXAM", "KBASE2EXAM", "KBASE3EXAM"].map((id) => part("eu-west-1", id, "bases")),
  flows: ["FLOW01EXAM", "FLOW02EXAM", "FLOW03EXAM"].map((id) => part("eu-west-1", id, "flows", { owner: "team" })),
};
