import type { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { emailAccount, identityCenterAccount, oktaAccount } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { lister } from "./index.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const STORE = "d-1234567890";
const ID = "01234561-89ab-cdef-0123-456789abcdef";
const seen = async (user: object) => {
  const send = async () => ({ Users: [{ UserId: ID, UserStatus: "ENABLED", ...user }] });
  const api = { account: "111122223333", identityStoreId: STORE, send } as unknown as Api;
  return (await lister.page(api, undefined, MONDAY)).signals[0];
};
const AT = { CreatedAt: new Date("2026-01-05T08:00:00Z"), UpdatedAt: new Date("2026-09-01T08:00:00Z") };

it("is dated by the last change, then by the making, then by the look", async () => {
  expect((await seen(AT))?.source.occurredAt).toBe("2026-09-01T08:00:00.000Z");
  expect((await seen({ CreatedAt: AT.CreatedAt }))?.source.occurredAt).toBe("2026-01-05T08:00:00.000Z");
  expect((await seen({}))?.source.occurredAt).toBe(MONDAY);
});

it("says the same of the same, so that seeing somebody again is no new fact", async () => {
  expect(await seen(AT)).toEqual(await seen(AT));
});

it.each([
  ["https://example.okta.com", "00u1EXAMPLE", [oktaAccount("example", "00u1EXAMPLE")]],
  ["https://example.oktapreview.com/app/exk1", "00u1EXAMPLE", [oktaAccount("example", "00u1EXAMPLE")]],
  ["https://example.okta.com.evil.example.com", "00u1EXAMPLE", []],
  ["https://sts.windows.net/11112222", "8f7e", []],
])("an external id of %s", async (Issuer, Id, accounts) => {
  const user = await seen({ ExternalIds: [{ Issuer, Id }] });
  expect(user).toMatchObject({ sameAs: accounts.map((account) => ({ account, how: "external-id" })) });
});

it("links by the primary address, and by none where there is no address", async () => {
  const Emails = [{ Value: "other@example.com" }, { Value: "Ada@Example.com", Primary: true }];
  expect(await seen({ Emails })).toMatchObject({
    email: "Ada@Example.com",
    sameAs: [{ account: emailAccount("ada@example.com"), how: "email" }],
  });
  expect(await seen({ Emails: [{ Value: "no address", Primary: true }] })).toMatchObject({ sameAs: [] });
});

it.each([
  ["Europe/Berlin", "Europe/Berlin"],
  ["somewhere", undefined],
])("takes %j for the time zone %j", async (Timezone, timeZone) => {
  expect((await seen({ Timezone })) as { timeZone?: string }).toHaveProperty("kind", "account.seen");
  expect(((await seen({ Timezone })) as { timeZone?: string }).timeZone).toBe(timeZone);
});

it("reads manager, team and number where the extension has them, and leaves the rest of it", async () => {
  const enterprise = { employeeNumber: "1815", department: "Search", manager: { value: "boss" }, costCenter: "CANARY" };
  const user = await seen({ Extensions: { "aws:identitystore:enterprise": enterprise } });
  expect(user).toMatchObject({ employeeNumber: "1815", team: "Search", manager: identityCenterAccount(STORE, "boss") });
  expect(JSON.stringify(user)).not.toContain("CANARY");
  expect(await seen({ Extensions: { "aws:identitystore:enterprise": { manager: "boss" } } })).not.toHaveProperty(
    "manager",
  );
});
