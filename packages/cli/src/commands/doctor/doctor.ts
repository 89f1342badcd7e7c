import type { Command } from "../../command/index.ts";
import { storeOf, withLaptop } from "../../estate/index.ts";
import { count, shortly, table } from "../../terminal/index.ts";
import { type Checkup, checkup } from "./checkup.ts";
import { problemsOf } from "./problems.ts";

/** Whether it can do its work: every part, how fresh it is, and what needs a person. */
export const doctor: Command = {
  about: "whether everything works: store, connectors, desks, schedules, findings; and what needs a person",
  args: [],
  no: "something needs a person: each is named, with what to do",
  run: (call) =>
    withLaptop(call, "reads", async (laptop) => {
      const found = await checkup(laptop, storeOf(call), process.versions.node);
      const problems = problemsOf(found);
      return {
        json: { healthy: problems.length === 0, ...found, problems },
        text: [...linesOf(found), ...verdict(problems)],
        exit: problems.length === 0 ? 0 : 1,
      };
    }),
};

function linesOf({ node, store, now, connectors, schedules, cases }: Checkup): readonly string[] {
  const rows = connectors.map(({ id, mode, proof, desk, lists, coverage }) => [
    ...[id, mode, proof, desk ? "desk" : "-"],
    lists
      ? coverage
        ? `${coverage.whole ? "whole" : "in part"}, ${coverage.seen} seen, ${coverage.ageHours} h ago`
        : "never listed"
      : "-",
  ]);
  const due = schedules.map(({ name, due: at, fault }) => [name, shortly(at), fault ?? "fine"]);
  return [
    `node ${node}; store ${store.path} (${store.kind}, layout ${store.layout}); now ${shortly(now)}; ${count(cases, "open case")}`,
    "",
    ...table(["CONNECTOR", "MODE", "PROVEN ON", "DESK", "LIST"], rows),
    "",
    ...table(["SCHEDULE", "NEXT DUE", "LAST FAULT"], due),
    "",
  ];
}

const verdict = (problems: ReturnType<typeof problemsOf>): readonly string[] =>
  problems.length === 0
    ? ["Nothing needs a person."]
    : [
        `${count(problems.length, "thing needs", "things need")} a person:`,
        ...problems.flatMap(({ what, next }) => [`  ${what}`, `    ${next}`]),
      ];
