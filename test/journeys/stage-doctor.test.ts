import { dayOf, instantOf, later } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { type Asking, at, json, signIn, typed } from "./stage-terminal.ts";

const NO_NUMBER = { Id: "q0", Label: "x", Timestamps: [], Values: [] };

describe("doctor of a stage", () => {
  interface Told {
    readonly waysIn: readonly { readonly id: string; readonly at: string; readonly found: string }[];
    readonly connectors: readonly { readonly id: string; readonly refused: readonly object[] }[];
    readonly problems: readonly { readonly what: string; readonly next: string }[];
    readonly unseen?: readonly string[];
  }
  const of = (told: Told, id: string) => told.connectors.find((one) => one.id === id)?.refused;
  const ways = ({ problems }: Told) => problems.filter(({ what }) => /way in|refused/.test(what));
  const day = (ago: number) => dayOf(later(at.story.world.now, -24 * ago));

  /** As CloudWatch answers: each query by its own id, a number for each day on which there was one. */
  const refusing =
    (counts: Readonly<Record<string, readonly (readonly [ago: number, count: number])[]>>) =>
    ({ MetricDataQueries }: Asking) => ({
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
        const { service, connector, why } = Object.fromEntries(
          Metric.Dimensions.map(({ Name, Value }) => [Name, Value]),
        );
        const days = counts[`${service}/${connector}/${why}`] ?? [];
        const Timestamps = days.map(([ago]) => Date.parse(day(ago)) / 1_000);
        return { Id, Label: "x", Timestamps, Values: days.map(([, count]) => count), StatusCode: "Complete" };
      }),
    });
  beforeEach(() => signIn("bob"));

  it("knocks at each way in with no proof, which must refuse it, and shows who has none nothing", async () => {
    const told = await json<Told>("doctor");
    expect(told.waysIn).toEqual([
      expect.objectContaining({ id: "slack", at: `${at.stage.url}/in/slack`, found: "refuses" }),
    ]);
    expect(ways(told)).toEqual([]);
    const knocks = at.stage.seen.filter(({ path }) => path.startsWith("/in/"));
    expect(knocks.map(({ body, headers }) => [body, headers.authorization])).toEqual(
      knocks.map(() => ["{}", undefined]),
    );
    expect((await typed("doctor")).out).toMatch(/slack +- +http:.*\/in\/slack +refuses what is not signed/i);
  });

  it.each([
    [200, "open", /takes what is not signed/],
    [503, "other", /somebody else answers/],
    [307, "other", /somebody else answers/],
  ])("one that answers %i is %s, and needs somebody", async (status, found, what) => {
    at.door = status;
    const told = await json<Told>("doctor");
    expect(told.waysIn).toMatchObject([{ found }]);
    expect(ways(told)).toEqual([{ what: expect.stringMatching(what), next: expect.not.stringContaining("laptop") }]);
  });

  it("counts what was refused on each of seven days, by why, from the stage's own numbers", async () => {
    at.counted.answer = refusing({
      "prod/slack/signature": [[0, 2]],
      "prod/slack/unproved": [
        [0, 5],
        [3, 1],
      ],
      "other/slack/time": [[0, 9]],
    });
    const told = await json<Told>("doctor");
    const none = { unproved: 0, signature: 0, time: 0, content: 0 };
    expect(of(told, "slack")).toMatchObject([
      { day: day(0), counts: { ...none, signature: 2, unproved: 5 } },
      { day: day(3), counts: { ...none, unproved: 1 } },
    ]);
    expect(ways(told)).toMatchObject([
      { what: expect.stringMatching(/7 requests refused today: 2 signature, 5 without/) },
    ]);
    const [asked] = at.stage.seen.filter(({ headers }) => headers["x-amz-target"]?.includes("GetMetricData"));
    const { StartTime, EndTime, MetricDataQueries } = JSON.parse(asked?.body ?? "") as Asking;
    expect([StartTime, EndTime].map((at) => instantOf(at * 1_000))).toEqual([day(6), day(-1)]);
    expect(MetricDataQueries).toHaveLength(4); // of the one way in, one for each reason
    for (const { MetricStat } of MetricDataQueries) expect(MetricStat).toMatchObject({ Period: 86_400, Stat: "Sum" });
  });

  it("reads every page of them", async () => {
    const first = refusing({ "prod/slack/signature": [[0, 2]] });
    const second = refusing({ "prod/slack/signature": [[1, 3]] });
    at.counted.answer = (asking) => ("NextToken" in asking ? second(asking) : { ...first(asking), NextToken: "n" });
    expect(of(await json<Told>("doctor"), "slack")).toMatchObject([
      { day: day(0), counts: { signature: 2 } },
      { day: day(1), counts: { signature: 3 } },
    ]);
  });

  it.each([
    [400, { __type: "com.amazonaws#AccessDeniedException" }, /PermissionMissing, cloudwatch:GetMetricData/],
    [500, {}, /Unavailable/],
    [200, { odd: true }, /BadInput/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "InternalError" }] }, /Unavailable/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "PartialData" }] }, /Unavailable/],
    [200, { MetricDataResults: [{ ...NO_NUMBER, StatusCode: "Forbidden" }] }, /PermissionMissing, cloudwatch/],
    [200, { MetricDataResults: [], NextToken: "and so on for ever" }, /Unavailable/],
  ])("says what it could not see where the numbers are refused (%i), and all the rest", async (status, answer, why) => {
    at.counted = { status, answer: () => answer };
    const told = await json<Told>("doctor");
    expect(told.unseen).toEqual([expect.stringMatching(why)]);
    expect(told.waysIn).toHaveLength(1);
    expect(ways(told)).toEqual([]);
    expect((await typed("doctor")).out).toContain("how many requests the ways in refused");
  });
});
