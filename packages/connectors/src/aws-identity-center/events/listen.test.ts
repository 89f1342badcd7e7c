import { readFileSync } from "node:fs";
import type { SignalOf } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { listener } from "./index.ts";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8")) as {
    event: { detail: object };
  };
const say = (event: unknown) => listener.normalise(listener.event.parse(event));

it("makes one account of every form in which one removal is said", () => {
  const forms = ["user-deleted", "user-deleted-by-resources", "delete-user", "delete-user-older"];
  const said = forms.flatMap((name) => say(fixture(name).event)) as SignalOf<"person.left">[];
  expect(said).toHaveLength(forms.length);
  expect(new Set(said.map(({ account }) => account)).size).toBe(1);
  expect(new Set(said.map(({ handle }) => JSON.stringify(handle))).size).toBe(1);
});

it.each([
  ["identity-store-id", "user-id"],
  ["identityStoreId", "userId"],
  ["IdentityStoreId", "UserId"],
])("finds the person under %s and %s", (store, user) => {
  const { event } = fixture("user-deleted-of-nobody");
  const detail = { [store]: "d-1234567890", [user]: "01234567-89ab-cdef-0123-456789abcdef" };
  expect(say({ ...event, detail })).toMatchObject([{ kind: "person.left" }]);
});

it("takes a field of another type for one that is not there", () => {
  const { event } = fixture("user-deleted");
  expect(say({ ...event, detail: { "user-id": { value: "x" }, "identity-store-id": 7 } })).toMatchObject([
    { kind: "person.left", handle: { identityStoreId: "d-1234567890" } }, // from `resources`
  ]);
});

it("hands a notification through as it is, and wraps a trail's record", () => {
  const native = fixture("user-deleted").event;
  expect(listener.envelope?.(native)).toEqual(native);
  const { event } = fixture("delete-user");
  expect(say(listener.envelope?.(event.detail))).toEqual(say(event));
});
