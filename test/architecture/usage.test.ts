import { matches } from "@leasehold/local/pattern";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../../packages/connectors/kit/index.ts";
import { checkGiven } from "../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../stacks/tables/lambdas.ts";
import { routingOf } from "../../stacks/tables/routing.ts";
import home, { alone } from "../../test/infra/stages/home.config.ts";
import hub from "../../test/infra/stages/hub.config.ts";
import { fixturesOf } from "../support/connectors.ts";

const call = fixturesOf("aws-cloudtrail").find(({ file }) => file.startsWith("call-refused")) as {
  event: { detail: object };
};
const CODES = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Unauthorized", "NotAuthorized"];
const refusedCodes = [...CODES, "UnauthorizedException", ...CODES.map((code) => `Client.${code}`)];
const RULES = [3, 0, 0]; // direct, hops, arriving
const isTable = (one: string) => one.endsWith("leasehold-prod-table");

describe("calls made with credentials", () => {
  const heardAs = (settings: object) =>
    checkGiven("prod", { ...hub, connectors: { ...hub.connectors, "aws-cloudtrail": { settings } } });
  const usageOf = ({ direct, hops, arriving }: ReturnType<typeof routingOf>) =>
    [direct, hops, arriving].map((some) => some.filter(({ route }) => route === "usage").length);

  it.each([
    ["are heard at home alone, where the settings ask for it", { usage: "bus" }, RULES],
    ["are heard at home alone, the refused ones, where they ask for those", { usage: "refused" }, RULES],
    ["are heard nowhere where they do not", {}, [0, 0, 0]],
  ])("%s", async (_title, settings, rules) => {
    expect(usageOf(routingOf(await heardAs(settings)))).toEqual(rules);
  });

  it("wait in line for one function, which may write records, that the source was heard, and nothing else", async () => {
    const given = await heardAs({ usage: "bus" });
    const all = lambdasOf(given, stageOf(given, routingOf(given))).filter(({ called }) => /-usage$/.test(called));
    expect(all.map(({ called }) => called)).toEqual(["leasehold-prod-record-usage"]);
    const verbs = all.flatMap(({ statements }) => statements).flatMap(({ actions }) => actions);
    expect(verbs.filter((verb) => !/^(logs|sqs):/.test(verb)).sort()).toEqual(
      ["GetItem", "GetItem", "PutItem", "PutItem"].map((verb) => `dynamodb:${verb}`),
    );
    const table = all.flatMap(({ statements }) => statements).filter(({ resources }) => resources.some(isTable));
    expect(table.map(({ conditions }) => conditions?.map(({ variable, values }) => [variable, values]))).toEqual([
      [["dynamodb:LeadingKeys", ["heard"]]],
    ]);
  });
});

it.each(refusedCodes)(
  "of calls that were refused every code that is taken for a refusal is routed: %s",
  async (errorCode) => {
    const given = await checkGiven("prod", {
      ...hub,
      connectors: { ...hub.connectors, "aws-cloudtrail": { settings: { usage: "refused" } } },
    });
    const rules = routingOf(given).direct.filter(({ route }) => route === "usage");
    const event = (detail: object) => ({ ...call.event, detail: { ...call.event.detail, ...detail } });
    expect(isRefusal(errorCode)).toBe(true);
    expect(rules.some(({ pattern }) => matches(pattern, event({ errorCode })))).toBe(true);
    for (const other of [{ errorCode: undefined }, { errorCode: "NoSuchKey" }, { errorCode: "ThrottlingException" }])
      expect(rules.some(({ pattern }) => matches(pattern, JSON.parse(JSON.stringify(event(other)))))).toBe(false);
  },
);

it.each([
  ["nothing of CloudTrail's where it only listens", {}, []],
  [
    "what its trails are and what was called, where it names the account",
    { account: hub.aws?.account, source: "host", regions: ["eu-west-1"] },
    ["DescribeTrails", "GetEventSelectors", "GetTrailStatus", "LookupEvents"],
  ],
])("it may read %s", async (_of, settings, verbs) => {
  const given = await checkGiven("prod", { ...hub, connectors: { ...hub.connectors, "aws-cloudtrail": { settings } } });
  const all = lambdasOf(given, stageOf(given, routingOf(given))).flatMap(({ statements }) => statements);
  const asked = all.flatMap(({ actions }) => actions).filter((verb) => verb.startsWith("cloudtrail:"));
  expect([...new Set(asked)].sort()).toEqual(verbs.map((verb) => `cloudtrail:${verb}`));
});

it("who only listens names no account and no role", async () => {
  await expect(checkGiven("prod", { ...home, aws: alone, connectors: { "aws-sts": {} } })).resolves.toBeDefined();
});
