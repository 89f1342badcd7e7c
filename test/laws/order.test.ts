import { canonical } from "@leasehold/core/kernel";
import {
  contributions,
  earlierPlacesOfRun,
  isOwners,
  lineageOf,
  placesOfRun,
  repositoryMaker,
  workflowMaker,
} from "@leasehold/core/lineage";
import { SIGNAL_KINDS } from "@leasehold/core/signal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { anyChains, anyHistory, anyPipelines, anySignal } from "../support/histories.ts";
import { runs } from "../support/runs.ts";

it("any order and any repetition of the same signals gives the same graph, bit for bit", () => {
  fc.assert(
    fc.property(anyHistory, ({ signals, again }) => {
      expect(canonical(lineageOf(again))).toBe(canonical(lineageOf(signals)));
    }),
    runs(400),
  );
});

it("nor does it matter to chains of sessions, however long they are and wherever they meet", () => {
  let handed = 0;
  fc.assert(
    fc.property(anyChains, ({ signals, again }) => {
      const graph = lineageOf(signals);
      handed += graph.subjects.flatMap(({ evidence }) => evidence).filter(({ through }) => through?.[1]).length;
      expect(canonical(lineageOf(again))).toBe(canonical(graph));
    }),
    runs(300),
  );
  expect(handed).toBeGreaterThan(100); // through two sessions and more
});

it("nor to runs of pipelines and what was made in them, of whose hours and refs several people have a part", () => {
  let [inferred, declared, long] = [0, 0, 0];
  fc.assert(
    fc.property(anyPipelines, ({ signals, again }) => {
      const graph = lineageOf(signals);
      const all = graph.subjects.flatMap(({ evidence }) => evidence);
      declared += graph.subjects.filter(
        ({ id, facts }) => !id.startsWith("ses_") && Object.keys(facts).some(isOwners),
      ).length;
      inferred += all.filter(({ kind, through }) => kind.endsWith("-run") && through !== undefined).length;
      long += all.filter(({ kind, through }) => kind.endsWith("-in-long-run") && through !== undefined).length;
      expect(canonical(lineageOf(again))).toBe(canonical(graph));
    }),
    runs(400),
  );
  expect(inferred).toBeGreaterThan(100);
  expect(declared).toBeGreaterThan(100); // in a repository's CODEOWNERS, of what its pipelines made
  expect(long).toBeGreaterThan(50);
});

const DEPLOY = ".github/workflows/deploy.yml";

it("the histories have every kind of signal in them", () => {
  const kinds = new Set(fc.sample(anySignal, { numRuns: 500, seed: 7 }).map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([...SIGNAL_KINDS].sort());
});

it("what a signal says is always about a subject of its own, and its facts are never after the signal", () => {
  fc.assert(
    fc.property(anySignal, (signal) => {
      const places = signal.kind === "pipeline.ran" ? [placesOfRun(signal), earlierPlacesOfRun(signal)] : [];
      const repository = "repository" in signal ? signal.repository : "example/search";
      const makers = [repositoryMaker(repository), workflowMaker(repository, DEPLOY)];
      const ids = JSON.stringify([signal, places, makers]);
      for (const { subject, facts } of contributions(signal)) {
        expect(ids).toContain(subject.id);
        for (const [name, fact] of Object.entries(facts))
          if (name !== "lastUsed") expect(fact.at <= signal.source.occurredAt).toBe(true);
      }
    }),
  );
});
