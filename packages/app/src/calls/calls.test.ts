import { badInput, Fault, unavailable } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { describe, expect, it } from "vitest";
import { didOf, type Story, story } from "../../../../test/support/story.ts";
import { peopleOf } from "../question/index.ts";
import type { Provider } from "../world/index.ts";
import { checkup } from "./checkup.ts";
import {
  type Call,
  type Caller,
  type CallName,
  calls,
  inputOf,
  persons,
  plans,
  reads,
  repairs,
  writes,
} from "./index.ts";

const TERMINAL: Caller = { as: "terminal" };
const CLICK = "0123456789abcdefghij";

async function asked(): Promise<Story> {
  const one = await story();
  await one.leaves();
  await one.settle();
  return one;
}

async function person({ world }: Story, name: string): Promise<Extract<Caller, { as: "person" }>> {
  const email = `${name}@example.com`;
  const { first: account, person: id } = await peopleOf(world, world.clock()).cluster(emailAccount(email));
  const groups = { security: name === "sam", operator: name === "bob" };
  return { as: "person", identity: `arn:aws:iam::111122223333:user/${name}`, email, account, person: id, ...groups };
}

/** As whoever stands before the table does: the shape first, then the use case. */
const ask = async (one: Story, name: CallName, input: unknown, caller: Caller = TERMINAL) =>
  (calls[name] as unknown as Call).run(one.world, inputOf(calls[name] as Call, input), caller) as Promise<never>;
const press = async (one: Story, more: object = {}) => {
  const { windDown } = await one.windDown();
  return { decision: windDown.question?.decision, item: windDown.id, choice: "snooze", click: CLICK, ...more };
};

it("what may be asked, by whom, and what of it changes something", () => {
  expect(Object.entries(calls).map(([name, { may, does }]) => `${name}: ${may} ${does}`)).toEqual([
    "who: anybody reads",
    "owns: anybody reads",
    "explain: anybody reads",
    "used: anybody reads",
    "case-list: anybody reads",
    "case-show: anybody reads",
    "audit-show: anybody reads",
    "audit-verify: anybody reads",
    "audit-export: anybody reads",
    "audit-report: operators reads",
    "report: operators reads",
    "doctor: operators reads",
    "finding-list: anybody reads",
    "first-look: operators reads",
    "brake-status: anybody reads",
    "person-show: anybody reads",
    "drill-history: anybody reads",
    "plan: anybody reads",
    "config-check: operators reads",
    "case-answer: anybody writes",
    "case-retry: operators writes",
    "case-open: operators writes",
    "brake-on: operators writes",
    "brake-release: operators writes",
    "drill: operators writes",
    "person-link: operators writes",
    "person-unlink: operators writes",
    "case-undo: operators writes",
    "reconcile: security writes",
  ]);
});

it("every call is in one table alone: on a stage each table is a function", () => {
  const names = [reads, plans, writes, persons, repairs].flatMap((table) => Object.keys(table));
  expect(names.sort()).toEqual(Object.keys(calls).sort());
});

describe("every call", () => {
  it.each(Object.keys(calls) as CallName[])("%s wants its own fields and no other", async (name) => {
    const one = await story();
    for (const input of [undefined, null, "x", [], { another: 1 }])
      await expect(ask(one, name, input)).rejects.toMatchObject({ name: "BadInput" });
  });

  it("answers what round-trips as JSON", async () => {
    const one = await asked();
    const { windDown } = await one.windDown();
    const inputs: Readonly<Partial<Record<CallName, object>>> = {
      who: { id: one.key },
      owns: { person: "ada@example.com" },
      explain: { id: one.key },
      used: { credential: one.key },
      plan: { id: "ada@example.com" },
      "config-check": { proposed: { fallback: { email: "last@example.com" } } },
      report: {},
      "audit-report": { case: windDown.case },
      "drill-history": {},
      "case-list": { all: true },
      "case-show": { id: windDown.case },
      "case-undo": { id: windDown.id },
      "case-retry": { id: windDown.id },
      "case-open": { person: "bob@example.com" },
      "audit-show": { trail: windDown.id },
      "audit-verify": {},
      "audit-export": { id: windDown.case },
      doctor: {},
      "finding-list": {},
      "first-look": {},
      "brake-status": {},
      "brake-on": { because: "looks wrong" },
      "brake-release": {},
      "person-show": { id: "ada@example.com" },
      "person-link": { account: "ada@example.com", other: "bob@example.com", because: "one and the same" },
      "person-unlink": { account: "ada@example.com", other: "bob@example.com", because: "two after all" },
    };
    for (const [name, input] of Object.entries(inputs)) {
      const answer: unknown = await ask(one, name as CallName, input);
      expect([name, JSON.parse(JSON.stringify(answer))]).toEqual([name, answer]);
    }
  });
});

describe("an answer over the API", () => {
  it("is the speaker's own, once for each press", async () => {
    const one = await asked();
    const grace = await person(one, "grace");
    const input = await press(one);
    expect(await ask(one, "case-answer", input, grace)).toMatchObject({ told: [{ outcome: "recorded" }] });
    expect(await ask(one, "case-answer", input, grace)).toMatchObject({ told: [{ outcome: "already recorded" }] });
    const given = (await one.world.trails.entries(String(input.item))).filter(({ did }) => did === "answer.given");
    expect(given.map(({ by }) => by)).toEqual([grace.account]);
    expect([...one.world.said.values()].map(({ type }) => type)).toContain("wind-down.changed");
  });

  it("takes nobody else's press for its own", async () => {
    const one = await asked();
    await ask(one, "case-answer", await press(one), await person(one, "grace"));
    const other = await press(one, { choice: "keep" });
    expect(await ask(one, "case-answer", other, await person(one, "sam"))).toMatchObject({
      told: [{ outcome: "recorded" }],
    });
  });

  it("is judged by who was asked, not by which group may operate", async () => {
    const one = await asked();
    expect(await ask(one, "case-answer", await press(one), await person(one, "bob"))).toMatchObject({
      told: [{ outcome: "refused" }],
    });
    expect(await didOf(one)).not.toContain("answer.given");
  });

  it("is not a terminal's to give", async () => {
    const one = await asked();
    await expect(ask(one, "case-answer", await press(one))).rejects.toMatchObject({ name: "BadInput" });
  });

  it.each([{ click: "short" }, { click: undefined }, { choice: "explode" }, { to: "nobody" }, { desk: "slack" }])(
    "is of the shape that is read: %j",
    async (wrong) => {
      const one = await asked();
      const grace = await person(one, "grace");
      await expect(ask(one, "case-answer", await press(one, wrong), grace)).rejects.toMatchObject({ name: "BadInput" });
    },
  );
});

describe("an undo", () => {
  it("bears the name of whoever asks for it, and of nobody else", async () => {
    const one = await asked();
    await one.press("retire", "grace");
    await one.settle();
    const { id } = (await one.windDown()).windDown;
    const bob = await person(one, "bob");
    await expect(ask(one, "case-undo", { id, as: "sam@example.com" }, bob)).rejects.toMatchObject({
      facts: { where: "as" },
    });
    await ask(one, "case-undo", { id }, bob);
    const entries = await one.world.trails.entries(id);
    expect(entries.find(({ did }) => did === "undo.asked")?.by).toBe(bob.account);
    expect([...one.world.said.values()].map(({ type }) => type)).toContain("wind-down.changed");
  });
});

describe("letting go of the brake", () => {
  it("wakes whoever found no place meanwhile, and takes back that it was said", async () => {
    const one = await asked();
    await ask(one, "brake-on", { because: "looks wrong" }, await person(one, "bob"));
    await one.press("retire", "grace");
    await one.settle();
    one.started.length = 0;
    const sam = await person(one, "sam");
    expect(await ask(one, "brake-release", {}, sam)).toMatchObject({ outcome: "released", woken: 1 });
    const { id } = (await one.windDown()).windDown;
    expect(one.started.join()).toContain(id);
    expect((await one.world.findings.list()).items).toEqual([]);
    expect((await one.world.trails.entries("brake")).at(-1)?.by).toBe(sam.account);
    expect(await ask(one, "brake-release", {}, sam)).toMatchObject({ outcome: "was not on", woken: 0 });
  });
});

describe("the audit trail", () => {
  it.each(["crd_1", "ledger", "dec_1", "", "brake"])("%j is no trail that anybody wrote", async (trail) => {
    await expect(ask(await story(), "audit-show", { trail })).rejects.toMatchObject({ name: "BadInput" });
  });
});

describe("a checkup", () => {
  async function checked(check: NonNullable<Provider["check"]> | undefined, enough = new AbortController()) {
    const { world, estate } = await story();
    const providers = estate.providers.map((one) => (one.id === "okta" ? { ...one, check } : one));
    const asking = { ...world, estate: { provider: () => undefined, providers: () => providers } };
    const found = checkup(asking, () => enough.signal);
    return { found, okta: async () => (await found).connectors.find(({ id }) => id === "okta")?.check };
  }

  it.each<[string, Provider["check"], object | undefined]>([
    ["is ready", async () => [], { missing: [] }],
    ["says what it lacks", async () => ["Grant this."], { missing: ["Grant this."] }],
    ["cannot be asked", undefined, undefined],
    ["is down", () => Promise.reject(unavailable("okta")), { fault: "Unavailable" }],
    [
      "refuses",
      () => Promise.reject(new Fault("PermissionMissing", "no", { permission: "okta.users.read" })),
      { fault: "PermissionMissing", permission: "okta.users.read" },
    ],
    [
      "is not told its secret",
      () => Promise.reject(badInput("set the variable", { variable: "LEASEHOLD_SECRET_X" })),
      { fault: "BadInput", because: "set the variable: LEASEHOLD_SECRET_X" },
    ],
    ["fails as nobody expected", () => Promise.reject(new Error("canary")), { fault: "Unexpected" }],
    [
      "throws at once",
      () => {
        throw new Error("canary");
      },
      { fault: "Unexpected" },
    ],
  ])("tells of a provider that %s", async (_, check, told) => {
    const { okta, found } = await checked(check);
    expect(await okta()).toEqual(told);
    expect(JSON.stringify(await found)).not.toContain("canary");
  });

  it("waits for nobody who never answers, and tells of all the others", async () => {
    const enough = new AbortController();
    const { okta, found } = await checked(() => new Promise(() => {}), enough);
    enough.abort();
    expect(await okta()).toEqual({ fault: "Unavailable" });
    expect((await found).connectors).toHaveLength(4);
  });

  it("begins no wait whose end has come", async () => {
    const enough = new AbortController();
    enough.abort();
    expect(await (await checked(() => new Promise(() => {}), enough)).okta()).toEqual({ fault: "Unavailable" });
  });
});
