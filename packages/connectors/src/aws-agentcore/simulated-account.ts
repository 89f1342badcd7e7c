/** What AgentCore keeps for an account of the demo, as plain JSON, in one Region or more. */
export interface World {
  account: string;
  regions: string[];
  contain?: true;
  runtimes: Runtime[];
  gateways: Gateway[];
  workloads: Thing[];
  oauth2: Thing[];
  apiKeys: Thing[];
}
export interface Thing {
  region: string;
  id: string; // or its name, where it has no id
  createdAt: string;
  tags: { [name: string]: string };
}
export interface Runtime extends Thing {
  calls?: Called[]; // as CloudWatch counts them
  sessions?: Session[];
}
export interface Called {
  at: string;
  endpoint: string;
  operation: string; // "InvokeAgentRuntime", and other ways in
}
export interface Session {
  id: string;
  endpoint: string;
  openedAt: string;
  endedAt: string | null;
  logged: boolean; // false: its runtime's role may write no logs
}
export interface Gateway extends Thing {
  role: string;
  authorizer: string;
  targets: Target[];
}
export interface Target {
  id: string;
  lambda: string | null;
  providers: string[]; // ARNs
  createdAt: string;
}

export const empty: World = {
  ...{ account: "111122223333", regions: ["eu-west-1"] },
  ...{ runtimes: [], gateways: [], workloads: [], oauth2: [], apiKeys: [] },
};

const MADE = "2026-01-05T08:00:00.000Z";
const aThing = (id: string, over: Partial<Thing> = {}): Thing => ({
  ...{ region: "eu-west-1", id, createdAt: MADE, tags: {} },
  ...over,
});
export const aGateway = (id: string, over: Partial<Gateway> = {}): Gateway => ({
  ...aThing(id),
  ...{ role: "arn:aws:iam::111122223333:role/gateways", authorizer: "CUSTOM_JWT", targets: [] },
  ...over,
});

const VAULT = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default";
const aTarget = (id: string, over: Partial<Target> = {}): Target => ({
  ...{ id, lambda: null, providers: [], createdAt: MADE },
  ...over,
});

export const sample: World = {
  ...{ ...empty, contain: true },
  regions: ["eu-west-1", "us-west-2"],
  runtimes: ["search-aBcDeFgH12", "notes-aBcDeFgH34", "other-aBcDeFgH56"].map((id) =>
    aThing(id, { tags: { owner: "ada@example.com" } }),
  ),
  gateways: [
    aGateway("naked-aBcDeFgH12", { authorizer: "NONE", tags: { Owner: "grace@example.com" } }),
    aGateway("search-aBcDeFgH34", {
      targets: [
        aTarget("TARGET1EXA", { lambda: "arn:aws:lambda:eu-west-1:111122223333:function:search" }),
        aTarget("TARGET2EXA", { providers: [`${VAULT}/oauth2credentialprovider/tickets`] }),
        aTarget("TARGET3EXA", { providers: [`${VAULT}/apikeycredentialprovider/maps`] }),
      ],
    }),
    aGateway("other-aBcDeFgH56", { region: "us-west-2", authorizer: "AWS_IAM" }),
  ],
  workloads: ["search", "notes", "other"].map((name) => aThing(name)),
  oauth2: ["tickets", "mail", "files"].map((name) => aThing(name, { tags: { team: "search" } })),
  apiKeys: [aThing("maps", { tags: { owner: "ada@example.com" } })],
};
