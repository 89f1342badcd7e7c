import { connectors } from "@leasehold/connectors";
import { type EventPattern, ROUTES, type Route } from "@leasehold/core/connector";
import { canonical } from "@leasehold/core/kernel";
import { compile } from "@leasehold/local/pattern";
import { routes } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { routeEvents } from "./routes/index.ts";

const FEWEST = 3;

interface Pattern {
  readonly connector: string;
  readonly route: Route;
  readonly n: number;
  readonly pattern: EventPattern;
}

/** Of every connector that listens, as the laptop's bus and the stacks find them. */
const patterns: readonly Pattern[] = (await Promise.all(Object.values(connectors).map((load) => load()))).flatMap(
  ({ id, listens }) =>
    Object.entries(listens?.patterns ?? {}).flatMap(([route, all]) =>
      all.map((pattern, n) => ({ connector: id, route: route as Route, n, pattern })),
    ),
);
const nameOf = ({ connector, route, n }: Pick<Pattern, "connector" | "route" | "n">) => `${connector}/${route}/${n}`;
const named = patterns.map((one) => ({ ...one, name: nameOf(one) }));

it("the patterns were found", () => {
  expect(patterns.length).toBeGreaterThanOrEqual(6);
});

it("every pattern has its events, and no events are of a pattern that is gone", () => {
  expect(routeEvents.map(nameOf).sort()).toEqual(patterns.map(nameOf).sort());
});

it("every route there is has a function behind it", () => {
  expect(Object.keys(routes).sort()).toEqual([...ROUTES].sort());
});

describe.each(named)("$name", ({ name, pattern }) => {
  const { matches, misses } = routeEvents.find((one) => nameOf(one) === name) ?? { matches: [], misses: [] };
  const routed = compile(pattern);

  it(`has ${FEWEST} events or more of each, and none twice`, () => {
    const all = [...matches, ...misses].map((event) => canonical(event));
    expect(new Set(all).size).toBe(all.length);
    expect(matches.length, "write more matches into test/laws/routes").toBeGreaterThanOrEqual(FEWEST);
    expect(misses.length, "write more near misses into test/laws/routes").toBeGreaterThanOrEqual(FEWEST);
  });

  it("routes what it should", () => {
    expect(matches.filter((event) => !routed(event)).map(said)).toEqual([]);
  });

  it("does not route what is one field away", () => {
    expect(misses.filter(routed).map(said)).toEqual([]);
  });

  it("notices when any one of its conditions is gone", () => {
    const weaker = [...loosened(pattern)];
    expect(weaker.length).toBeGreaterThan(1);
    const unnoticed = weaker.filter(({ without }) => !misses.some(compile(without))).map(({ path }) => path);
    expect(unnoticed).toEqual([]);
  });
});

const said = (event: object) => {
  const { source, "detail-type": type, detail } = event as Record<string, unknown>;
  const { eventSource, eventName, eventType } = detail as Record<string, unknown>;
  return [source, type, eventSource, eventName ?? eventType].join(" | ");
};

/** The pattern without one of its fields, once for each. */
function* loosened(
  pattern: EventPattern,
  at = "",
): Generator<{ readonly path: string; readonly without: EventPattern }> {
  for (const [field, inner] of Object.entries(pattern)) {
    const path = at === "" ? field : `${at}.${field}`;
    const { [field]: _, ...rest } = pattern;
    if (Array.isArray(inner)) {
      if (Object.keys(rest).length > 0) yield { path, without: rest };
      continue;
    }
    const below = inner as EventPattern;
    if (Object.keys(below).length === 1) yield { path, without: rest };
    else for (const one of loosened(below, path)) yield { path: one.path, without: { ...rest, [field]: one.without } };
  }
}
