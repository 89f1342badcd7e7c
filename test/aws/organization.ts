import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  ListAccountsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { connectors } from "@leasehold/connectors";
import type { Lister } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import type { Api } from "../../packages/connectors/src/aws-organizations/api.ts";
import { anAccount, empty, type World } from "../../packages/connectors/src/aws-organizations/simulator.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { apart, signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { everything } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { recording } from "./recorder.ts";

const client = new OrganizationsClient(own);

/** Which accounts there are, and what is not looked into. */
export function organization(): void {
  describe("Organizations", () => {
    it("is listed on moto as it is on the simulator", async () => {
      await reset();
      const world = await made();
      const { lists } = (await connectors["aws-organizations"]()) as unknown as { readonly lists: Lister<Api> };
      const simulated = startedFrom(await simulatorOf("aws-organizations"), world).live.api as Api;
      const real = await connected<Api>("aws-organizations", {});
      const actual = { ...real, send: recording(real.send as never, [], "organizations") as Api["send"] };
      const [here, there] = [await everything(lists, simulated), await everything(lists, actual)];
      unknown(signalsApart(here, there));
      const gaps = (pages: typeof here) => pages.flatMap((page) => page.gaps ?? []);
      unknown(apart("gaps", gaps(here), gaps(there)));
      expect(there.flatMap(({ signals }) => signals)).toHaveLength(3);
    });
  });
}

async function made(): Promise<World> {
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  for (const name of ["Agents", "Security"])
    await client.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }));
  const named = { Name: "DenyLeaving", Description: "", Type: "SERVICE_CONTROL_POLICY" as const };
  await client.send(new CreatePolicyCommand({ ...named, Content: '{"Version":"2012-10-17","Statement":[]}' }));
  const { Accounts = [] } = await client.send(new ListAccountsCommand({}));
  const delegate = Accounts.find(({ Name }) => Name === "Security")?.Id ?? "";
  const asked = { AccountId: delegate, ServicePrincipal: "guardduty.amazonaws.com" };
  await client.send(new RegisterDelegatedAdministratorCommand(asked));
  return {
    ...{ ...empty, account: ACCOUNT, management: ACCOUNT, organization: Organization?.Id ?? "" },
    accounts: Accounts.map(({ Id = "", Name = "" }) => anAccount(Id, Name)),
    ...{ delegates: [delegate], covered: [ACCOUNT] },
    policies: [{ name: "DenyLeaving", managed: false }],
  };
}
