import { type Orphans, orphans, type Swept, sweepEstate } from "@leasehold/app/sweep";
import type { World } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import type { Command } from "../../command/index.ts";
import { settled, withLaptop } from "../../estate/index.ts";
import { count, list, table } from "../../terminal/index.ts";
import { exitOf } from "./exit.ts";

/** Looks at everything that exists, and says how much of it was seen. */
export const sweep: Command = {
  about: "list everything that exists now, of every connector or one, and who owns what nobody owns",
  notOnStage: "a stage sweeps every day by itself: `leasehold doctor --stage` says how fresh its lists are",
  args: ["[connector]"],
  more: [
    "Departures from before the installation are reported, and open nothing: `leasehold case open` does, one by one.",
    "Others that no event told are announced, as the event would have been.",
  ],
  no: "a list was not whole: a permission is missing, or the provider left something out",
  run: (call) =>
    withLaptop(call, "creates", async (laptop) => {
      const { world } = laptop;
      const swept: Swept[] = [];
      for (const id of connectorsIn(world, call.args[0])) {
        call.note(`listing ${id}`);
        swept.push(await sweepEstate(world, id));
      }
      const found = await orphans(world);
      const goesOn = await settled(call, laptop);
      return { json: { swept, orphans: found, settled: goesOn }, text: linesOf(swept, found), exit: exitOf(swept) };
    }),
};

function connectorsIn({ estate }: Pick<World, "estate">, named: string | undefined): readonly string[] {
  const all = estate.providers().filter(({ page }) => page !== undefined);
  const ids = all.map(({ id }) => id);
  if (named === undefined) return ids;
  if (!ids.includes(named))
    throw badInput("no connector of this name lists anything", { connector: named, known: ids.join(", ") });
  return [named];
}

function linesOf(swept: readonly Swept[], { items, looked }: Orphans): readonly string[] {
  const rows = swept.map(({ connector, whole, stopped, seen, news, gone, unheard, reported }) => [
    ...[connector, stopped ?? (whole ? "whole" : "in part"), seen, news, gone.length, unheard.length, reported.length],
  ]);
  return [
    ...table(["CONNECTOR", "LIST", "SEEN", "NEWS", "GONE", "ANNOUNCED", "REPORTED"], rows),
    ...list(
      "Left before the installation; nobody was told (`leasehold case open <account>`):",
      swept.flatMap(({ reported }) => reported),
    ),
    `${count(looked, "credential")} looked at, ${items.length} without an owner in good standing`,
    ...table(
      ["  CREDENTIAL", "TYPE", "STATE", "WHY"],
      items.map(({ credential, type, state, because }) => [`  ${credential}`, type, state, because]),
    ),
  ];
}
