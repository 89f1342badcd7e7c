import { millisOf } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../../test/support/clock.ts";
import type { Api } from "../api.ts";
import { sessionsLogged } from "./logged.ts";

const HOME = "/aws/bedrock-agentcore/runtimes/";
const runtime = { region: "eu-west-1", id: "search-aBcDeFgH12", arn: "arn:…" };
const UUID = "53c843b1-0000-4000-8000-000000000000";
const ID = "7a322d83-af0a-470d-a270-031f98f9b319";

/** An account whose logs answer with these names, whatever is asked for. */
function answering(groups: readonly string[], streams: readonly object[]): Pick<Api, "ask" | "now"> {
  return {
    now: () => MONDAY,
    ask: async (_region, permission) =>
      permission === "logs:DescribeLogGroups"
        ? { logGroups: groups.map((logGroupName) => ({ logGroupName })) }
        : { logStreams: streams },
  };
}
const found = async (groups: readonly string[], streams: readonly object[]) =>
  (await sessionsLogged(answering(groups, streams) as Api, runtime, 3_600)).map(({ endpoint, id }) => [endpoint, id]);

it.each<[title: string, name: string, id: string | undefined]>([
  ["a session", `2026/11/02/[runtime-logs-${ID}]${UUID}`, ID],
  [
    "one whose id its caller made up",
    `2026/11/02/[runtime-logs-ada@example.com_[${ID}]]${UUID}`,
    `ada@example.com_[${ID}]`,
  ],
  ["an environment without one", `2026/11/02/[runtime-logs]${UUID}`, undefined],
  ["an id that AgentCore takes for none", `2026/11/02/[runtime-logs-short]${UUID}`, undefined],
  ["an id that would end a header", `2026/11/02/[runtime-logs-${ID}\r\nx: y]${UUID}`, undefined],
  ["what the agent calls a stream itself", `[runtime-logs-${ID}]`, undefined],
  ["traces", "otel-rt-logs", undefined],
])("of a stream's name is read: %s", async (_title, logStreamName, id) => {
  const streams = [{ logStreamName, creationTime: millisOf(MONDAY) }];
  expect(await found([`${HOME}${runtime.id}-DEFAULT`], streams)).toEqual(id === undefined ? [] : [["DEFAULT", id]]);
});

it.each<[title: string, times: object, is: boolean]>([
  ["made a minute ago", { creationTime: millisOf(MONDAY) - 60_000 }, true],
  ["made yesterday and written to since", { creationTime: 0, lastEventTimestamp: millisOf(MONDAY) - 60_000 }, true],
  ["made yesterday", { creationTime: millisOf(MONDAY) - 86_400_000, lastEventTimestamp: null }, false],
])("of streams one counts that was %s: %j", async (_title, times, is) => {
  const streams = [{ logStreamName: `2026/11/02/[runtime-logs-${ID}]${UUID}`, ...times }];
  expect(await found([`${HOME}${runtime.id}-DEFAULT`], streams)).toEqual(is ? [["DEFAULT", ID]] : []);
});

it.each([
  `${HOME}${runtime.id}-other-aBcDeFgH34-DEFAULT`,
  `${HOME}${runtime.id}-`,
  `${HOME}search-aBcDeFgH1234-DEFAULT`,
  `/elsewhere/${runtime.id}-DEFAULT`,
])("a group that is no endpoint's of this runtime is left alone, though it was answered: %s", async (group) => {
  const streams = [{ logStreamName: `2026/11/02/[runtime-logs-${ID}]${UUID}`, creationTime: millisOf(MONDAY) }];
  expect(await found([group], streams)).toEqual([]);
});

it("what has another shape than AWS's is no empty list", async () => {
  const odd = { now: () => MONDAY, ask: async () => ({ logGroups: "none" }) } as unknown as Api;
  await expect(sessionsLogged(odd, runtime, 3_600)).rejects.toMatchObject({ name: "Unavailable" });
});
