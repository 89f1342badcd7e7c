import { connectors } from "@leasehold/connectors";
import { type Connector, ROUTES } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { compile } from "../../packages/local/src/pattern/index.ts";
import { literalOf } from "./assertions/routing.ts";
import { type Json, nearMisses, recorded } from "./events.ts";
import type { Synth } from "./harness.ts";
import { of, text } from "./look.ts";

/**
 * Every route of a connector: at least three recorded events that its patterns match and three near misses, through the
 * laptop's matcher, once by the connector's pattern and once by the text of the rule.
 */
export async function hears(ids: readonly (keyof typeof connectors)[], synth: () => Synth): Promise<void> {
  const all: readonly Connector[] = await Promise.all(ids.map((id) => connectors[id]()));
  const each = all.flatMap(({ id, listens }) =>
    ROUTES.filter((route) => listens?.patterns[route] !== undefined).map((route) => ({ id, route, listens: listens! })),
  );
  describe.each(each)("$id: $route", ({ id, route, listens }) => {
    const own = (listens.patterns[route] ?? []).map((pattern) => ({ pattern, hears: compile(pattern) }));
    const events = recorded(id, listens.envelope?.bind(listens));
    const rules = () => {
      const named = of(synth(), "cloudwatch/eventRule:EventRule").filter(
        (one) => text(one, "description") === `${id}: ${route}`,
      );
      return named.map((one) => compile(literalOf(text(one, "eventPattern"))));
    };
    const hit = events.filter((event) => own.some((one) => one.hears(event)));

    it("hears at least three recorded events, and the rules hear the same", () => {
      expect(hit.length).toBeGreaterThanOrEqual(3);
      for (const event of events) expect(rules().some((rule) => rule(event))).toBe(hit.includes(event));
    });

    it("misses each of them where one deciding field is another", () => {
      const missed = hit.flatMap((event) => missesOf(event, own));
      expect(missed.length).toBeGreaterThanOrEqual(3);
      for (const event of missed) {
        expect([event, own.some((one) => one.hears(event))]).toEqual([event, false]);
        expect([event, rules().some((rule) => rule(event))]).toEqual([event, false]);
      }
    });
  });
}

const missesOf = (event: Json, own: readonly { pattern: Json; hears: (event: unknown) => boolean }[]) =>
  own.filter(({ hears }) => hears(event)).flatMap(({ pattern }) => nearMisses(event, pattern));
