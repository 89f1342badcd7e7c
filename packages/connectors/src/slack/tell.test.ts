import type { Message } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { desk } from "./desk.ts";
import { empty, simulator, type World } from "./simulator.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const GRACE = { id: "U0GRACE0001", email: "grace@example.com" };
const SAM = { id: "U0SAM000001", email: "sam@example.com" };
const MESSAGE: Message = {
  key: "dec_abc123",
  to: { account: "acc_grace", name: "Grace", email: GRACE.email, timeZone: "Europe/Berlin" },
  title: "1 credential of Ada",
  why: "you were Ada's manager when she left",
  deadline: undefined,
  items: [{ item: "wdc_01", title: "Refund agent, access key", lines: [], choices: ["keep"], state: "flagged" }],
  state: "open",
};

function workspace() {
  const kept: { world: World } = { world: { ...empty, users: [GRACE, SAM] } };
  const memory = { get: () => kept.world, set: (world: World) => void Object.assign(kept, { world }) };
  const live = simulator.live(
    memory,
    () => NOON,
    () => {},
  );
  return { live, api: live.api, world: () => kept.world };
}

describe("telling", () => {
  const clicked = async () => {
    const place = workspace();
    const ticket = await desk.ask(place.api, MESSAGE);
    const press = { user: GRACE.email, message: "dec_abc123", item: "wdc_01", choice: "keep" } as const;
    const [heard] = desk.read(place.live.click!(press), [empty.secret], NOON);
    return { ...place, ticket, heard: heard! };
  };

  it("says it to who clicked, in the conversation where they did, as text and no mention", async () => {
    const { api, heard, ticket, world } = await clicked();
    await desk.tell!(api, heard, "recorded: <!here> it is yours");
    expect(world().told).toEqual([
      { channel: ticket.ref["channel"], user: GRACE.id, text: "recorded: &lt;!here&gt; it is yours" },
    ]);
  });

  it("is no fault where they are not there any more", async () => {
    const { api, heard, world } = await clicked();
    await desk.tell!(api, { ...heard, by: { ...heard.by, user: SAM.id } }, "recorded");
    expect(world().told ?? []).toEqual([]);
  });

  it("is refused for what is no message of Slack's", async () => {
    const { api, heard } = await clicked();
    const elsewhere = { ...heard, ticket: { desk: "jira", ref: { issue: "SEC-1" } } };
    await expect(desk.tell!(api, elsewhere, "recorded")).rejects.toThrow();
  });
});
