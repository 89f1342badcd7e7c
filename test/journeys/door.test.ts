import { brakeOn, brakeView, handIdOf } from "@leasehold/app/brake";
import { checkup } from "@leasehold/app/calls";
import { refusedLately } from "@leasehold/app/refusals";
import { signatureOf } from "@leasehold/connectors/kit";
import type { DeskRequest } from "@leasehold/core/connector";
import { dayOf, type Instant, millisOf } from "@leasehold/core/kernel";
import { KEYS, PEOPLE } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realLaptop, SIGNING } from "../support/real-laptop.ts";

let here: Awaited<ReturnType<typeof realLaptop>>;
afterEach(() => here.close());

const GRACE = PEOPLE.grace.email;

/** Of Sue's case: one item, with the message in which it is asked about. */
async function asked(name: keyof typeof KEYS) {
  const [view] = await here.cases();
  const item = view?.items.find(({ credential }) => credential === KEYS[name].credential);
  const message = view?.messages.find(({ items }) => items.includes(item?.windDown?.id as never));
  const rung = item?.windDown?.rung;
  return { view, item, rung, press: { user: GRACE, message: message?.decision ?? "", item: item?.windDown?.id ?? "" } };
}
const STAMP = "x-slack-request-timestamp";
const signed = (request: DeskRequest, signature: string): DeskRequest => ({
  ...request,
  headers: { ...request.headers, "x-slack-signature": signature },
});
/** As Slack would sign it: only what is said here is wrong with it. */
const sealed = (body: string, stamp: number): DeskRequest => ({
  body,
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    [STAMP]: String(stamp),
    "x-slack-signature": `v0=${signatureOf(SIGNING, `v0:${stamp}:${body}`)}`,
  },
});

const leaked = (credential: string, occurredAt: Instant) => ({
  ...{ kind: "credential.exposed", eventId: "secret-scanning/alert/42", occurredAt, credential },
});
function sourceHeaders(secret: string, body: string, now: Instant): DeskRequest["headers"] {
  const stamp = String(Math.floor(millisOf(now) / 1_000));
  return {
    ...{ "content-type": "application/json", "x-leasehold-source": "scanner", "x-leasehold-timestamp": stamp },
    "x-leasehold-signature": `v1=${signatureOf(secret, `v1:${stamp}:${body}`)}`,
  };
}

describe("a laptop beside real connectors", () => {
  beforeEach(async () => {
    here = await realLaptop();
    expect(await here.leaves("sueLeaves")).toBe(200);
  });
  const counted = async () =>
    (await here.laptop().world.trails.entries((await asked("support")).item?.windDown?.id ?? "")).length;

  it("heard of the departure by Okta's own hook, and hears answers by presses in Slack and in Jira", async () => {
    const [support, migration] = [await asked("support"), await asked("migration")];
    expect(support.view).toMatchObject({ gate: "departed", person: { email: PEOPLE.sue.email } });
    expect([support.rung, migration.rung]).toEqual(["flagged", "flagged"]);

    expect(await here.press("slack", { ...support.press, choice: "retire" })).toBe(200);
    expect((await asked("support")).rung).toBe("disabled");
    expect(here.told("slack").at(-1)).toMatchObject({ user: GRACE, text: expect.stringMatching(/^recorded/) });

    expect(await here.press("jira", { ...migration.press, choice: "retire" })).toBe(200);
    expect((await asked("migration")).rung).toBe("disabled");
  });

  it("tells a second press, and the same one again, that they are", async () => {
    const { press } = await asked("support");
    const [retire, keep] = [
      here.request("slack", { ...press, choice: "retire" }),
      here.request("slack", { ...press, choice: "keep" }),
    ];
    for (const request of [retire, retire, keep]) {
      expect((await here.post("slack", request)).status).toBe(200);
      await here.laptop().settle();
      expect((await asked("support")).rung).toBe("disabled");
    }
    expect(here.told("slack").map(({ text }) => text)).toEqual([
      expect.stringMatching(/^recorded: it is switched off now/),
      "this click was recorded before",
      expect.stringMatching(/^it was switched off at .*case undo/),
    ]);
  });

  it("keeps a press that came as it stopped, and hears it when it is started again", async () => {
    const { press } = await asked("support");
    const request = here.request("slack", { ...press, choice: "retire" });
    expect((await here.post("slack", request)).status).toBe(200);
    expect((await asked("support")).rung).toBe("flagged"); // in line, and nobody has looked
    await here.restart();
    await here.laptop().settle();
    expect((await asked("support")).rung).toBe("disabled");
  });

  it.each<[string, (request: DeskRequest) => DeskRequest, number]>([
    ["another body than was signed", (one) => ({ ...one, body: `${one.body}&x=1` }), 401],
    ["another signature", (one) => signed(one, `v0=${"0".repeat(64)}`), 401],
    ["no signature", (one) => signed(one, ""), 401],
    ["an old time", (one) => sealed(one.body, Number(one.headers[STAMP]) - 301), 401],
    [
      "a body of more than a megabyte",
      (one) => sealed(one.body.padEnd(1_100_000, "&"), Number(one.headers[STAMP])),
      401,
    ],
    [
      "what is not text",
      (one) => ({ ...one, headers: { ...one.headers, "content-type": "application/octet-stream" } }),
      401,
    ],
  ])("refuses a press with %s, and nothing comes of it", async (_with, change, status) => {
    const { press } = await asked("support");
    const before = await counted();
    const answer = await here.post("slack", change(here.request("slack", { ...press, choice: "retire" })));
    expect([answer.status, await answer.json()]).toEqual([status, { error: "not accepted" }]);
    await here.laptop().settle();
    expect([(await asked("support")).rung, await counted()]).toEqual(["flagged", before]);
    expect(here.told("slack")).toEqual([]);
  });

  it("refuses a press of Slack's at Jira's address, and knows no other address", async () => {
    const { press } = await asked("support");
    const request = here.request("slack", { ...press, choice: "retire" });
    expect((await here.post("jira", request)).status).toBe(401);
    for (const id of ["aws-iam", "nothing", "../v1/case-undo"]) expect((await here.post(id, request)).status).toBe(404);
  });

  it("takes what a signed source says, and nothing that it signed for another", async () => {
    const { accessKeyId, credential } = KEYS.triage;
    expect(accessKeyId).toMatch(/^AKIA/);
    const body = JSON.stringify({ signals: [leaked(accessKeyId, here.clock())] });
    const said = (secret: string) => here.post("ingest", { body, headers: sourceHeaders(secret, body, here.clock()) });
    expect((await said("another secret")).status).toBe(401);
    expect((await said("scanner secret")).status).toBe(200);
    await here.laptop().settle();
    const cases = await here.cases();
    expect(cases.flatMap(({ items }) => items.map((item) => item.credential))).toContain(credential);
  });
});

describe("a way in that is probed", () => {
  beforeEach(async () => {
    here = await realLaptop();
  });
  const day = () => dayOf(here.clock());
  const lately = async (id: string) => refusedLately(here.laptop().world, id);
  const nobody = () => ({ headers: { "content-type": "application/x-www-form-urlencoded" }, body: "x=1" });

  it("takes what each secret signs and refuses it with a byte changed, and nothing is kept of either", async () => {
    const { waysIn, world } = here.laptop();
    const before = JSON.stringify([await here.cases(), await world.ledger.heartbeats()]);
    const found = (await Promise.all(waysIn.map((way) => way.probe(here.at())))).flat();
    expect(found.map(({ secretName, found }) => `${secretName}: ${found}`).sort()).toEqual([
      ...["ingest.scanner: proved", "jira.webhook: proved", "okta.hook: no probe", "slack.signing: proved"],
    ]);
    await here.laptop().settle();
    expect(JSON.stringify([await here.cases(), await world.ledger.heartbeats()])).toBe(before);
    await here.restart(); // which keeps what is left to count
    for (const { id } of waysIn) expect(await lately(id)).toEqual([]);
  });

  it("counts whom it refused, by why, without what they sent; doctor is told of each day", async () => {
    const body = "payload=%7B%7D";
    const now = Math.floor(millisOf(here.clock()) / 1_000);
    const wrong = sealed(body, now);
    for (const one of [nobody(), signed(wrong, `v0=${"0".repeat(64)}`), sealed(body, now - 420)])
      expect((await here.post("slack", one)).status).toBe(401);
    expect((await lately("slack"))[0]?.counts).toEqual({ unproved: 1, signature: 0, time: 0, content: 0 }); // a write a minute
    await here.restart();
    const counts = { unproved: 1, signature: 1, time: 1, content: 0 };
    const [said] = await lately("slack");
    expect(said).toMatchObject({ day: day(), counts });
    expect(Math.abs((said?.seconds ?? 0) - 420)).toBeLessThan(120);
    const { connectors } = await checkup(here.laptop().world, () => AbortSignal.timeout(60_000));
    expect(connectors.map(({ id, refused }) => [id, refused.length]).filter(([, days]) => days !== 0)).toEqual([
      ["slack", 1],
    ]);
  });
});

describe("the brake of a laptop beside real connectors", () => {
  const { sam, fay } = PEOPLE;
  /** What is shown by now: a hold's button says whom it was shown to hold. */
  const buttonOf = (id: string, desk: "slack" | "jira") =>
    [...here.shown(desk).matchAll(/trp_[^-"]+-[\w-]{12}/g)]
      .map(([item]) => item)
      .findLast((item) => item.startsWith(id)) ?? id;
  /** On the message about it that this person has. */
  async function release(by: string, item: string, desk: "slack" | "jira", because = "we know why they left") {
    const { world } = here.laptop();
    for (const { value } of await world.decisions.ofCase(item as `trp_${string}`))
      if ((await world.graph.node(value.custodian))?.value.subject.facts["email"]?.value === by)
        return here.press(desk, {
          user: by,
          message: value.id,
          item: buttonOf(item, desk),
          choice: "release",
          because,
        });
    throw new Error("has no message");
  }
  /** As if ten others had come into the trip. */
  async function tenMore() {
    const { ledger, clock } = here.laptop().world;
    const { value, version } = await ledger.brake();
    const holds = (value.holds ?? []).map((hold) => ({ ...hold, people: hold.people + 10 }));
    await ledger.handBrake(
      { value: { ...value, holds }, version },
      { did: "test.came", by: "test", facts: {} },
      clock(),
    );
  }
  const view = () => brakeView(here.laptop().world);

  it("tripped ten times over is released by two people of security, one in Slack and one in Jira, and by no one alone", async () => {
    const none = { least: 0, share: 0, most: 0 };
    here = await realLaptop({ brake: { peopleAnHour: none } });
    await here.leaves("sueLeaves");
    await tenMore();
    const [hold] = (await view()).held;
    expect(hold).toMatchObject({ kind: "trip", people: 11, twoPeople: true });
    const support = await asked("support");
    await here.press("slack", { ...support.press, choice: "retire" });
    expect((await asked("support")).rung).toBe("flagged");

    expect(await release(sam.email, hold?.id ?? "", "slack")).toBe(200); // his message had shown one: now it shows all
    expect((await view()).tripped).toMatchObject({ agreed: undefined });
    expect(await release(sam.email, hold?.id ?? "", "slack")).toBe(200);
    expect((await view()).tripped).toMatchObject({ agreed: expect.any(String), released: undefined });
    expect(await release(sam.email, hold?.id ?? "", "slack")).toBe(200); // once more is the same voice
    expect((await view()).on).toBe(true);
    expect(await release(fay.email, hold?.id ?? "", "jira")).toBe(200);
    expect((await view()).on).toBe(false);
    await here.laptop().settle();
    expect((await asked("support")).rung).toBe("disabled");
    const done = (await here.laptop().world.trails.entries("brake")).map(({ did }) => did);
    expect(done).toEqual(["brake.tripped", "test.came", "brake.release-agreed", "brake.released"]);
  });

  it("is put on by whoever sits there, and taken off by one of security at a desk", async () => {
    here = await realLaptop();
    await here.leaves("sueLeaves");
    await brakeOn(here.laptop().world, "terminal", "an import went wrong");
    await here.laptop().settle();
    const { press } = await asked("support");
    await here.press("slack", { ...press, choice: "retire" });
    expect((await asked("support")).rung).toBe("flagged");

    const { frozen } = await view();
    const hand = frozen ? handIdOf(frozen) : "";
    expect(await release(sam.email, hand, "slack", " ")).toBe(200); // without a reason nothing happens
    expect((await view()).on).toBe(true);
    expect(await release(sam.email, hand, "slack", "it was put right")).toBe(200);
    expect((await view()).on).toBe(false);
    await here.laptop().settle();
    expect((await asked("support")).rung).toBe("disabled");
    expect(await here.laptop().world.trails.entries("brake")).toMatchObject([
      { did: "brake.set", by: "terminal" },
      { did: "brake.released", by: expect.stringMatching(/^acc_/), facts: { because: "it was put right" } },
    ]);
  });
});
