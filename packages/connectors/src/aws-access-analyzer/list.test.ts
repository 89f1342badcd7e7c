import type { Page } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { accessKey, awsCredential, iamRole, type Live, loginProfile } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { awsAccessAnalyzer } from "./index.ts";
import { aFinding, sample, simulator, type World } from "./simulator.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const IAM = "arn:aws:iam::111122223333";
let world: World;
let live: Live<Api>;
beforeEach(() => {
  world = structuredClone(sample);
  const memory = { get: () => world, set: (next: World) => Object.assign(world, next) };
  live = simulator.live(
    memory,
    () => NOW,
    () => {},
  );
});

async function everything(): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    pages.push(await awsAccessAnalyzer.lists!.page(live.api, cursor, NOW));
    cursor = pages.at(-1)?.next;
  } while (cursor !== undefined);
  return pages;
}
const saidIn = (pages: readonly Page[]) =>
  pages.flatMap(({ signals }) =>
    (signals as readonly SignalOf<"access.judged">[]).map(({ judgement, about, says, open, whom }) => [
      ...[judgement, about, says, open ? "open" : "ended", whom],
    ]),
  );
const gapsIn = (pages: readonly Page[]) => pages.flatMap(({ gaps = [] }) => gaps.map(({ what }) => what));

describe("what analyzers have found", () => {
  it("is said of roles, secrets, keys and passwords, with its end; of a bucket nothing is, and of a role once", async () => {
    expect(saidIn(await everything())).toEqual([
      ["f-01", iamRole(`${IAM}:role/support`).id, "open to outsiders", "open", "999988887777"],
      [
        ...["f-02", awsCredential("arn:aws:secretsmanager:eu-west-1:111122223333:secret:agents/pii")],
        ...["open to outsiders", "open", "everybody"],
      ],
      ["f-04", iamRole(`${IAM}:role/old`).id, "open to outsiders", "ended", "999988887777"],
      ["f-06", iamRole(`${IAM}:role/old`).id, "unused", "open", undefined],
      ["f-07", accessKey("AKIAIOSFODNN7EXAMPLE"), "unused", "open", undefined],
      ["f-08", loginProfile(`${IAM}:user/deploy`), "unused", "ended", undefined],
      ["f-09", iamRole(`${IAM}:user/deploy`).id, "rights unused", "open", undefined],
      [
        ...["f-11", awsCredential("arn:aws:secretsmanager:us-east-1:111122223333:secret:maps")],
        ...["open to outsiders", "open", "999988887777"],
      ],
    ]);
  });

  it("is asked for page by page, and each key that nobody used is asked for once", async () => {
    await everything();
    const count = (verb: string) => live.calls?.filter((call) => call === `access-analyzer:${verb}`).length;
    expect([count("ListAnalyzers"), count("ListFindings"), count("GetFinding")]).toEqual([3, 5, 1]);
  });

  it("is dated by its own last change, so that its event and its list are one word", async () => {
    const [first] = (await everything())[0]?.signals ?? [];
    expect(first?.source).toMatchObject({ eventId: "f-01/ACTIVE", occurredAt: "2026-10-20T06:00:00.000Z" });
  });

  it.each<[title: string, change: () => void, gap: RegExp]>([
    ["that could not be looked at", () => {}, /^Access Analyzer could not look at .*role\/locked: ACCESS_DENIED[.]$/],
    [
      "in a Region where nobody looks",
      () => (world.analyzers = world.analyzers.filter(({ region }) => region === "eu-west-1")),
      /^In us-east-1 no analyzer .* outsiders may use[.]$/,
    ],
    [
      "by an analyzer that is off",
      () => Object.assign(world.analyzers[0] ?? {}, { status: "DISABLED" }),
      /^In eu-west-1 the analyzer outside does not run: DISABLED[.]$/,
    ],
  ])("is said not to be seen %s", async (_title, change, gap) => {
    change();
    expect(gapsIn(await everything())).toContainEqual(expect.stringMatching(gap));
  });

  it("of a key whose finding does not say which it is, is nothing", async () => {
    world.findings = [aFinding("f-1", "UnusedIAMUserAccessKey", `${IAM}:user/deploy`)];
    expect(saidIn(await everything())).toEqual([]);
  });

  it.each([`${IAM}:user/deploy`, "arn:aws:iam::444455556666:role/support", "arn:aws:iam::111122223333:root"])(
    "of %s, which is no role of this account, is nothing",
    async (resource) => {
      world.findings = [aFinding("f-1", "ExternalAccess", resource, { resourceType: "AWS::IAM::Role" })];
      expect(saidIn(await everything())).toEqual([]);
    },
  );

  it.each(["2", 'eu-west-1/findings {"analyzers":[]}', "eu-west-1/findings x", "eu-north-1/findings "])(
    "refuses the cursor %s of another form",
    async (cursor) => {
      await expect(awsAccessAnalyzer.lists!.page(live.api, cursor, NOW)).rejects.toMatchObject({
        facts: { where: "cursor" },
      });
    },
  );

  it("refuses a role of another account", async () => {
    const other = { account: "444455556666", regions: ["eu-west-1"], in: live.api.in };
    await expect(awsAccessAnalyzer.lists!.page(other, undefined, NOW)).rejects.toMatchObject({
      facts: { where: "account" },
    });
  });
});

it("the check names each right that is missing", async () => {
  expect(await awsAccessAnalyzer.check!(live.api)).toEqual([]);
  live.mood = "refusing";
  const missing = await awsAccessAnalyzer.check!(live.api);
  expect(missing).toHaveLength(6);
  expect(missing[0]).toMatch(/^Allow access-analyzer:ListAnalyzers in eu-west-1 to the role/);
});
