import { expect, it } from "vitest";
import { hosted } from "./aws-connect.ts";
import { inAccounts } from "./aws-places.ts";

interface Settings {
  readonly account: string;
  readonly role?: string;
  readonly externalId?: string;
  readonly source?: "host";
  readonly quarantine?: string;
}
const [HUB, MEMBER] = ["111122223333", "444455556666"];
const places = inAccounts<Settings>(({ quarantine = "" }, account) => ({
  quarantine: quarantine.replace(HUB, account),
}));
const here: Settings = {
  account: HUB,
  source: "host",
  quarantine: `arn:aws:iam::${HUB}:policy/leasehold-prod-quarantine`,
};
const memberOf = (externalId: string) => ({
  ...{ id: MEMBER, externalId, role: `arn:aws:iam::${MEMBER}:role/leasehold-prod-act` },
});

it("is the same connector by our role in the other account, with what is of that account", () => {
  expect(places.home(here)).toBe(HUB);
  expect(places.in(here, memberOf("leasehold-prod-example"))).toEqual({
    ...{ account: MEMBER, source: "host", externalId: "leasehold-prod-example" },
    role: `arn:aws:iam::${MEMBER}:role/leasehold-prod-act`,
    quarantine: `arn:aws:iam::${MEMBER}:policy/leasehold-prod-quarantine`,
  });
});

/** STS, and a role that lets in who knows its external id. */
async function sts(url: string, { body }: RequestInit): Promise<Response> {
  const form = new URLSearchParams(String(body));
  const lets =
    url === "https://sts.eu-central-1.amazonaws.com/" &&
    form.get("RoleArn") === `arn:aws:iam::${MEMBER}:role/leasehold-prod-act` &&
    form.get("ExternalId") === "leasehold-prod-example" &&
    form.get("RoleSessionName") === "leasehold";
  const [id, secret, token] = ["ASIAIOSFODNN7EXAMPLE", "EXAMPLE-SECRET", "EXAMPLE-TOKEN"];
  const xml = `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>2026-01-05T10:00:00Z</Expiration>`;
  return new Response(lets ? xml : "<Error><Code>AccessDenied</Code></Error>", { status: lets ? 200 : 403 });
}
const own = async () => ({ accessKeyId: "ASIAEXAMPLE", secretAccessKey: "EXAMPLE", sessionToken: "EXAMPLE" });
const keysOf = (externalId: string) =>
  hosted(places.in(here, memberOf(externalId)), own, { region: "eu-central-1", fetch: sts })();

it("is let in with the external id, and by no other", async () => {
  expect(await keysOf("leasehold-prod-example")).toMatchObject({ accessKeyId: "ASIAIOSFODNN7EXAMPLE" });
  await expect(keysOf("leasehold-test-example")).rejects.toMatchObject({
    name: "PermissionMissing",
    facts: { permission: "sts:AssumeRole" },
  });
});
