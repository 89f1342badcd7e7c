import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { iamUserAccount } from "@leasehold/connectors/kit";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { fixturesOf } from "../../support/connectors.ts";
import { memoryWorld } from "../../support/memory-world.ts";
import { hours, seenKey } from "../../support/signals.ts";

const iam = await connectors["aws-iam"]();
const ADA = "AIDACKCEVSQ6C2EXAMPLE";
const MALLORY = "AIDAMALLORY6C2EXAMPLE";
const arnOf = (name: string) => `arn:aws:iam::111122223333:user/${name}`;
const KEY = "AKIAIOSFODNN7EXAMPLE";

type Json = Record<string, unknown>;

/** A call of IAM, by whoever had this name then: as CloudTrail records it. */
function called(
  file: string,
  by: readonly [name: string, uniqueId: string],
  at: number,
  over: Json,
): readonly Signal[] {
  const event = structuredClone(fixturesOf("aws-iam").find((one) => one.file === `${file}.json`)?.event);
  const { detail } = event as { readonly detail: Json };
  const [userName, principalId] = by;
  detail["userIdentity"] = { type: "IAMUser", principalId, arn: arnOf(userName), userName, accountId: "111122223333" };
  Object.assign(detail, { eventTime: hours(at), eventID: `${file}/${at}` }, over);
  return iam.listens?.normalise(iam.listens.event.parse(event)) ?? [];
}
const keyMade = (by: readonly [string, string], at: number, userName = "bot") =>
  called("create-access-key", by, at, {
    requestParameters: { userName },
    responseElements: { accessKey: { accessKeyId: KEY, userName, status: "Active" } },
  });
const userMade = (by: readonly [string, string], at: number, userName = "bot") =>
  called("create-user", by, at, {
    requestParameters: { userName },
    responseElements: { user: { path: "/", userName, userId: "AIDABOT0000002EXAMPLE", arn: arnOf(userName) } },
  });
const renamed = (by: readonly [string, string], at: number, userName: string, newUserName: string) =>
  called("update-user-name", by, at, { requestParameters: { userName, newUserName } });

async function told(signals: readonly Signal[]): Promise<Who> {
  const world = memoryWorld();
  world.now = hours(900);
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, KEY);
}
const listed = (userName: string, at: number, createdAt: number): Signal =>
  seenKey({ createdAt: hours(createdAt) }, hours(at), KEY, arnOf(userName));

describe("an IAM user is whom AWS gave the id, and not whoever has the name", () => {
  const [ada, mallory] = [iamUserAccount(arnOf("ada"), ADA), iamUserAccount(arnOf("mallory"), MALLORY)];

  it.each<[string, readonly Signal[], string]>([
    ["who made it", keyMade(["ada", ADA], 1), ada],
    ["who has been renamed since", keyMade(["ada-old", ADA], 1), ada],
    ["who had taken another's name", keyMade(["ada", MALLORY], 1), mallory],
  ])("%s answers for it", async (_title, signals, whose) => {
    const { owner, candidates } = await told(signals);
    expect(owner).toMatchObject({ account: whose, word: "likely" });
    expect(candidates).toHaveLength(1);
  });

  it("two who had one name are two, and neither is likely by what the other made", async () => {
    const answer = await told([...userMade(["ada", ADA], 1), ...keyMade(["ada", MALLORY], 2)]);
    expect(answer.candidates.map(({ account }) => account).sort()).toEqual([ada, mallory].sort());
    expect(["possible", "unknown"]).toContain(answer.owner?.word);
  });
});

describe("who made an identity, where its name went from one to another", () => {
  const ADAS: readonly [string, string] = ["ada", ADA];
  const MALLORYS: readonly [string, string] = ["mallory", MALLORY];
  const sentence = expect.stringContaining("was renamed");

  it.each<[string, readonly Signal[]]>([
    [
      "made what was renamed before",
      [...userMade(ADAS, 1), ...renamed(MALLORYS, 2, "bot", "old"), ...renamed(MALLORYS, 3, "mine", "bot")],
    ],
    ["made what has been renamed since", [...userMade(ADAS, 1), ...renamed(MALLORYS, 8, "bot", "old")]],
    [
      "took the name and gave it back",
      [
        ...userMade(MALLORYS, 1, "mine"),
        ...renamed(MALLORYS, 2, "mine", "bot"),
        ...renamed(MALLORYS, 4, "bot", "mine"),
        ...userMade(ADAS, 1),
      ],
    ],
  ])("answers for nothing by that alone: whoever %s", async (_title, signals) => {
    for (const order of [signals, signals.toReversed()]) {
      const answer = await told([...order, listed("bot", 9, 5)]);
      expect(answer.owner).toBeUndefined();
      expect(answer.notVisible).toContainEqual(sentence);
    }
  });

  it("still answers for the key whose making was seen: that has an id of its own", async () => {
    const answer = await told([...keyMade(ADAS, 1), ...userMade(ADAS, 1), ...renamed(MALLORYS, 2, "bot", "old")]);
    expect(answer.owner).toMatchObject({ account: iamUserAccount("", ADA), word: "likely" });
  });

  it("is not whoever made another of that name after the key had been made", async () => {
    const answer = await told([...userMade(MALLORYS, 6), listed("bot", 9, 5)]);
    expect(answer.owner).toBeUndefined();
    const before = await told([...userMade(MALLORYS, 4), listed("bot", 9, 5)]);
    expect(before.owner).toMatchObject({ account: iamUserAccount("", MALLORY), word: "likely" });
  });
});
