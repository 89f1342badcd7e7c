import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { ask, atSimulatorsOnly } from "../../estate/index.ts";
import { calledOf, count, nameOf } from "../../terminal/index.ts";

const NOT_HERE =
  "a terminal proves nobody's name: on a real estate operators and security say who is who, on a stage, by their own identity";
const WHO =
  "Each is an account id of ours or an e-mail address; `leasehold person show` names the accounts of a person.";
const BACK = "The latest word about two accounts holds; the opposite one brings back whatever was so before.";
const because = { because: { value: "text", about: "why: one line, kept with the link" } };

/** A person's word that two accounts are one human's. */
export const personLink: Command = {
  about: "say that two accounts are one person's (operators; or the demo)",
  args: ["<account>", "<other>"],
  flags: because,
  more: [WHO, BACK, "Accounts with different employee numbers are never linked."],
  run: (call) => said(call, "person-link"),
};

/** And that they are not, whatever a vendor says. */
export const personUnlink: Command = {
  about: "say that an account is not the other's person, whatever vendors say (operators; or the demo)",
  args: ["<account>", "<other>"],
  flags: because,
  more: [WHO, BACK, "<account> is taken out; an address that both have stays with <other>."],
  run: (call) => said(call, "person-unlink"),
};

async function said(call: Call, name: "person-link" | "person-unlink") {
  atSimulatorsOnly(call, NOT_HERE);
  const { because: reason } = call.flags;
  if (typeof reason !== "string") throw badInput("say why", { flag: "--because", value: "text" });
  const [account = "", other = ""] = call.args;
  const { answer, settled } = await ask(call, name, { account, other, because: reason });
  const persons = [answer.account, answer.other].map((one) => `${calledOf(one)}: ${one.accounts.join(", ")}`);
  const heads = {
    linked: `${nameOf(answer.account)} is one person from now on`,
    unlinked: "they are two people from now on",
    "was said already": "that was said already, and holds",
  };
  return {
    json: { ...answer, settled },
    text: [
      heads[answer.outcome],
      ...new Set(persons),
      ...(answer.woken > 0 ? [`${count(answer.woken, "subject looks", "subjects look")} again`] : []),
    ],
  };
}
