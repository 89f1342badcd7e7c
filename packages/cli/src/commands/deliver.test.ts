import { type Instant, instantOf, later } from "@leasehold/core/kernel";
import { demoEvents } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, type Trial } from "../trial/index.ts";

let here: Trial;
beforeEach(async () => {
  here = await corp();
});
afterEach(() => here.close());

const cases = async () => (await here.json<{ cases: readonly { gate: string }[] }>("case", "list", "--all")).cases;

describe("deliver", () => {
  it("makes it happen now: the case opens, and the directory agrees", async () => {
    const told = await here.json("deliver", "sue.json");
    expect(told).toMatchObject({ events: 1, new: 1, settled: true, understood: [{ became: "person.left" }] });
    expect(await cases()).toMatchObject([
      { status: "open", gate: "departed", items: 5, open: 5, person: { name: "Sue Park" } },
    ]);
  });

  it("twice in one file is once", async () => {
    const event = demoEvents.sueLeaves(instantOf(Date.now()));
    here.write("twice.json", [event, event].map((one) => JSON.stringify(one)).join("\n"));
    expect(await here.json("deliver", "twice.json")).toMatchObject({ events: 2, new: 1 });
    expect(await cases()).toHaveLength(1);
  });

  it("--event-only leaves the provider as it was: nobody has left", async () => {
    await here.run("deliver", "nia.json", "--event-only");
    expect(await cases()).toMatchObject([{ gate: "false leaver" }]);
  });

  it("moves the event's time to now, however old the file is", async () => {
    const old = demoEvents.sueLeaves(later(instantOf(Date.now()), -5_000) as Instant);
    here.write("old.json", JSON.stringify(old));
    await here.run("deliver", "old.json");
    const [one] = (await cases()) as unknown as readonly { id: string }[];
    const { triggers } = await here.json<{ triggers: readonly { occurredAt: string }[] }>(
      "case",
      "show",
      one?.id ?? "",
    );
    expect(Date.parse(triggers[0]?.occurredAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  it("takes the standard input, and the vendor's own record as well as an envelope", async () => {
    const { detail } = demoEvents.sueLeaves(instantOf(Date.now())) as { detail: object };
    here.pipe(JSON.stringify([detail]));
    expect(await here.json("deliver", "-")).toMatchObject({ new: 1, understood: [{ became: "person.left" }] });
    expect(await cases()).toHaveLength(1);
  });

  it("says of an event that nobody listens to that it is for nobody", async () => {
    here.write(
      "other.json",
      JSON.stringify({
        id: "1",
        source: "aws.ec2",
        time: "2026-01-01T00:00:00Z",
        "detail-type": "EC2 Instance State-change Notification",
        detail: {},
      }),
    );
    const { exit, out } = await here.run("deliver", "other.json");
    expect([exit, out]).toEqual([
      0,
      expect.stringContaining("no connector listens to aws.ec2/EC2-Instance-State-change-Notification"),
    ]);
  });

  const good = () => JSON.stringify(demoEvents.sueLeaves(instantOf(Date.now())));
  const lacking = (field: string) => JSON.stringify({ ...JSON.parse(good()), [field]: undefined });
  it.each([
    ["that is not JSON", () => `${good()}\nhunter2 {`, { because: "not JSON", at: "bad.json:2" }],
    ["without an id", () => `${good()}\n${lacking("id")}`, { field: "id", at: "bad.json:2" }],
    ["without a time", () => `[${good()},${lacking("time")}]`, { field: "time", at: "bad.json:1 (record 1)" }],
    ["with a time that is none", () => JSON.stringify({ ...JSON.parse(good()), time: "soon" }), { field: "time" }],
    ["of no known kind", () => `${good()}\n{"a":1}`, { at: "bad.json:2" }],
    ["of which there is none", () => "", { files: 1 }],
  ])("delivers nothing of a file with an event %s", async (_, text, facts) => {
    here.write("bad.json", text());
    const { exit, out } = await here.run("deliver", "bad.json", "--json");
    expect(exit).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({ name: "BadInput", facts });
    expect(out).not.toContain("hunter2");
    expect(await cases()).toEqual([]);
  });

  it("refuses a file that is not there", async () => {
    expect(await here.run("deliver", "nope.json")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("there is no file or directory of this name"),
    });
  });
});
