import { bind, type Estate, type Provider } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import { back, type Connector, declare, type Receipt } from "@leasehold/core/connector";
import type { Fault } from "@leasehold/core/kernel";
import type { Right } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { credentialOf, folders, running, simulatorOf } from "../../../../test/support/connectors.ts";
import { serve } from "../provider/index.ts";
import { all, type Call, operations, remoteEstate } from "./index.ts";

const ALL: readonly Right[] = ["read", "act", "contain", "delete", "desk"];
const json = (value: unknown) => JSON.parse(JSON.stringify(value));

/** Both functions, with JSON between them as Lambda would put it there. */
function across(connector: Connector, api: unknown, meddle: (answer: unknown) => unknown = (it) => it) {
  const local = bind(connector, "act", api);
  const asked: string[] = [];
  const call: Call = async (id, right, request) => {
    asked.push(`${id}-${right} ${(request as { does: string }).does}`);
    return meddle(json(await serve(() => local, right, json(request))));
  };
  const config = { connectors: { [connector.id]: { mode: "act", settings: {} } } } as const;
  return { local, asked, remote: only(remoteEstate([json(declare(connector))], config, ALL, all, call)) };
}

function only(estate: Estate): Provider {
  const [one] = estate.providers();
  if (one === undefined) throw new Error("no provider");
  return one;
}

describe.each(folders)("%s", async (id) => {
  const connector = await connectors[id as keyof typeof connectors]();
  const simulator = await simulatorOf(id).catch(() => undefined);

  it("has the same parts at a distance", () => {
    const { local, remote } = across(connector, { http: {} });
    for (const part of ["check", "person", "page", "since", "desk"] as const)
      expect([part, remote[part] !== undefined]).toEqual([part, local[part] !== undefined]);
    expect(Object.keys(remote.desk ?? {}).sort()).toEqual(Object.keys(local.desk ?? {}).sort());
    expect(remote.hands.map((hand) => Object.keys(hand).sort())).toEqual(
      local.hands.map((hand) => Object.keys(hand).sort()),
    );
    for (const [n, hand] of remote.hands.entries()) expect(json(hand)).toEqual(json(local.hands[n]));
  });

  if (simulator === undefined) return;
  for (const [n, action] of (connector.acts ?? []).entries())
    describe(`${action.verb} ${action.credential}`, () => {
      const { states, start } = credentialOf(simulator, action);

      it.each([...states, undefined].map((state) => ({ name: JSON.stringify(state) ?? "gone", state })))(
        "from $name: the same as beside it, step by step",
        async ({ state }) => {
          const [here, there] = [start(state), start(state)];
          const local = bind(connector, "act", here.api).hands[n]!;
          const { remote } = across(connector, there.api);
          const hand = remote.hands[n]!;
          const outcome = async <T>(run: () => Promise<T> | undefined) =>
            Promise.resolve(run()).then(
              (value) => ({ value }),
              (error: Fault) => ({ name: error.name, message: error.message, facts: error.facts }),
            );
          const both = async <T>(run: (of: typeof hand) => Promise<T> | undefined) => {
            const [ours, theirs] = [await outcome(() => run(local)), await outcome(() => run(hand))];
            expect(theirs).toStrictEqual(ours); // undefined is not null, and neither is missing
            expect(there.state()).toEqual(here.state());
            return ours as { value?: T };
          };
          await both((of) => of.see(here.target));
          await both((of) => of.lastUsed?.(here.target));
          const { value: plan } = await both((of) => of.plan(here.target));
          if (plan === undefined || plan.refusals.length > 0) return;
          const { value: receipt } = await both((of) => of.apply(plan));
          await both((of) => of.verify(receipt as Receipt));
          await both((of) => of.wayBack?.(receipt as Receipt));
          await both((of) => of.isBack?.(receipt as Receipt));
          if (action.reversibility === "R1") await both((of) => of.apply(back(receipt as Receipt)));
          expect(there.calls).toEqual(here.calls); // and nothing was asked twice
        },
      );

      it("names a refusal, a throttle and a broken connection as they were named there", async () => {
        for (const [mood, name] of [
          ["refusing", "PermissionMissing"],
          ["busy", "Throttled"],
          ["unreachable", "Unavailable"],
        ] as const) {
          const world = start(states[0]);
          world.mood = mood;
          const { local, remote } = across(connector, world.api);
          const fault = await local.hands[n]!.plan(world.target).catch((error: Fault) => error.facts);
          await expect(remote.hands[n]!.plan(world.target)).rejects.toMatchObject({ name, facts: fault });
        }
      });
    });

  if (connector.lists === undefined && connector.people === undefined) return;
  it("lists and reads people the same", async () => {
    const { live } = running(simulator);
    const { local, remote } = across(connector, live.api);
    if (local.page)
      expect(await remote.page!(undefined, MONDAY)).toStrictEqual(undone(await local.page(undefined, MONDAY)));
    for (const [handle, state] of simulator.sample?.people ?? [])
      if (remote.person) expect(await remote.person(handle)).toBe(state);
  });
});

/** What a page has that is undefined is either its cursor, or nothing that a signal says. */
const undone = (page: { next: string | undefined }) => ({ ...json(page), next: page.next });

it("of several accounts and Regions a page says which it is of, and which could not be seen", () => {
  const { read, write } = all.page.answer;
  const pages = [
    { signals: [], next: undefined, whole: true, beside: ["111122223333 ", "444455556666 "] },
    { signals: [], next: "111122223333 ", whole: true, place: { id: "111122223333" }, region: "eu-west-1" },
    {
      ...{ signals: [], next: undefined, whole: false, place: { id: "444455556666", name: "payments" } },
      gaps: [
        { what: "Account 444455556666 was not seen.", place: "444455556666" },
        { what: "No log.", stopped: true },
        { what: "No trail records anything there.", dark: true },
      ],
      looked: [{ tenant: "444455556666", type: "trail" }],
    },
  ] as const;
  for (const page of pages) expect(read.parse(json(write(page)))).toStrictEqual(page);
});

describe("what was lost on the way", async () => {
  const awsIam = await connectors["aws-iam"]();
  const simulator = await simulatorOf("aws-iam");
  const action = awsIam.acts![0]!;
  const { start, states } = credentialOf(simulator, action);
  const world = start(states[0]);

  const meddled = (meddle: (result: unknown) => unknown) =>
    across(awsIam, world.api, (answer) => ({ result: meddle((answer as { result: unknown }).result) })).remote
      .hands[0]!;
  const withoutKeys = (of: object): object[] =>
    Object.keys(of).flatMap((key) => [
      Object.fromEntries(Object.entries(of).filter(([name]) => name !== key)),
      { ...of, [key]: null },
    ]);

  it("is a fault, and never something gone", async () => {
    for (const nothing of [
      undefined,
      null,
      {},
      "",
      0,
      false,
      [[]],
      [null],
      [{}, {}],
      [{ status: 7 }],
      { status: "Active" },
    ])
      await expect(meddled(() => nothing).see(world.target)).rejects.toMatchObject({ name: "Unexpected" });
    await expect(meddled(() => []).see(world.target)).resolves.toBeUndefined(); // this alone says gone
  });

  it("of a plan, a receipt or a verification is a fault, whichever field it was", async () => {
    const hand = bind(awsIam, "act", world.api).hands[0]!;
    const plan = await hand.plan(world.target);
    const receipt = await bind(awsIam, "act", start(plan.before).api).hands[0]!.apply(plan);
    const wires = [
      ["plan", operations.plan.answer.write(plan), (of: typeof hand) => of.plan(world.target)],
      ["verify", operations.verify.answer.write(await hand.verify(receipt)), (of: typeof hand) => of.verify(receipt)],
      ["apply", operations.apply.answer.write(receipt), (of: typeof hand) => of.apply(plan)],
    ] as const;
    for (const [, wire, ask] of wires)
      for (const less of withoutKeys(wire as object))
        await expect(ask(meddled(() => less))).rejects.toMatchObject({ name: "Unexpected" });
    const cut = { ...(wires[0][1] as object), wanted: [] };
    await expect(meddled(() => cut).plan(world.target)).rejects.toMatchObject({ facts: { where: "token" } });
  });

  it("of a last use is a fault: never, not said and then are three answers", async () => {
    const used = (result: unknown) => meddled(() => result).lastUsed!(world.target);
    expect(await used([])).toBeUndefined();
    expect(await used([null])).toBeNull();
    expect(await used([MONDAY])).toBe(MONDAY);
    for (const lost of [null, undefined, MONDAY, {}, [""]])
      await expect(used(lost)).rejects.toMatchObject({ name: "Unexpected" });
  });

  it("of an answer is a fault, and says nothing of what stood there", async () => {
    for (const answer of [undefined, null, {}, { result: 1, fault: {} }, { fault: { name: "CANARY" } }, "CANARY"]) {
      const hand = across(awsIam, world.api, () => answer).remote.hands[0]!;
      const fault = await hand.see(world.target).catch((error: Fault) => error);
      expect(fault).toMatchObject({ name: "Unexpected" });
      expect(JSON.stringify([fault, (fault as Fault).message])).not.toContain("CANARY");
    }
  });
});

describe("rights", async () => {
  const awsIam = await connectors["aws-iam"]();
  const { start, states } = credentialOf(await simulatorOf("aws-iam"), awsIam.acts![0]!);
  const world = start(states[0]);
  const { local } = across(awsIam, world.api);
  const hand = { verb: "disable", credential: "access key" };
  const target = operations.see.args[0]!.write(world.target);
  const plan = operations.plan.answer.write(await local.hands[0]!.plan(world.target));
  const erase = operations.plan.answer.write(await local.hands[1]!.plan(world.target));
  const ends = { verb: "end-sessions", credential: "temporary credentials" };
  const ended = { ...(plan as object), verb: "end-sessions" };

  it.each([
    ["read", { does: "apply", hand, args: [plan] }],
    ["desk", { does: "apply", hand, args: [plan] }],
    ["desk", { does: "see", hand, args: [target] }],
    ["delete", { does: "apply", hand, args: [plan] }],
    ["delete", { does: "see", hand, args: [target] }],
    ["act", { does: "apply", hand: { ...hand, verb: "delete" }, args: [erase] }],
    ["act", { does: "see", hand: { ...hand, verb: "delete" }, args: [target] }],
    ["contain", { does: "apply", hand, args: [plan] }],
    ["act", { does: "apply", hand: ends, args: [ended] }],
    ["delete", { does: "apply", hand: ends, args: [ended] }],
    ["act", { does: "check", args: [] }],
    ["delete", { does: "page", args: [[], MONDAY] }],
    ["read", { does: "withdraw", args: ["dec_1", []] }],
  ] as const)("%s does not do %j, whoever asks", async (right, request) => {
    const before = [world.calls.length, world.state()];
    expect(await serve(() => local, right, request)).toMatchObject({
      fault: { name: "BadInput", facts: { does: request.does, right } },
    });
    expect([world.calls.length, world.state()]).toEqual(before);
  });

  it("a plan under another hand's name is done by nobody", async () => {
    const request = { does: "apply", hand, args: [erase] };
    const before = world.state();
    expect(await serve(() => local, "act", request)).toMatchObject({ fault: { name: "BadInput" } });
    expect(world.state()).toEqual(before);
  });

  it("a step asks only for what the table gives it", async () => {
    const call: Call = async () => {
      throw new Error("it went out");
    };
    const config = { connectors: { "aws-iam": { mode: "act", settings: {} } } } as const;
    const estate = remoteEstate([declare(awsIam)], config, ["read", "act"], all, call);
    const [, erases] = only(estate).hands;
    const drawn = await local.hands[1]!.plan(world.target);
    await expect(erases!.apply(drawn)).rejects.toMatchObject({ name: "Unreachable", facts: { right: "delete" } });
  });

  it("a step that lists nothing cannot ask for a list", async () => {
    const config = { connectors: { "aws-iam": { mode: "act", settings: {} } } } as const;
    const call: Call = async () => {
      throw new Error("it went out");
    };
    const { page } = only(remoteEstate([declare(awsIam)], config, ["read"], operations, call));
    await expect(page?.(undefined, MONDAY)).rejects.toMatchObject({ name: "Unreachable", facts: { does: "page" } });
  });

  it("reading, acting and deleting go to three functions", async () => {
    const fresh = across(awsIam, start(states[0]).api);
    const one = await fresh.remote.hands[0]!.plan(world.target);
    await fresh.remote.hands[0]!.apply(one);
    await fresh.remote.hands[1]!.apply(await fresh.remote.hands[1]!.plan(world.target));
    expect(fresh.asked).toEqual([
      ...["aws-iam-read plan", "aws-iam-act apply", "aws-iam-read plan", "aws-iam-delete apply"],
    ]);
  });

  it("what writes a policy goes to a fourth, which does nothing else", async () => {
    const ends = credentialOf(await simulatorOf("aws-iam"), { credential: "temporary credentials" } as never);
    const there = ends.start({ sessions: "Live" });
    const fresh = across(awsIam, there.api);
    const hand = fresh.remote.hands.find(({ credential }) => credential === "temporary credentials")!;
    await hand.apply(await hand.plan(there.target));
    expect(fresh.asked).toEqual(["aws-iam-read plan", "aws-iam-contain apply"]);
    expect(there.state()).toEqual({ sessions: "Ended" });
  });

  it("junk is refused by where it is, and never echoed", async () => {
    const junk: readonly unknown[] = [
      ...[undefined, null, "CANARY", {}, { does: "CANARY", args: [] }, { does: "see", args: ["CANARY"], hand }],
      ...[
        { does: "see", args: [], hand },
        { does: "check", args: [], CANARY: 1 },
        { does: "apply", args: [{}], hand },
      ],
    ];
    for (const right of ALL)
      for (const given of junk) {
        const answer = await serve(() => local, right, given);
        expect(answer).toMatchObject({ fault: { name: "BadInput" } });
        expect(JSON.stringify(answer)).not.toContain("CANARY");
      }
  });

  it("a surprise goes out by its class alone", async () => {
    const broken = () => {
      throw new TypeError("CANARY");
    };
    expect(await serve(broken, "read", { does: "check", args: [] })).toEqual({
      fault: { name: "Unexpected", message: "nobody planned for this", facts: { was: "TypeError" } },
    });
  });
});
