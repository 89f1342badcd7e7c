import type { CredentialId, Instant } from "@leasehold/core/kernel";
import { beforeEach, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, hours, seenKey } from "../../../../test/support/signals.ts";
import { gapsOf } from "../question/index.ts";
import { sweepEstate } from "./sweep-estate.ts";

const OTHER = "AKIAI44QH8DHBEXAMPLE";
const INS = "ssoins-1234567890abcdef";
const SET = `arn:aws:sso:::permissionSet/${INS}/ps-1234567890abcdef`;

let world: MemoryWorld;
let aws: Listed;
beforeEach(async () => {
  aws = listed("aws-iam", "AWS IAM");
  world = memoryWorld([aws]);
  await world.ledger.installed(hours(-24));
  world.pass(48);
});
const stateOf = async (id: CredentialId) => (await world.graph.node(id))?.value.subject.facts["state"]?.value;

it.each<[string, object, object, string]>([
  ["its account left the configuration", { tenant: "444455556666" }, {}, "444455556666"],
  ["another instance was configured", { handle: { permissionSet: SET } }, { region: "ssoins-fedcba0987654321" }, INS],
])("is neither gone nor looked at where %s, and that is said until it is back", async (_title, over, page, where) => {
  aws.pages = [[seenKey(), seenKey(over, hours(0), OTHER)]];
  await sweepEstate(world, "aws-iam");
  expect(await gapsOf(world)).not.toContainEqual(expect.stringContaining(where));
  world.pass(24);
  const before = aws.page!;
  const within = async (cursor: string | undefined, now: Instant) => ({ ...(await before(cursor, now)), ...page });
  Object.assign(aws, { pages: [[seenKey()]], page: within });
  for (const cut of [false, true]) {
    aws.cut = cut;
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: !cut, gone: [] });
    expect(await stateOf(accessKey(OTHER))).toBe("on");
    expect(await gapsOf(world)).toContainEqual(expect.stringMatching(`Not looked at, .*: ${where}\\.`));
  }
  Object.assign(aws, { pages: [[seenKey(), seenKey(over, hours(0), OTHER)]], page: before, cut: false });
  await sweepEstate(world, "aws-iam");
  expect(await gapsOf(world)).not.toContainEqual(expect.stringContaining(where));
});

it("names a few of the accounts that nobody looks at, and counts the others", async () => {
  const key = (n: number) => seenKey({ tenant: `44445555000${n}` }, hours(0), `AKIAI${n}4QH8DHBEXAMPLE`);
  aws.pages = [[seenKey(), ...[1, 2, 3, 4, 5, 6, 7].map(key)]];
  await sweepEstate(world, "aws-iam");
  aws.pages = [[seenKey()]];
  await sweepEstate(world, "aws-iam");
  expect(await gapsOf(world)).toContainEqual(expect.stringContaining("444455550005, 2 more."));
});
