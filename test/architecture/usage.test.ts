import { describe, expect, it } from "vitest";
import { checkGiven } from "../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../stacks/tables/lambdas.ts";
import { routingOf } from "../../stacks/tables/routing.ts";
import home from "../../test/infra/stages/home.config.ts";
import hub from "../../test/infra/stages/hub.config.ts";

const isTable = (one: string) => one.endsWith("leasehold-prod-table");

describe("calls made with credentials", () => {
  const heardAs = (settings: object) =>
    checkGiven("prod", { ...hub, connectors: { ...hub.connectors, "aws-cloudtrail": { settings } } });
  const usageOf = ({ direct, hops, arriving }: ReturnType<typeof routingOf>) =>
    [direct, hops, arriving].map((some) => some.filter(({ route }) => route === "usage").length);

  it.each([
    ["are heard at home alone, where the settings ask for it", { usage: "bus" }, [2, 0, 0]],
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

it("who only listens names no account and no role", async () => {
  await expect(checkGiven("prod", { ...home, connectors: { "aws-sts": {} } })).resolves.toBeDefined();
});
