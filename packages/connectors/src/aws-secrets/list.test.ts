import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { accessKey, iamRole } from "../../kit/index.ts";
import { awsSecrets } from "./index.ts";
import { readersOf } from "./inventory/readers.ts";
import { aSecret, sample, type World } from "./simulated-account.ts";
import { simulator } from "./simulator.ts";

const NOW: Instant = instantOf(Date.parse("2026-11-02T09:00:00Z"));
const APP = "arn:aws:iam::111122223333:role/app";

function over(world: World) {
  const memory = { get: () => world, set: () => {} };
  return simulator.live(
    memory,
    () => NOW,
    () => {},
  );
}

async function listed(live = over(structuredClone(sample))): Promise<readonly SignalOf<"credential.seen">[]> {
  const signals: SignalOf<"credential.seen">[] = [];
  let cursor: string | undefined;
  do {
    const page = await awsSecrets.lists!.page(live.api, cursor, NOW);
    signals.push(...page.signals.filter((one) => one.kind === "credential.seen"));
    cursor = page.next;
  } while (cursor !== undefined);
  return signals;
}
const named = async (name: string, region = "eu-west-1") =>
  (await listed()).find(({ handle }) => handle["name"] === name && handle["region"] === region);

it.each([
  ["an access key's id in its description", "prod/deploy", [accessKey("AKIAIOSFODNN7EXAMPLE")]],
  ["an access key's id in a tag", "/prod/search/other", [accessKey("AKIAI44QH8DHBEXAMPLE")]],
  ["nothing that is an id", "prod/search", []],
])("says by %s what is kept in it", async (_title, name, keeps) => {
  expect((await named(name))?.keeps).toEqual(keeps);
});

it("tells a secret whose name ends as an ARN does from the one without that end", async () => {
  const secrets = ["a", "a-ab12cd", "a-secret"].map((name) => aSecret(name));
  const seen = await listed(over({ ...structuredClone(sample), regions: ["eu-west-1"], secrets, parameters: [] }));
  expect(seen.map(({ handle }) => handle["name"])).toEqual(["a", "a-ab12cd", "a-secret"]);
  expect(new Set(seen.map(({ credential }) => credential)).size).toBe(3);
});

it("keeps no word of what people wrote", async () => {
  const kept = JSON.stringify(await listed());
  expect(kept).not.toMatch(/of deploy|AKIA|ada@example|grace@example/);
});

it("knows since when a secret has its value by its current version, and not by its last change", async () => {
  expect((await named("prod/deploy"))?.storedAt).toBe("2026-09-01T08:00:00.000Z");
  expect((await named("prod/search"))?.storedAt).toBe("2026-01-05T08:00:00.000Z");
});

it("tells a secret that is to be deleted as switched off, and leaves it on the list", async () => {
  expect(await named("old/search")).toMatchObject({ state: "off", lastUsed: null });
});

const one = (Principal: unknown, more: object = {}) =>
  JSON.stringify({
    Statement: { Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*", ...more },
  });
const app = [iamRole(APP).id];
it.each<[string, string | undefined, unknown]>([
  ["has no policy of its own", undefined, []],
  ["names a role", one({ AWS: APP }), app],
  ["names a role whose path it tells", one({ AWS: ["arn:aws:iam::111122223333:role/x/app"] }), app],
  ["names a role and somebody who is deleted", one({ AWS: [APP, "AROAEXAMPLEID1234567"] }), app],
  ["lets it do everything", one({ AWS: APP }, { Action: ["secretsmanager:*"] }), app],
  ["lets it read under a condition", one({ AWS: APP }, { Condition: { Bool: { "aws:x": "true" } } }), app],
  ["lets it look, and not read", one({ AWS: APP }, { Action: "secretsmanager:DescribeSecret" }), []],
  ["denies", one({ AWS: APP }, { Effect: "Deny" }), []],
  ["names a service", one({ Service: "lambda.amazonaws.com" }), []],
  ["names a whole account", one({ AWS: "arn:aws:iam::111122223333:root" }), null],
  ["names everybody", one("*"), null],
  ["names everybody but one", one(undefined, { NotPrincipal: { AWS: APP } }), null],
  ["names more than are kept", one({ AWS: Array.from({ length: 17 }, (_, n) => `${APP}${n}`) }), null],
  ["cannot be read", "{", undefined],
])("of a secret whose policy %s, says whom it lets read", (_title, policy, readers) => {
  expect(readersOf(policy)).toEqual(readers);
});

it("never makes a call that is answered with a value", async () => {
  const live = over(structuredClone(sample));
  await listed(live);
  expect(live.calls?.filter((call) => /Value|GetParameter/.test(call))).toEqual([]);
});

it("makes two calls for a secret beside the pages", async () => {
  const secrets = ["a", "b", "c", "d"].map((name) => aSecret(name));
  const live = over({ ...structuredClone(sample), regions: ["eu-west-1"], secrets, parameters: [] });
  await listed(live);
  expect(live.calls).toHaveLength(2 + 1 + 4 * 2); // pages of two, and a list of parameters that is empty
});

it("refuses a role of another account", async () => {
  const { api } = over(structuredClone(sample));
  const { secrets, parameters } = api;
  const other = { account: "444455556666", regions: ["eu-west-1"], secrets, parameters };
  await expect(awsSecrets.lists!.page(other, undefined, NOW)).rejects.toMatchObject({ facts: { where: "account" } });
});

it("says what is missing, right by right", async () => {
  const live = over(structuredClone(sample));
  expect(await awsSecrets.check!(live.api)).toEqual([]);
  live.mood = "refusing";
  expect(await awsSecrets.check!(live.api)).toContain(
    "Allow ssm:DescribeParameters in us-west-2 to the role that Leasehold uses in account 111122223333.",
  );
});
