import type { Simulator } from "@leasehold/connectors/kit";
import type { Connector, Hooked, HookRequest } from "@leasehold/core/connector";
import { laterBy } from "@leasehold/core/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../support/clock.ts";
import { fixturesOf } from "../../support/connectors.ts";

const REFUSED = expect.objectContaining({ name: "BadInput", message: "the request was not accepted" });

/** A request over HTTP becomes exactly what the bus would have brought; it is the vendor's own, of now, and known again by its events. */
export function hookLaws({ id, hook, listens, settings, signedWith }: Connector, simulator: Simulator<unknown>): void {
  const { signing = [], hooked } = simulator;
  if (hook === undefined || listens === undefined || hooked === undefined)
    throw new Error("a hook needs a listener that reads its events, and a simulator that sends them");
  const given = settings.parse(hooked.settings);
  const fixtures = fixturesOf(id);
  const sent = (...events: readonly unknown[]) => hooked.send(events, MONDAY);
  const read = (request: HookRequest, secrets = signing, now = MONDAY) => hook.read(request, secrets, now, given);
  const say = (event: unknown) => {
    const known = listens.event.safeParse(event);
    return known.success ? listens.normalise(known.data) : [];
  };

  describe("hook", () => {
    it.each(fixtures)("brings what the bus would have brought: $file", ({ event, signals }) => {
      expect(deliveriesOf(read(sent(event))).flatMap((one) => say(one.event))).toEqual(signals);
    });

    it.each(fixtures)("knows it again, whatever it came in: $file", ({ event }) => {
      const [once] = deliveriesOf(read(sent(event)));
      const again = deliveriesOf(read(hooked.send([event, event], laterBy(MONDAY, 60)), signing, laterBy(MONDAY, 60)));
      expect(new Set(again.map((one) => one.id))).toEqual(new Set(once ? [once.id] : []));
    });

    it("tells one event from another", () => {
      const ids = fixtures.map(({ event }) => deliveriesOf(read(sent(event)))[0]?.id);
      expect(new Set(ids.filter((one) => one !== undefined)).size).toBeGreaterThan(1);
    });

    it("takes either of two secrets, while one is being replaced, and no other", () => {
      const request = sent(fixtures[0]?.event);
      expect(() => read(request, ["another", ...signing])).not.toThrow();
      for (const none of [[], ["another"], [""]]) expect(() => read(request, none)).toThrow(REFUSED);
    });

    it.each<[string, (request: HookRequest) => HookRequest, seconds?: number]>([
      ["has no headers", (request) => ({ ...request, headers: {} })],
      ["is a form", (request) => typed(request, "application/x-www-form-urlencoded")],
      ["does not say what it is", (request) => typed(request, "")],
      ["is from the future", (request) => request, -3_600],
      ["is old", (request) => request, 25 * 3_600],
      ["is too large", (request) => ({ ...request, body: request.body.padEnd(2_000_000) })],
    ])("refuses what %s, and does not say why", (_title, change, seconds = 0) => {
      const request = change(sent(fixtures[0]?.event));
      expect(() => read(request, signing, laterBy(MONDAY, seconds))).toThrow(REFUSED);
    });

    it("throws nothing else, whatever it is sent", () => {
      const request = sent(fixtures[0]?.event);
      const headers = fc.dictionary(fc.constantFrom(...Object.keys(request.headers)), fc.string());
      const junk = fc.oneof(fc.string(), fc.json(), fc.constant(request.body));
      fc.assert(
        fc.property(headers, junk, fc.constantFrom("GET", "POST"), (over, body, method) => {
          try {
            read({ method, body, headers: { ...request.headers, ...over } });
          } catch (fault) {
            expect(fault).toEqual(REFUSED);
          }
        }),
      );
    });

    it("names no secret that a request of somebody else could be signed with", () => {
      const all = signedWith?.(given) ?? [];
      expect(all.every((name) => name.startsWith(`${id}.`))).toBe(true);
      for (const name of signedWith?.(given, sent(fixtures[0]?.event).headers) ?? []) expect(all).toContain(name);
    });
  });
}

const typed = (request: HookRequest, type: string): HookRequest => ({
  ...request,
  headers: { ...request.headers, "content-type": type },
});

const deliveriesOf = (hooked: Hooked) => ("deliveries" in hooked ? hooked.deliveries : []);
