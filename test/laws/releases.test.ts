import { brakeView } from "@leasehold/app/brake";
import { askSecurity, hear } from "@leasehold/app/desk";
import { bind } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live } from "@leasehold/connectors/kit";
import { simulatorOf } from "@leasehold/connectors/simulators";
import type { HoldId } from "@leasehold/core/brake";
import { describe, expect, it } from "vitest";
import { hours, oktaUser, seenUser } from "../support/signals.ts";
import { ofKey, story } from "../support/story.ts";

const SECURITY = { connector: "okta", group: "00g1security0example" };
const NAMES = ["sam", "bob", "grace"] as const;
const email = (name: string) => `${name}@example.com`;
const WORLDS = {
  slack: () => ({
    ...{ team: "T0EXAMPLE01", secret: "demo signing secret", messages: [], count: 0 },
    users: NAMES.map((name) => ({ id: `U0${name}`, email: email(name) })),
  }),
  jira: () => ({
    ...{ site: "example", project: "SEC", secret: "demo signing secret", issues: [], count: 0 },
    users: NAMES.map((name) => ({ accountId: `5b10${name}`, email: email(name) })),
  }),
} as const;

/** An import deactivates fifty-one people by mistake; security is told by the real connector of a desk, before its simulator. */
async function tripped(id: keyof typeof WORLDS) {
  const all = Array.from({ length: 51 }, (_, n) => `p${String(n).padStart(2, "0")}`);
  const it = await story(...all.map((name, n) => ofKey(`AKIA${String(n).padStart(9, "0")}EXAMPLE`, name, name)));
  await it.hear(...all.map((name) => seenUser(name, { manager: oktaUser("grace") }, hours(-800))));
  const connector = await connectors[id]();
  const simulator = await simulatorOf(id);
  let kept: unknown = WORLDS[id]();
  const memory = {
    get: () => kept,
    set: (next: unknown) => {
      kept = next;
    },
  };
  const live: Live<unknown> = simulator.live(memory, it.world.clock, () => {});
  const provider = bind(connector, "act", live.api);
  const providers = () => [...it.estate.providers.filter(({ desk }) => desk === undefined), provider];
  Object.assign(it.world, {
    estate: { provider: (one: string) => providers().find((other) => other.id === one), providers },
  });
  it.configure({ security: [SECURITY] });
  it.estate.groups.set(SECURITY.group, ["sam", "bob"]);
  for (const name of all) await it.leaves(name);
  await it.settle();
  const hold = (await brakeView(it.world)).tripped?.id as HoldId;
  await askSecurity(it.world, hold);
  const messages = await it.world.decisions.ofCase(hold);
  const secrets = simulator.signing ?? [];
  const press = async (by: string, because?: string) => {
    it.world.pass(1 / 3_600);
    const custodian = messages.find(({ value }) => value.custodian === oktaUser(by)) ?? messages[0];
    const message = custodian?.value.id ?? "dec_none";
    const item = [...JSON.stringify(kept).matchAll(/trp_[^-"]+-[\w-]{12}/g)].at(-1)?.[0] ?? ""; // what is shown by now
    const request = live.click!({ user: email(by), message, item, choice: "release", ...(because && { because }) });
    return (await hear(it.world, id, request, secrets))[0];
  };
  return { it, press, world: () => JSON.stringify(kept), isOn: async () => (await brakeView(it.world)).on };
}

describe.each(["slack", "jira"] as const)("a trip at the desk %s", (id) => {
  it("is released by two people of security, each with a reason, and by nobody else", async () => {
    const { it: one, press, world, isOn } = await tripped(id);
    expect(await press("sam")).toMatchObject({ outcome: "refused", text: expect.stringContaining("say why first") });
    expect(await press("grace", "let me")).toMatchObject({ outcome: "refused" });
    expect(await press("sam", "HR confirms <that> they left")).toMatchObject({ outcome: "recorded" });
    expect(await press("sam", "and again")).toMatchObject({ outcome: "already recorded" });
    expect([await isOn(), one.estate.diary]).toEqual([true, []]);
    expect(await press("bob", "I asked HR, too")).toMatchObject({
      outcome: "recorded",
      text: expect.stringContaining("46 go on"),
    });
    expect(await isOn()).toBe(false);
    expect((await one.world.trails.entries("brake")).slice(-2)).toMatchObject([
      { did: "brake.release-agreed", by: oktaUser("sam"), facts: { because: "HR confirms <that> they left" } },
      { did: "brake.released", by: oktaUser("bob"), facts: { with: oktaUser("sam"), because: "I asked HR, too" } },
    ]);
    expect(world()).toContain("released by sam and bob until");
  });
});
