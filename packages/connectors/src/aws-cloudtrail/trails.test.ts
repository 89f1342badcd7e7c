import { Fault, type Instant } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { running } from "../../../../test/support/connectors.ts";
import type { Api } from "./api.ts";
import { gapsIn, OF_AGENTS, type Trail } from "./gaps.ts";
import { lister } from "./list.ts";
import { joined, recordedBy } from "./recorded.ts";
import { simulator } from "./simulator.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const EVERYTHING = { reads: true, writes: true, without: [], data: OF_AGENTS };
const trail = (more: Partial<Trail> = {}): Trail => ({
  ...{ name: "audit", logs: true, stopped: undefined, delivered: MONDAY, fault: undefined, recorded: EVERYTHING },
  ...more,
});
const said = (...trails: readonly Trail[]) => gapsIn("eu-west-1", trails, NOON).map(({ what }) => what);

describe("what a trail records, by its selectors", () => {
  const field = (Field: string, Equals: string[]) => ({ Field, Equals });
  const MANAGEMENT = field("eventCategory", ["Management"]);
  it.each([
    ["everything of management", { EventSelectors: [{}] }, { ...EVERYTHING, data: [] }],
    [
      "what changes alone",
      { EventSelectors: [{ ReadWriteType: "WriteOnly" as const }] },
      { reads: false, writes: true },
    ],
    ["what reads alone", { EventSelectors: [{ ReadWriteType: "ReadOnly" as const }] }, { reads: true, writes: false }],
    [
      "data alone",
      { EventSelectors: [{ IncludeManagementEvents: false, DataResources: [{ Type: "AWS::Lambda::Function" }] }] },
      { reads: false, writes: false, data: ["AWS::Lambda::Function"] },
    ],
    [
      "all but a service's",
      { EventSelectors: [{ ExcludeManagementEventSources: ["kms.amazonaws.com"] }] },
      { reads: true, without: ["kms.amazonaws.com"] },
    ],
    [
      "advanced: management",
      { AdvancedEventSelectors: [{ FieldSelectors: [MANAGEMENT] }] },
      { reads: true, writes: true },
    ],
    [
      "advanced: what changes",
      { AdvancedEventSelectors: [{ FieldSelectors: [MANAGEMENT, field("readOnly", ["false"])] }] },
      { reads: false, writes: true },
    ],
    [
      "advanced: what reads, and all but a service's",
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              ...[MANAGEMENT, field("readOnly", ["true"])],
              { Field: "eventSource", NotEquals: ["rdsdata.amazonaws.com"] },
            ],
          },
        ],
      },
      { reads: true, writes: false, without: ["rdsdata.amazonaws.com"] },
    ],
    [
      "advanced: data",
      {
        AdvancedEventSelectors: [
          { FieldSelectors: [field("eventCategory", ["Data"]), field("resources.type", ["AWS::Bedrock::AgentAlias"])] },
        ],
      },
      { reads: false, writes: false, data: ["AWS::Bedrock::AgentAlias"] },
    ],
    ["nothing", {}, { reads: false, writes: false, without: [], data: [] }],
  ])("%s", (_of, selectors, recorded) => {
    expect(recordedBy(selectors)).toMatchObject(recorded);
  });

  it("leaves out only what every trail leaves out that records management events", () => {
    const kms = { ...EVERYTHING, without: ["kms.amazonaws.com"] };
    const data = { reads: false, writes: false, without: [], data: ["AWS::S3::Object"] };
    expect(joined([kms, data]).without).toEqual(["kms.amazonaws.com"]);
    expect(joined([kms, EVERYTHING]).without).toEqual([]);
  });
});

describe("what nobody can see of a Region", () => {
  it.each([
    ["no trail", [], [/^In eu-west-1 there is no trail: .*90 days/]],
    ["one stopped", [trail({ logs: false, stopped: MONDAY })], [/audit is stopped since 2026-11-02/, /no trail runs/]],
    ["one of two stopped", [trail({ name: "old", logs: false }), trail()], [/old is stopped[.]$/]],
    ["one that cannot deliver", [trail({ fault: "AccessDenied" })], [/could not deliver its last file: AccessDenied/]],
    ["one that delivers nothing", [trail({ delivered: undefined })], [/has delivered nothing yet/]],
    ["one that delivers no more", [trail({ delivered: "2026-11-01T11:00:00.000Z" as Instant })], [/nothing since/]],
    ["no reads", [trail({ recorded: { ...EVERYTHING, reads: false } })], [/no trail records calls that only read/]],
    ["no changes", [trail({ recorded: { ...EVERYTHING, writes: false } })], [/that change something/]],
    [
      "no data",
      [trail({ recorded: { ...EVERYTHING, data: [] } })],
      [/no trail records calls to data of AWS::Bedrock::AgentAlias, .*AWS::S3::Object[.]$/],
    ],
    ["a service left out", [trail({ recorded: { ...EVERYTHING, without: ["kms.amazonaws.com"] } })], [/of kms/]],
    ["nothing that nobody records", [trail()], []],
    ["selectors that could not be read", [trail({ recorded: undefined })], []],
  ])("%s", (_of, trails, sentences) => {
    const all = said(...trails);
    expect(all).toHaveLength(sentences.length);
    sentences.forEach((sentence, n) => void expect(all[n]).toMatch(sentence));
  });

  it("is marked as stopped where somebody stopped it, and nowhere else", () => {
    const gaps = gapsIn("eu-west-1", [trail({ logs: false }), trail({ fault: "NoSuchBucket" })], NOON);
    expect(gaps.map((one) => one.stopped)).toEqual([true, undefined]);
  });
});

it("who names no account only listens, and says that nobody looked", async () => {
  const { signals, whole, gaps } = await lister.page(undefined, undefined, MONDAY);
  expect({ signals, whole }).toEqual({ signals: [], whole: false });
  expect(gaps).toMatchObject([{ what: expect.stringContaining("name the account") }]);
});

it("looks into every Region, also at what is recorded for all of them", async () => {
  const { live, calls } = running(simulator);
  const api = live.api as Api;
  const first = await lister.page(api, undefined, MONDAY);
  const second = await lister.page(api, first.next, MONDAY);
  expect(first.gaps?.map(({ what }) => what).join()).toMatch(
    /In eu-west-1 no trail records calls to data of .*AWS::RDS::DBCluster[.]$/,
  );
  expect(second.gaps?.map(({ what }) => what).join()).toMatch(
    /In us-east-1 no trail records calls to data of AWS::Bedrock::KnowledgeBase/,
  );
  expect(second.next).toBeUndefined();
  expect(calls).toHaveLength(2 + 2 * 3); // one for each Region, and two for each trail in it
});

it("says of which account it looked at each trail, and of none where one could not be read", async () => {
  const { live } = running(simulator);
  const api = live.api as NonNullable<Api>;
  expect((await lister.page(api, undefined, MONDAY)).looked).toEqual([{ tenant: "111122223333", type: "trail" }]);
  const send = api.in("eu-west-1");
  const denies = ((command: object) =>
    command.constructor.name === "GetTrailStatusCommand"
      ? Promise.reject(new Fault("PermissionMissing", "it may not", { permission: "cloudtrail:GetTrailStatus" }))
      : send(command as never)) as unknown as typeof send;
  const page = await lister.page({ ...api, in: () => denies }, undefined, MONDAY);
  expect(page.looked).toBeUndefined();
  expect(page.whole).toBe(false);
});
