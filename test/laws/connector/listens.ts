import type { Listener } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import { Use } from "@leasehold/core/usage";
import { matches } from "@leasehold/local/pattern";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fixture, fixturesOf } from "../../support/connectors.ts";
import { replaceOnePart, withCanaries } from "../../support/meddle.ts";

/** What an event may become: exactly what its fixture says, nothing that it does not name, and never a fault. */
export function listenerLaws(id: string, listens: Listener<unknown>, comes: "by the bus" | "by its hook"): void {
  describe("events", () => {
    const fixtures = fixturesOf(id);
    const patterns = Object.values(listens.patterns).flat();
    const byHookAlone = comes === "by its hook" && patterns.length === 0; // then no rule brings it, and nobody else can
    const say = (event: unknown) => listens.normalise(listens.event.parse(event));

    it.each(fixtures)("$file", ({ event, signals, uses }: Fixture) => {
      const onlyInFiles = listens.usesOf !== undefined && uses?.length === 0; // and nothing is lost where no rule brings it
      if (!byHookAlone && !onlyInFiles) expect(patterns.some((pattern) => matches(pattern, event))).toBe(true); // AWS would have routed it here
      const said = say(event);
      expect(said).toEqual(signals);
      expect(said.map((signal) => Signal.parse(signal))).toEqual(said); // strict: no field we did not name
      expect(said.every(({ source }) => source.connector === id)).toBe(true);
    });

    it("has a fixture for every kind it emits, and one that says nothing", () => {
      const kinds = fixtures.flatMap(({ signals }) => signals.map(({ kind }) => kind));
      expect(new Set(kinds)).toEqual(new Set(listens.emits));
      expect(fixtures.some(({ signals }) => signals.length === 0)).toBe(true);
    });

    if (id.startsWith("aws-"))
      it.each(fixtures)("$file says what its shape rests on", ({ about }: Fixture) => {
        expect(about).toMatch(/https:\/\/|Shape|API [Rr]eference|User Guide|data set/);
      });

    it("names its source in every pattern, and of AWS the kind of event too: one source sends several", () => {
      for (const { source, "detail-type": type } of patterns) {
        expect(source).toBeDefined();
        if (/"aws[.](?!partner)/.test(JSON.stringify(source))) expect(type).toBeDefined();
      }
    });

    it("survives an event with any one part replaced by anything", () => {
      const events = fc.constantFrom(...fixtures.map(({ event }) => event));
      fc.assert(
        fc.property(events, fc.nat(), fc.jsonValue(), (event, at, junk) => {
          const parsed = listens.event.safeParse(replaceOnePart(event, at, junk));
          if (parsed.success) for (const signal of listens.normalise(parsed.data)) Signal.parse(signal);
        }),
        { numRuns: 1000 },
      );
    });

    it.each(fixtures)("carries nothing over that it does not name: $file", ({ event }: Fixture) => {
      expect(JSON.stringify(say(withCanaries(event)))).not.toContain("CANARY");
    });

    if (listens.usesOf) usageLaws(listens, fixtures);
    if (listens.envelope) envelopeLaws(listens.envelope, fixtures);
  });
}

/** What is counted: who called what when, told by exactly what the fixture says, and nothing beside it. */
function usageLaws({ event: shape, usesOf }: Listener<unknown>, fixtures: readonly Fixture[]): void {
  const count = (event: unknown) => usesOf?.(shape.parse(event));

  it.each(fixtures)("counts what it should, and carries nothing else over: $file", ({ event, uses }: Fixture) => {
    expect(uses, "a fixture of who counts says what is counted").toBeDefined();
    expect(count(event)).toEqual(uses);
    for (const use of uses ?? []) expect(Use.parse(use)).toEqual(use); // strict
    expect(JSON.stringify(count(withCanaries(event)))).not.toContain("CANARY");
  });

  it("has a fixture that is counted, one that was refused, and one that is not counted", () => {
    const uses = fixtures.map((one) => one.uses ?? []);
    expect(uses.some((some) => some.length === 0)).toBe(true);
    expect(new Set(uses.flat().map(({ refused }) => refused))).toEqual(new Set([true, false]));
  });

  it("counts an event with any one part replaced by anything in the same shape, or not at all", () => {
    const events = fc.constantFrom(...fixtures.map(({ event }) => event));
    fc.assert(
      fc.property(events, fc.nat(), fc.jsonValue(), (event, at, junk) => {
        const parsed = shape.safeParse(replaceOnePart(event, at, junk));
        if (parsed.success) for (const use of usesOf?.(parsed.data) ?? []) Use.parse(use);
      }),
      { numRuns: 1000 },
    );
  });
}

function envelopeLaws(envelope: (record: unknown) => unknown, fixtures: readonly Fixture[]): void {
  it("knows nobody else's record", () => {
    for (const other of [null, 7, "x", [], {}, { eventSource: "s3.amazonaws.com", eventName: "GetObject" }])
      expect([envelope(other) ?? []].flat()).toEqual([]);
  });

  it("throws at nothing", () => {
    const events = fc.constantFrom(...fixtures.map(({ event }) => event));
    const record = fc.oneof(
      fc.jsonValue(),
      fc.tuple(events, fc.nat(), fc.jsonValue()).map((of) => replaceOnePart(...of)),
    );
    fc.assert(fc.property(record, (one) => void envelope(one)));
  });
}
