import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";

const all = await Promise.all(Object.values(connectors).map((load) => load()));
const rows = all.flatMap(({ id, shortLived = [] }) => shortLived.map((row) => ({ id, ...row })));

it.each(rows.map((row) => [`${row.id}: ${row.credential}`, row] as const))("%s", (_title, row) => {
  expect(row.source).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/);
  expect(row.steps).toMatch(/^[A-Z].*[.]$/s);
  expect(row.steps.length).toBeLessThan(500); // it stands in an answer that one person reads on a desk
});

it("is of a type that the connector itself takes down, and says it once", () => {
  const acts = all.flatMap(({ id, acts: own = [] }) => own.map(({ credential }) => `${id}: ${credential}`));
  const types = rows.map(({ id, credential }) => `${id}: ${credential}`);
  expect(types.filter((one) => !acts.includes(one))).toEqual([]);
  expect(new Set(types).size).toBe(types.length);
  expect(types).toContain("aws-iam: access key");
});
