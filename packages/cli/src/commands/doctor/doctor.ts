import type { Call, Command } from "../../command/index.ts";
import { ask, askHere, storeOf, withLaptop } from "../../estate/index.ts";
import { count, list, shortly, table } from "../../terminal/index.ts";
import { accountLines } from "./accounts.ts";
import { type Checkup, laptopsOwn } from "./checkup.ts";
import { problemsOf } from "./problems.ts";
import { stagesOwn } from "./stages-own.ts";
import { wayLines } from "./ways-in.ts";

/** Whether it can do its work: every part, how fresh it is, and what needs a person. */
export const doctor: Command = {
  about: "whether everything works: store, connectors, desks, schedules, findings; and what needs a person",
  args: [],
  no: "something needs a person: each is named, with what to do",
  run: async (call) => {
    const found = await checkup(call);
    const problems = problemsOf(found);
    return {
      json: { healthy: problems.length === 0, ...found, problems },
      text: [...linesOf(found), ...verdict(problems)],
      exit: problems.length === 0 ? 0 : 1,
    };
  },
};

async function checkup(call: Call): Promise<Checkup> {
  const { stage } = call.flags;
  const node = process.versions.node;
  if (typeof stage === "string") {
    const { answer } = await ask(call, "doctor", {});
    return { node, stage, ...answer, ...(await stagesOwn(call, answer)) };
  }
  return withLaptop(call, "reads", async (laptop) => {
    const own = await laptopsOwn(laptop, storeOf(call));
    return { node, ...own, ...(await askHere(call, laptop, "doctor", {})).answer };
  });
}

function linesOf({
  node,
  stage,
  store,
  now,
  connectors,
  schedules = [],
  cases,
  voices = [],
  waysIn = [],
  unseen = [],
}: Checkup): readonly string[] {
  const where = store ? `store ${store.path} (${store.kind}, layout ${store.layout})` : `stage ${stage}`;
  const rows = connectors.map(({ id, mode, proof, desk, lists, polls, feed, coverage, check }) => [
    ...[id, mode, proof, desk ? "desk" : "-", saidOf(check), heardOf(feed), polledOf(feed, polls)],
    lists
      ? coverage
        ? `${coverage.whole ? "whole" : "in part"}, ${coverage.seen} seen, ${coverage.ageHours} h ago`
        : "never listed"
      : "-",
  ]);
  const due = schedules.map(({ name, due: at, fault }) => [name, shortly(at), fault ?? "fine"]);
  return [
    `node ${node}; ${where}; now ${shortly(now)}; ${count(cases, "open case")}`,
    "",
    ...table(["CONNECTOR", "MODE", "PROVEN ON", "DESK", "ASKED NOW", "EVENTS", "POLL", "LIST"], rows),
    "",
    ...list("Accounts, as the last lists saw them:", connectors.flatMap(accountLines)),
    ...list(
      "What is not recorded, and so is seen by nobody:",
      connectors.flatMap(({ coverage }) => coverage?.gaps ?? []),
    ),
    ...table(["SCHEDULE", "NEXT DUE", "LAST FAULT"], due),
    "",
    ...wayLines(waysIn, connectors, now),
    ...list("Not seen:", unseen),
    ...voices.flatMap(voiceLines),
    "",
  ];
}

function voiceLines({ as, groups, people }: NonNullable<Checkup["voices"]>[number]): readonly string[] {
  const of = groups.map(({ connector, group }) => `group ${group} of ${connector}`).join(", ");
  const few = as === "security" && people < 2;
  return [`${as}: ${count(people, "person", "people")}${of === "" ? "" : ` (${of})`}`, ...(few ? [`  ${FEW}`] : [])];
}
const FEW =
  "fewer than two: nobody can agree to what nothing brings back, or release a brake that tripped by more than ten times";

type Feed = Checkup["connectors"][number]["feed"];

/** When something came by itself, and what is to be expected of it. */
function heardOf({ heard, silent }: Feed): string {
  if (silent) return `silent since ${shortly(silent.since)}`;
  if (heard === undefined) return "-";
  const rate = heard.pace === "young" ? "too new for a rate" : `${heard.hoursAWeek} of 168 hours a week`;
  return `${heard.ageHours} h ago, ${rate}`;
}

const polledOf = ({ polled }: Feed, polls: boolean): string =>
  polled ? `${polled.ageHours} h ago` : polls ? "never polled" : "-";

function saidOf(check: Checkup["connectors"][number]["check"]): string {
  if (check === undefined) return "-";
  if ("fault" in check) return check.fault;
  return check.missing.length === 0 ? "ready" : `${check.missing.length} missing`;
}

const verdict = (problems: ReturnType<typeof problemsOf>): readonly string[] =>
  problems.length === 0
    ? ["Nothing needs a person."]
    : [
        `${count(problems.length, "thing needs", "things need")} a person:`,
        ...problems.flatMap(({ what, next }) => [`  ${what}`, `    ${next}`]),
      ];
