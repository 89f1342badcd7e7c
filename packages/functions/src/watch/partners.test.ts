import { denied } from "@leasehold/core/kernel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import { partnersOf, pulseTaker } from "./index.ts";

const OKTA = "aws.partner/okta.com/example/leasehold";
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => vi.restoreAllMocks());

function answering(said: string | undefined | Error) {
  const asked: string[] = [];
  const describe = async (source: string) => {
    asked.push(source);
    if (said instanceof Error) throw said;
    return said;
  };
  const logged: string[] = [];
  return { asked, logged, describe, log: (level: string, message: string) => void logged.push(`${level} ${message}`) };
}

describe("a partner's event source", () => {
  it.each<[string, string | undefined, 0 | 1]>([
    ["is up while it is active", "ACTIVE", 0],
    ["is down while its bus is missing or off", "PENDING", 1],
    ["is down when the partner has deleted it", "DELETED", 1],
    ["is down when AWS knows none of that name", undefined, 1],
    ["is down in any state that nobody knows yet", "SOON", 1],
  ])("%s", async (_title, said, down) => {
    const on = answering(said);
    expect(await partnersOf(on, { okta: OKTA })).toEqual([{ connector: "okta", down }]);
    expect(on.asked).toEqual([OKTA]);
  });

  it("is not spoken of where AWS does not say, and the log says that", async () => {
    const on = answering(denied("aws", "events:DescribeEventSource"));
    expect(await partnersOf(on, { okta: OKTA })).toEqual([]);
    expect(on.logged).toEqual(["warn nobody knows whether a partner source is active"]);
  });

  it("is asked for by itself: one that AWS does not speak of hides no other", async () => {
    const up = answering("ACTIVE");
    const describe = async (source: string) => {
      if (source !== OKTA) throw denied("aws", "x");
      return up.describe(source);
    };
    expect(await partnersOf({ describe, log: up.log }, { other: "aws.partner/x/y", okta: OKTA })).toEqual([
      { connector: "okta", down: 0 },
    ]);
  });

  it("is asked for by nobody where there is none", async () => {
    const on = answering("ACTIVE");
    expect(await partnersOf(on, {})).toEqual([]);
    expect(on.asked).toEqual([]);
  });
});

describe("the pulse", () => {
  it("is taken after the gauges that need no partner, and tells each partner's with its connector", async () => {
    const { world } = await story();
    await world.ledger.cover({ connector: "okta", whole: true, at: hours(0), seen: 1, active: 1 });
    const taken = pulseTaker(() => world, {
      declared: () => [{ id: "okta", title: "Okta", proof: "fixtures", hands: [], parts: ["lists"] }],
      partners: async () => [{ connector: "okta", down: 1 }],
    });
    const done = await taken({}, { awsRequestId: "1", functionName: "leasehold-dev-take-pulse" } as never);
    expect(done).toMatchObject({ partners: [{ connector: "okta", down: 1 }] });
    const measured = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line["PartnerDown"] !== undefined);
    expect(measured).toMatchObject([{ PartnerDown: 1, connector: "okta" }]);
  });
});
