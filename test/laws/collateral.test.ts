import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";

const all = await Promise.all(Object.values(connectors).map((load) => load()));
const rows = all.flatMap(({ id, acts = [], collateral = [] }) => collateral.map((row) => ({ id, acts, ...row })));

it.each(rows.map((row) => [`${row.id}: ${row.verb}, ${row.credential}`, row] as const))("%s", (_title, row) => {
  const isOurs = row.acts.some(({ verb, credential }) => verb === row.verb && credential === row.credential);
  expect(row.by).toBe(isOurs ? "us" : "hand");
  expect(row.source).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/);
  expect(row.what).toMatch(/^[A-Z].*[.)]$/s);
  if (row.sessionsLive !== undefined) expect(row.sessionsLive).toBeGreaterThan(0);
});

it("has considered every action that we have", () => {
  const missing = all.flatMap(({ id, acts = [], collateral = [] }) =>
    acts
      .filter(({ verb, credential }) => !collateral.some((row) => row.verb === verb && row.credential === credential))
      .map(({ verb, credential }) => `${id}: ${verb}, ${credential}`),
  );
  expect(missing, "add a row to the connector's collateral.ts, also where nothing else is known to happen").toEqual([]);
});

it("says the same thing once", () => {
  const said = rows.map(({ id, what }) => `${id} ${what}`);
  expect(said.filter((one, n) => said.indexOf(one) !== n)).toEqual([]);
});
