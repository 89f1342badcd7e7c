import { denied } from "@leasehold/core/kernel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import type { Ask, Aws } from "../aws/index.ts";
import { partnersOf, pulseTaker } from "./index.ts";

const OKTA = "aws.partner/okta.com/example/leasehold";
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => vi.restoreAllMocks());

function answering(said: object | undefined | Error) {
  const asked: Ask<unknown>[] = [];
  const aws = (async (ask: Ask<unknown>) => {
    asked.push(ask);
    if (said instanceof Error) throw said;
    return said;
  }) as Aws;
  const logged: string[] = [];
  return { asked, logged, aws, log: (level: string, message: string) => void logged.push(`${level} ${message}`) };
}

describe("a partner's event source", () => {
  it.each<[string, object | undefined, 0 | 1]>([
    ["is up while it is active", { State: "ACTIVE" }, 0],
    ["is down while its bus is missing or off", { State: "PENDING" }, 1],
    ["is down when the partner has deleted it", { State: "DELETED" }, 1],
    ["is down when AWS knows none of that name", undefined, 1],
    ["is down in any state that nobody knows yet", { State: "SOON" }, 1],
  ])("%s", async (_title, said, down) => {
    const on = answering(said);
    expect(await partnersOf(on, { okta: OKTA })).toEqual([{ connector: "okta", down }]);
    expect(on.asked).toMatchObject([
      {
        permission: "events:DescribeEventSource",
        input: { Name: OKTA },
        expected: ["ResourceNotFoundException"],
      },
    ]);
  });

  it("is not spoken of where AWS does not say, and the log says that", async () => {
    const on = answering(denied("aws", "events:DescribeEventSource"));
    expect(await partnersOf(on, { okta: OKTA })).toEqual([]);
    expect(on.logged).toEqual(["warn nobody knows whether a partner source is active"]);
  });

  it("is asked for by itself: one that AWS does not speak of hides no other", async () => {
    const up = answering({ State: "ACTIVE" });
    const aws = (async (ask: Ask<unknown>) => {
      if ((ask.input as { Name: string }).Name !== OKTA) throw denied("aws", "x");
      return up.aws(ask);
    }) as Aws;
    expect(await partnersOf({ aws, log: up.log }, { other: "aws.partner/x/y", okta: OKTA })).toEqual([
      { connector: "okta", down: 0 },
    ]);
  });

  it("is asked for by nobody where there is none", async () => {
    const on = answering({ State: "ACTIVE" });
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
