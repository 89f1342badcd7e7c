import type { Connector, Page, Plan, Receipt, Since, Target } from "@leasehold/core/connector";
import { denied, digest, Fault, type Instant, unavailable } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { bind } from "./estate.ts";
import { connected, type Reached, together } from "./places.ts";

interface Settings {
  readonly account: string;
  readonly role?: string;
}
interface Api extends Settings {
  readonly calls: string[];
  readonly fault: Error | undefined;
}

const [HUB, B, C] = ["111122223333", "444455556666", "777788889999"];
const member = (id: string, name?: string): Reached => ({ id, name, role: `role/${id}`, externalId: "x" });
const targetIn = (account: string): Target => ({ credential: "crd_1", handle: { account } });

/** Two pages in each account, and one verb. */
const connector = {
  ...{ id: "cloud", title: "Cloud", proof: "fixtures", settings: undefined as never },
  places: {
    key: "account",
    home: ({ account }: Settings) => account,
    in: (settings: Settings, { id, role }: { id: string; role: string }) => ({ ...settings, account: id, role }),
  },
  check: async (api: Api) => did(api, "check", [`ask ${api.account}`]),
  lists: {
    ...{ permissions: [], emits: [] },
    page: async (api: Api, cursor: string | undefined): Promise<Page> =>
      did(api, `page ${cursor ?? "first"}`, { signals: [], next: cursor ? undefined : "a b", whole: true }),
  },
  polls: {
    ...{ permissions: [], emits: [] },
    since: async (api: Api, cursor: string | undefined): Promise<Since> =>
      did(api, `since ${cursor ?? "first"}`, {
        signals: [],
        next: "on",
        more: false,
        gaps: [`not seen by ${api.account}`],
      }),
  },
  acts: [
    {
      ...{ verb: "disable", credential: "key", blast: "credential", reversibility: "R1" },
      ...{ permissions: [], settlesAfter: 0 },
      see: async (api: Api) => did(api, "see", { status: api.account }),
      plan: async (api: Api, target: Target) => did(api, "plan", { target }),
      apply: async (api: Api, plan: Plan) => did(api, "apply", { target: plan.target }),
      verify: async (api: Api) => did(api, "verify", { verdict: "confirmed", seen: undefined }),
    },
  ],
} as unknown as Connector;

function did<T>({ account, role = "own", calls, fault }: Api, what: string, answer: T): T {
  calls.push(`${account} ${role} ${what}`);
  if (fault) throw fault;
  return answer;
}

function world(members: readonly Reached[], faults: Readonly<Record<string, Error>> = {}, settings: object = {}) {
  const calls: string[] = [];
  const connect = (settings: unknown): Api => ({
    ...(settings as Settings),
    calls,
    fault: faults[(settings as Settings).account],
  });
  return {
    calls,
    provider: connected(connector, { mode: "act", settings: { account: HUB, ...settings } }, connect, members),
  };
}

async function walk({ provider }: ReturnType<typeof world>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const cursors: (string | undefined)[] = [undefined];
  while (cursors.length > 0 && pages.length < 20) {
    const page = await provider.page!(cursors.shift(), MONDAY as Instant);
    pages.push(page);
    cursors.unshift(...leadsTo(page));
  }
  return pages;
}
const leadsTo = ({ next, beside = [] }: Page): readonly string[] => [...(next === undefined ? [] : [next]), ...beside];

it("acts in the account that the handle names, by the role there", async () => {
  const { provider, calls } = world([member(B)]);
  const [hand] = provider.hands;
  expect(await hand!.see(targetIn(B))).toEqual({ status: B });
  await hand!.apply({ target: targetIn(B) } as Plan);
  await hand!.apply({ target: targetIn(HUB) } as Plan);
  expect(calls).toEqual([`${B} role/${B} see`, `${B} role/${B} apply`, `${HUB} own apply`]);
});

it.each([
  ["that is not configured", [member(B)], targetIn(C), /does not name/],
  ["that is not configured any more", [], targetIn(B), /does not name/],
  ["that it does not say", [], { credential: "crd_1", handle: {} } as Target, /does not name/],
  ["without a role for us here", [{ ...member(B), role: undefined }], targetIn(B), /ask the stage/],
])("refuses an account %s, and asks nobody", async (_title, members, target, message) => {
  const { provider, calls } = world(members);
  const [hand] = provider.hands;
  const plan = { target } as Plan;
  for (const call of [() => hand!.see(target), () => hand!.plan(target), () => hand!.apply(plan)])
    expect(await call().catch((error: unknown) => error)).toMatchObject({
      name: "BadInput",
      message: expect.stringMatching(message),
    });
  expect(calls).toEqual([]);
});

it("says how a person brings it back, though the account is not configured any more", async () => {
  const [action] = connector.acts!;
  const wayBack = () => "Ada must consent once more.";
  const acts = [{ ...action, reversibility: "R2", wayBack, isBack: async () => true }];
  const revokes = { ...connector, acts } as unknown as Connector;
  const { hands } = connected(revokes, { mode: "act", settings: { account: HUB } }, () => ({}), [member(B)]);
  const receipt = { target: targetIn(C) } as Receipt;
  expect(await hands[0]?.wayBack?.(receipt)).toBe("Ada must consent once more.");
  await expect(hands[0]?.isBack?.(receipt)).rejects.toMatchObject({ name: "BadInput" });
});

it("lists every account by itself to its end, and says of each page whose it is", async () => {
  const all = world([member(B, "payments"), member(C)]);
  const [first, ...pages] = await walk(all);
  expect(first).toMatchObject({ signals: [], next: undefined, whole: true });
  expect(first?.beside).toHaveLength(3); // and asks nobody, so that none waits for another
  expect(pages.map(({ place, whole }) => [place?.id, place?.name, whole])).toEqual([
    ...[1, 2].map(() => [HUB, undefined, true]),
    ...[1, 2].map(() => [B, "payments", true]),
    ...[1, 2].map(() => [C, undefined, true]),
  ]);
  expect(all.calls.filter((call) => call.endsWith("page a b"))).toHaveLength(3); // the provider's own cursor, as it was
});

it.each<[string, Fault, RegExp]>([
  ["does not let us in", denied("aws", "sts:AssumeRole"), /does not let us in/],
  ["lacks a permission", denied("aws", "iam:ListUsers"), /lacks iam:ListUsers/],
  ["cannot answer", unavailable("aws"), /could not answer/],
])("an account that %s is said, is not absent, and stops no other", async (_title, fault, why) => {
  const [, ...pages] = await walk(world([member(B, "payments"), member(C)], { [B]: fault }));
  expect(pages.map(({ place, whole }) => [place?.id, whole])).toEqual([
    ...[1, 2].map(() => [HUB, true]),
    [B, false],
    ...[1, 2].map(() => [C, true]),
  ]);
  expect(pages[2]?.gaps).toEqual([{ what: expect.stringMatching(why), place: B }]);
  expect(pages[2]?.gaps?.[0]?.what).toContain(`${B} (payments)`);
});

it("an account without a role for us here is said, too", async () => {
  const pages = await walk(world([{ ...member(B), role: undefined }]));
  expect(pages.at(-1)).toMatchObject({ whole: false, gaps: [{ place: B }], next: undefined });
});

it("checks every account, and one that fails does not hide the others", async () => {
  const { provider } = world([member(B), member(C)], { [B]: denied("aws", "sts:AssumeRole") });
  const said = await provider.check!();
  expect(said).toEqual([`ask ${HUB}`, expect.stringContaining(`Account ${B} was not seen`), `ask ${C}`]);
});

it.each([
  ["an error", new RangeError("CANARY"), /planned for [(]RangeError[)]/],
  ["a fault of ours", new Fault("Unexpected", "CANARY"), /planned for [(]Fault[)]/],
])(
  "says of which account %s came that nobody planned for, in no words of it, and goes on with the others",
  async (_title, broken, gap) => {
    const pages = await walk(world([member(B), member(C)], { [B]: broken })).catch(() => []);
    const of = (id: string) => pages.filter(({ place }) => place?.id === id);
    expect(of(B)).toMatchObject([
      { whole: false, next: undefined, gaps: [{ place: B, what: expect.stringMatching(gap) }] },
    ]);
    expect([of(HUB), of(C)].map((all) => all.map(({ whole }) => whole))).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(JSON.stringify(pages)).not.toContain("CANARY");
    expect(await world([member(B)], { [B]: broken }).provider.check!()).toEqual([
      `ask ${HUB}`,
      expect.stringMatching(gap),
    ]);
  },
);

it("begins again where its cursor is of an account that is gone", async () => {
  const provider = bind(connector, "act", { account: HUB, calls: [] });
  const { page } = together("account", [
    { id: HUB, provider },
    { id: B, provider },
  ]);
  await expect(page!(`${C} x`, MONDAY as Instant)).rejects.toMatchObject({ facts: { where: "cursor" } });
});

it.each<[string, ReturnType<typeof world>, ReturnType<typeof world>]>([
  ["lost an account", world([member(B)]), world([])],
  ["gained one that it would have passed", world([member(C)]), world([member(B), member(C)])],
  ["is of another account", world([]), world([], {}, { account: C })],
  ["looks in other Regions", world([], {}, { regions: ["a"] }), world([], {}, { regions: ["b", "a"] })],
])("goes on with no list of a configuration that has since %s", async (_title, before, after) => {
  for (const cursor of (await walk(before)).flatMap(leadsTo))
    await expect(after.provider.page!(cursor, MONDAY as Instant)).rejects.toMatchObject({ facts: { where: "cursor" } });
  expect(after.calls).toEqual([]);
});

it("goes on with a list where nothing has changed, in whatever order the settings are written", async () => {
  const [before, after] = [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ].map((more) => world([member(B)], {}, more));
  const [first] = await walk(before!);
  await after!.provider.page!(first!.beside![1], MONDAY as Instant);
  expect(after!.calls).toEqual([`${B} role/${B} page first`]);
});

it("goes on with no list that was begun when one account came after the other: the others would look absent", async () => {
  const { provider, calls } = world([member(B)]);
  const before = `${digest([{ account: HUB }, [B]])} ${HUB} a b`;
  await expect(provider.page!(before, MONDAY as Instant)).rejects.toMatchObject({ facts: { where: "cursor" } });
  expect(calls).toEqual([]);
});

it("keeps apart the lists that one account tells of, too", async () => {
  const { provider } = world([member(B)]);
  const [, first] = (await provider.page!(undefined, MONDAY as Instant)).beside!;
  const split = { ...bind(connector, "act", { account: B, calls: [] }), page: async () => SPLIT };
  const { page } = together("account", [
    { id: HUB, provider },
    { id: B, provider: split },
  ]);
  expect((await page!(first!.slice(first!.indexOf(" ") + 1), MONDAY as Instant)).beside).toEqual([`${B} x`, `${B} y`]);
});
const SPLIT: Page = { signals: [], next: undefined, whole: true, beside: ["x", "y"] };

it("is as before with one account: what stops its list is thrown", async () => {
  const { provider } = world([], { [HUB]: denied("aws", "sts:AssumeRole") });
  await expect(provider.page!(undefined, MONDAY as Instant)).rejects.toMatchObject({ name: "PermissionMissing" });
  expect(await bind(connector, "act", { account: HUB, calls: [] }).page!(undefined, MONDAY as Instant)).toMatchObject({
    next: "a b",
  });
});

it("polls the account that is named, from its own place, and says which is next and whose a gap is", async () => {
  const { provider, calls } = world([member(B), member(C)]);
  const first = await provider.since!("x");
  expect(first).toMatchObject({ next: "on", more: false, after: B, gaps: [`Account ${HUB}: not seen by ${HUB}`] });
  expect(await provider.since!(undefined, B)).toMatchObject({ after: C, gaps: [`Account ${B}: not seen by ${B}`] });
  expect((await provider.since!("y", C)).after).toBeUndefined();
  expect(calls).toEqual([`${HUB} own since x`, `${B} role/${B} since first`, `${C} role/${C} since y`]);
});

it.each<[string, Reached, Readonly<Record<string, Error>>, RegExp]>([
  ["refuses", member(B), { [B]: denied("aws", "cloudtrail:LookupEvents") }, /its role lacks cloudtrail:LookupEvents/],
  ["does not answer", member(B), { [B]: unavailable("aws") }, /could not answer/],
  ["answers what nobody planned for", member(B), { [B]: new Error("CANARY") }, /polled: what came back .* planned for/],
  ["does so in a word of ours", member(B), { [B]: new Fault("Unexpected", "CANARY") }, /planned for [(]Fault[)][.]$/],
  ["has no role for us here", { ...member(B), role: undefined }, {}, /ask the stage/],
])("an account that %s keeps its place, and its gap is said", async (_title, one, faults, gap) => {
  const { provider } = world([one, member(C)], faults);
  const said = await provider.since!("here", B).catch(() => ({ gaps: ["it stopped the others"] }));
  expect(said).toMatchObject({ signals: [], next: "here", more: false, after: C });
  expect(said.gaps).toEqual([expect.stringMatching(gap)]);
});

it("an account that is not configured any more is not polled, and a single one says its gaps as they are", async () => {
  await expect(world([]).provider.since!(undefined, undefined)).resolves.toMatchObject({
    gaps: [`not seen by ${HUB}`],
  });
  await expect(world([member(B)]).provider.since!(undefined, C)).rejects.toMatchObject({ facts: { where: "cursor" } });
});
