import { FAULTS } from "@leasehold/core/kernel";
import { SIGNAL_KINDS } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { json, rooms } from "./tree.ts";

/** What others build on. Red means "say so in the changelog", not "forbidden". */
const DOORS = {
  api: { "./*": "./src/*/index.ts" },
  app: { "./*": "./src/*/index.ts" },
  cli: { "./*": "./src/*/index.ts" },
  connectors: { ".": "./src/index.ts", "./kit": "./kit/index.ts", "./simulators": "./simulators/index.ts" },
  core: { "./*": "./src/*/index.ts" },
  functions: { "./*": "./src/*/index.ts" },
  local: { "./*": "./src/*/index.ts" },
  store: { "./*": "./src/*/index.ts" },
  workflows: { ".": "./src/index.ts" },
};

const manifest = (room: string) => json(`packages/${room}/package.json`);

it("the packages and their doors", () => {
  expect(Object.fromEntries(rooms().map((room) => [room, manifest(room)["exports"]]))).toStrictEqual(DOORS);
});

it("one version, one licence and one floor for the whole repository", () => {
  const { version, license } = json("package.json");
  expect(license).toBe("Apache-2.0");
  for (const room of rooms())
    expect(manifest(room)).toMatchObject({
      name: `@leasehold/${room}`,
      version,
      license,
      type: "module",
      private: true,
    });
});

it("the one command", () => {
  const commands = rooms().flatMap((room) => Object.entries(manifest(room)["bin"] ?? {}));
  expect(commands).toEqual([["leasehold", "./bin/leasehold.cjs"]]);
});

it("the signals", () => {
  expect([...SIGNAL_KINDS].sort()).toEqual([
    "access.judged",
    "access.refused",
    "account.seen",
    "credential.deleted",
    "credential.disabled",
    "credential.exposed",
    "credential.issued",
    "credential.restored",
    "credential.seen",
    "grant.created",
    "grant.revoked",
    "identity.changed",
    "identity.created",
    "identity.deleted",
    "identity.exposed",
    "identity.seen",
    "person.held",
    "person.joined",
    "person.left",
    "person.linked",
    "person.moved",
    "person.purged",
    "person.reinstated",
    "person.unlinked",
    "person.vanished",
    "pipeline.ran",
    "repository.owned",
    "secret.read",
    "secret.stored",
    "session.issued",
  ]);
});

it("the faults, and what to do about each", () => {
  expect(FAULTS).toEqual({
    Throttled: "retry",
    Unavailable: "retry",
    Conflict: "retry",
    StalePlan: "retry",
    PermissionMissing: "grant-permission",
    Braked: "ask-human",
    StoreFull: "free-space",
    BadInput: "fix-input",
    Unreachable: "fix-code",
    Unexpected: "fix-code",
  });
});
