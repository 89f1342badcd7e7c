import { existsSync, readFileSync } from "node:fs";
import { connectors } from "@leasehold/connectors";
import type { Simulator } from "@leasehold/connectors/kit";
import type { Connector } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { connectorsPage, connectorTables, permissionsPage } from "../../scripts/generate-docs.ts";
import { folders, HOME, simulatorOf } from "../support/connectors.ts";
import { absorbLaws } from "./connector/absorbs.ts";
import { actionLaws } from "./connector/acts.ts";
import { deskLaws, isHearing, sendingLaws } from "./connector/asks.ts";
import { groupLaws } from "./connector/groups.ts";
import { hookLaws } from "./connector/hooks.ts";
import { listenerLaws } from "./connector/listens.ts";
import { listerLaws } from "./connector/lists.ts";
import { peopleLaws } from "./connector/people.ts";
import { placeLaws } from "./connector/places.ts";
import { pollerLaws } from "./connector/polls.ts";
import { settingsLaws } from "./connector/settings.ts";

it("the pages of all connectors are as they are generated: npm run golden", async () => {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const page = (name: string) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8");
  expect(page("connectors")).toBe(connectorsPage(all));
  expect(page("permissions")).toBe(permissionsPage(all));
});

it("every folder is in the registry, in order, and nothing else is", () => {
  expect(Object.keys(connectors)).toEqual(folders);
});

describe.each(Object.entries(connectors))("%s", async (id, load) => {
  const connector = await load();
  const { listens, hook, polls, lists, people, acts = [], desk } = connector;

  it("is named after its folder", () => {
    expect(connector.id).toBe(id);
  });

  it("says how to set it up, above the mark, and leaves what is below it to the tables", () => {
    const readme = readFileSync(new URL(`${id}/README.md`, HOME), "utf8");
    const [told, tables, ...more] = readme.split("<!-- generated -->\n\n");
    expect(told).toMatch(/^# .+\n[\s\S]+\n## Set-up\n/);
    expect(told?.startsWith(`# ${connector.title}\n`)).toBe(true);
    expect(tables, "npm run golden writes it").toBe(connectorTables(connector));
    expect(more).toEqual([]);
  });

  it("claims no more proof than it has", () => {
    const simulated = existsSync(new URL(`${id}/simulator.ts`, HOME));
    expect(["fixtures", "simulator", "live"].slice(0, simulated ? 3 : 1)).toContain(connector.proof);
  });

  it("says with which of our secrets it is asked, wherever it is", () => {
    expect(connector.signedWith !== undefined).toBe(hook !== undefined || desk?.read !== undefined);
  });

  settingsLaws(connector.settings);
  if (listens) listenerLaws(id, listens, hook ? "by its hook" : "by the bus");
  if (hook || polls || lists || people || desk || acts.length > 0) simulatedLaws(connector, await simulatorOf(id));
});

function simulatedLaws(connector: Connector, simulator: Simulator<unknown>): void {
  const { id, listens, hook, polls, lists, people, acts = [], desk, places } = connector;
  if (places) placeLaws(connector, places, simulator);
  if (listens) absorbLaws(id, simulator);
  if (hook) hookLaws(connector, simulator);
  if (polls) pollerLaws(polls, simulator);
  if (lists) listerLaws(lists, simulator);
  if (people) peopleLaws(people, simulator);
  if (people?.groups) groupLaws(people.groups, simulator);
  if (isHearing(desk)) deskLaws(desk, simulator);
  else if (desk) sendingLaws(desk, simulator);
  for (const action of acts) describe(`${action.verb} ${action.credential}`, () => actionLaws(action, simulator));
}
