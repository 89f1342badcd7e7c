import type { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import type { Api } from "./api.ts";
import { check } from "./inventory/index.ts";
import { people } from "./people.ts";
import { simulator } from "./simulator.ts";

const HANDLE = {
  account: "111122223333",
  identityStoreId: "d-1234567890",
  userId: "01234561-89ab-cdef-0123-456789abcdef",
};
const api = (send: () => Promise<unknown>) =>
  ({ account: "111122223333", identityStoreId: "d-1234567890", send }) as unknown as Api;
const failing = (name: string, over: object = {}) =>
  api(() => Promise.reject(Object.assign(new Error("as the service says it"), { name, ...over })));
const missing = (ResourceType?: string) => failing("ResourceNotFoundException", { ResourceType });

it.each([
  ["USER", "gone"],
  ["GROUP", "unknown"],
  [undefined, "unknown"],
])("%s not found is %s", async (type, state) => {
  expect(await people.read(missing(type), HANDLE)).toBe(state);
});

it("does not take a wrong identity store for a directory that everybody left", async () => {
  await expect(people.read(missing("IDENTITY_STORE"), HANDLE)).rejects.toMatchObject({ name: "BadInput" });
});

it("takes no user of another store, and does not even ask", async () => {
  let asked = false;
  const other = api(async () => {
    asked = true;
  });
  const elsewhere = { ...HANDLE, identityStoreId: "d-0987654321" };
  await expect(people.read(other, elsewhere)).rejects.toMatchObject({ name: "BadInput" });
  expect(asked).toBe(false);
});

it.each([
  ["AccessDeniedException", "PermissionMissing"],
  ["ThrottlingException", "Throttled"],
  ["InternalServerException", "Unavailable"],
])("%s is a fault, and no answer", async (name, fault) => {
  const $metadata = { httpStatusCode: name.startsWith("Internal") ? 500 : 400 };
  await expect(people.read(failing(name, { $metadata }), HANDLE)).rejects.toMatchObject({ name: fault });
});

it("says what to allow, and asks for nobody who exists", async () => {
  expect(await check(failing("AccessDeniedException"))).toEqual([
    "Allow identitystore:ListUsers on identity store d-1234567890 to the role that Leasehold uses in account 111122223333.",
    "Allow identitystore:DescribeUser on identity store d-1234567890 to the role that Leasehold uses in account 111122223333.",
  ]);
  expect(await check(missing("IDENTITY_STORE"))).toEqual([
    "There is no identity store d-1234567890 here: correct identityStoreId or region.",
  ]);
  await expect(check(failing("ThrottlingException"))).rejects.toMatchObject({ name: "Throttled" });
});

it("finds nothing missing where all is allowed", async () => {
  const memory = { get: () => simulator.sample!.world, set: () => {} };
  const live = simulator.live(
    memory,
    () => "2026-11-02T09:00:00.000Z" as Instant,
    () => {},
  );
  expect(await check(live.api)).toEqual([]);
});
