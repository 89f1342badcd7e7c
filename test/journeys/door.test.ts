import { signatureOf } from "@leasehold/connectors/kit";
import type { DeskRequest } from "@leasehold/core/connector";
import { type Instant, millisOf } from "@leasehold/core/kernel";
import { KEYS, PEOPLE } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realLaptop } from "../support/real-laptop.ts";

let here: Awaited<ReturnType<typeof realLaptop>>;
beforeEach(async () => {
  here = await realLaptop();
});
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
    for (const request of [retire, retire, keep]) expect((await here.post("slack", request)).status).toBe(200);
    await here.laptop().settle();
    expect((await asked("support")).rung).toBe("disabled");
    const texts = here.told("slack").map(({ text }) => text);
    expect(texts).toHaveLength(3);
    expect(texts.filter((text) => text.startsWith("recorded"))).toHaveLength(1);
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
    [
      "an old time",
      (one) => ({ ...one, headers: { ...one.headers, [STAMP]: String(Number(one.headers[STAMP]) - 301) } }),
      401,
    ],
    ["a body of more than a megabyte", (one) => ({ ...one, body: one.body.padEnd(1_100_000, "&") }), 401],
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
