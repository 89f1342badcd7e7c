import { firstReport, importPeople, type PeopleImported } from "@leasehold/app/import";
import type { Command } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { count } from "../../terminal/index.ts";
import { AS_OF, given } from "./given.ts";
import { reportLines } from "./report-lines.ts";

/** The personnel system's own list of people, as a directory of its own. */
export const importsPeople: Command = {
  about: "read a list of people (CSV or JSON) as a directory of its own; opens no case, tells nobody",
  notOnStage: "lists of people are read on the laptop",
  args: ["<file>"],
  flags: {
    "as-of": AS_OF,
    "accept-fewer": {
      about: "take it although over 5 % fewer people work there than by the last one, or as many leave",
    },
  },
  more: [
    "Which column is what stands in the configuration: people: { columns: { id, name, email, manager, end, … } }.",
    "The whole file is judged before anything is written. Last days to come are kept aside until they have passed.",
    "It is believed where no directory knows the person; `authority` may name `people-file` before others.",
  ],
  run: (call) =>
    withLaptop(call, "creates", async ({ world }) => {
      const file = await given(call, call.args[0] ?? "");
      const imported = await importPeople(world, {
        ...file,
        acceptFewer: call.flags["accept-fewer"] === true,
        onProgress: (people, total) => call.note(`joined ${people} of ${total} people`),
      });
      const report = await firstReport(world);
      return { json: { imported, report }, text: [...linesOf(imported), ...reportLines(report)] };
    }),
};

function linesOf(one: PeopleImported): readonly string[] {
  const { source, people, present, before, leaving, contradictions, contractors, signals, writes, asOf, standing } =
    one;
  const words = Object.entries(standing).map(([word, many]) => `${many} ${word}`);
  return [
    `${source}, as of ${asOf}: ${count(people, "person", "people")} (${words.join(", ")}), ${contractors} of them contractors`,
    `${present} work there${before === undefined ? "" : `; ${before} in the file before`}; ${signals} told something new, ${count(writes, "write")}`,
    ...(leaving > 0 ? [`${count(leaving, "last day")} to come: kept aside until it has passed`] : []),
    ...(contradictions.length > 0
      ? [
          `${count(contradictions.length, "line")} say both there and gone, and say nothing of it: ${contradictions.slice(0, 20).join(", ")}`,
        ]
      : []),
  ];
}
