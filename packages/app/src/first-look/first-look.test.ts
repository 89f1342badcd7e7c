import { derivedId } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { byUser, NOBODY } from "../../../../test/support/signals.ts";
import { type Story, story } from "../../../../test/support/story.ts";
import { ingest } from "../ingest/index.ts";
import { firstLook } from "./index.ts";

const identity = (name: string) => ({ id: derivedId("idn", "aws", name), realm: "aws", name });
const said = (kind: string, name: string, { world: { now } }: Story, more: object) =>
  Signal.parse({
    ...{ kind, source: { connector: "aws-bedrock", eventId: `${kind}/${name}`, occurredAt: now } },
    ...{ tenant: "111122223333", identity: identity(name), ...more },
  });
const made = (name: string, one: Story, type: string, by: object, more: object = {}) =>
  said("identity.created", name, one, { type, by, ...more });
const listed = (name: string, one: Story, serviceName: string, more: object = {}) =>
  said("credential.seen", `BedrockAPIKey-${name}`, one, {
    ...{
      credential: derivedId("crd", "aws", name),
      type: "service-specific credential",
      state: "on",
      reach: "unknown",
    },
    ...{ handle: { account: "111122223333", serviceName }, createdAt: "2026-01-05T08:00:00.000Z", ...more },
  });
const look = async (one: Story, ...signals: readonly Signal[]) => {
  await ingest(one.world, signals, { live: true, recordedAt: one.world.now });
  return firstLook(one.world);
};

describe("the first look at an estate", () => {
  it("names what acts by itself and nobody answers for, and why; not what somebody answers for, nor what is gone", async () => {
    const one = await story();
    const { agents } = await look(
      one,
      ...[made("of-nobody", one, "agent", NOBODY), made("of-ada", one, "agent", byUser("ada"))],
      ...[made("runs", one, "runtime", NOBODY), made("reads", one, "knowledge base", NOBODY)],
      ...[made("gone", one, "flow", NOBODY), said("identity.deleted", "gone", one, { by: NOBODY })],
    );
    expect(agents.map(({ name, type, because }) => [name, type, because]).sort()).toEqual([
      ["of-nobody", "agent", "Nobody is a candidate."],
      ["runs", "runtime", "Nobody is a candidate."],
    ]);
    await one.leaves();
    const { agents: later } = await firstLook(one.world);
    expect(later.find(({ name }) => name === "of-ada")?.because).toBe("Its owner has left.");
  });

  it("names the servers that ask nobody who calls them, whoever answers for them", async () => {
    const one = await story();
    const { naked } = await look(
      one,
      made("open", one, "gateway", byUser("ada"), { authorizer: "NONE" }),
      made("asks", one, "gateway", byUser("ada"), { authorizer: "CUSTOM_JWT" }),
    );
    expect(naked.map(({ name }) => name)).toEqual(["open"]);
  });

  it("names the keys of Bedrock's that are on for ever, and no others", async () => {
    const one = await story();
    const [bedrock, git] = ["bedrock.amazonaws.com", "codecommit.amazonaws.com"];
    const { expireless } = await look(
      one,
      ...[listed("for-ever", one, bedrock), listed("off", one, bedrock, { state: "off" })],
      ...[listed("ends", one, bedrock, { expiresAt: "2026-12-05T08:00:00.000Z" }), listed("git", one, git)],
    );
    expect(expireless).toEqual([
      {
        ...{ credential: derivedId("crd", "aws", "for-ever"), name: "BedrockAPIKey-for-ever" },
        ...{ tenant: "111122223333", createdAt: "2026-01-05T08:00:00.000Z" },
      },
    ]);
  });

  it("opens nothing, tells nobody and leaves no finding", async () => {
    const one = await story();
    const { ownerless, credentials } = await look(one, listed("nobodys", one, "bedrock.amazonaws.com"));
    expect(credentials).toBeGreaterThan(ownerless.length);
    expect(ownerless.map(({ name }) => name)).toContain("BedrockAPIKey-nobodys");
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect([...one.estate.messages.values()].flat()).toEqual([]);
    expect((await one.world.findings.list()).items).toEqual([]);
  });
});
