import type { PersonShown, ShownAccount, ShownLink, ShownTurn } from "@leasehold/app/person";
import type { Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { calledOf, list, shortly, table } from "../../terminal/index.ts";

/** Which accounts are one person's, on what that rests, and what stands against it. */
export const personShow: Command = {
  about: "the accounts of a person, every link between them with its strength, managers, teams and standing",
  args: ["<account or e-mail>"],
  more: ["Links below 0.8 are shown and join nobody: nothing is done because of them."],
  run: async (call) => {
    const { answer } = await ask(call, "person-show", { id: call.args[0] ?? "" });
    return { json: answer, text: linesOf(answer) };
  },
};

function linesOf(shown: PersonShown): readonly string[] {
  const { standing, held, accounts, links, forbids, agents, managers, teams, remarks, notVisible } = shown;
  const by = standing.source === undefined ? "" : ` (${standing.source})`;
  return [
    `${calledOf(shown)}, ${standing.value}${by}  ${shown.person}`,
    ...(held === undefined ? [] : [`nothing is issued for them: ${held.because}, until ${held.until}`]),
    ...table(ACCOUNT, accounts.map(accountRow)),
    ...table(LINK, links.map(linkRow)),
    ...(forbids === undefined ? [] : list("Kept apart:", [forbids])),
    ...list("Agents of this person, by their address; they are never the person:", agents.map(agentLine)),
    ...table(["MANAGER", "SINCE", "SOURCE"], managers.map(turnRow)),
    ...table(["TEAM", "SINCE", "SOURCE"], teams.map(turnRow)),
    ...list("To look at:", remarks),
    ...list("What could not be seen:", notVisible),
  ];
}

const ACCOUNT = ["ACCOUNT", "DIRECTORY", "NAME", "ADDRESS", "STANDING", "SINCE", ""];
const LINK = ["LINK", "WITH", "ON", "STRENGTH", "SOURCE", "SINCE", "WHAT OF IT"];

const accountRow = ({ account, connector, name, email, standing, since, decides }: ShownAccount) => [
  ...[account, connector ?? "an address", name, email, connector && standing, shortly(since)],
  decides ? "decides" : "",
];

const linkRow = (link: ShownLink) => [
  ...[link.fromCalled, link.toCalled, link.on, link.strength, link.source, shortly(link.since), whatOf(link)],
];

function whatOf({ follows, against, until, because }: ShownLink): string {
  if (against !== undefined) return `refused: ${against}`;
  if (until !== undefined) return `not said any more since ${shortly(until)}`;
  return follows ? (because ?? "joins") : "too weak: shown only";
}

const agentLine = ({ account, connector, name, email }: ShownAccount) =>
  [connector, name, email, account].filter((one) => one !== undefined).join("  ");
const turnRow = ({ called, since, source }: ShownTurn) => [called, shortly(since), source];
