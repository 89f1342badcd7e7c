import { randomBytes } from "node:crypto";
import type { Told } from "@leasehold/app/winddown";
import type { Decision } from "@leasehold/core/casework";
import { CHOICES, type Choice } from "@leasehold/core/connector";
import { badInput, type DecisionId, Fault } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call, Command, Report } from "../../command/index.ts";
import { ask, atSimulatorsOnly, ownNameOnly, settled, withLaptop } from "../../estate/index.ts";

const NOT_HERE =
  "answers are given on the desk where the question stands: who runs a terminal is nobody who could answer";

/** On a stage in the name of whoever signs; in the demo a simulated person's button, so that signature, directory and authority are asked as always. */
export const caseAnswer: Command = {
  about: "answer a question: on a stage in your own name, in the demo by a simulated person's button",
  args: ["<decision>", "<item>", "<choice>"],
  flags: {
    as: { value: "e-mail", about: "the demo only: who presses; must be on the desk and have the right to answer" },
    to: { value: "e-mail", about: "transfer: to whom" },
  },
  more: [
    `<choice> is one of ${CHOICES.join(", ")}.`,
    "`leasehold case show` names decisions (dec_…) and items (wdc_…).",
  ],
  no: "the answer was not taken: too late, or not theirs to give",
  run: async (call) => {
    ownNameOnly(call);
    atSimulatorsOnly(call, NOT_HERE);
    const choice = choiceIn(call);
    const to = toIn(call, choice);
    if (call.flags["stage"] !== undefined) return answered(call, { choice, ...to });
    const user = emailIn(call);
    return withLaptop(call, "writes", async (laptop) => {
      const decision = await decisionFor(laptop, call.args[0] ?? "", call.args[1] ?? "");
      const told = await pressed(laptop, decision, { user, choice, item: call.args[1] ?? "", ...to });
      return reportOf(told, await settled(call, laptop));
    });
  },
};

/** The custodian who was asked, or security: the stage judges it, by who signed. */
async function answered(call: Call, said: { readonly choice: Choice; readonly to?: string }): Promise<Report> {
  const [decision = "", item = ""] = call.args;
  const click = randomBytes(18).toString("base64url"); // of this one press: if the answer to it is lost, asking twice answers once
  const { answer } = await ask(call, "case-answer", { decision, item, click, ...said });
  return reportOf(answer.told);
}

function reportOf(told: readonly Told[], goesOn?: boolean): Report {
  const taken =
    told.length > 0 && told.every(({ outcome }) => outcome === "recorded" || outcome === "already recorded");
  return {
    json: { told, settled: goesOn },
    text: told.length === 0 ? [UNHEARD] : told.map(lineOf),
    exit: taken ? 0 : 1,
  };
}

const UNHEARD = "nothing was heard: the desk takes no such press, or knows nobody of that name";

/** What people read on a desk begins with the outcome where that is no word of its own. */
const lineOf = ({ outcome, text }: Told): string => (text.startsWith(outcome) ? text : `${outcome}: ${text}`);

function choiceIn({ args }: Call): Choice {
  const choice = CHOICES.find((one) => one === args[2]);
  if (choice === undefined)
    throw badInput("there is no such choice", { choice: args[2] ?? "", choices: CHOICES.join(", ") });
  return choice;
}

function emailIn({ flags }: Call): string {
  const as = flags["as"];
  if (typeof as !== "string") throw badInput("say who answers", { flag: "--as", value: "e-mail" });
  return as;
}

/** Whoever is to have it is named with a transfer, and with nothing else. */
function toIn({ flags }: Call, choice: Choice): { readonly to?: string } {
  const { to } = flags;
  if (choice !== "transfer" && to === undefined) return {};
  if (choice !== "transfer") throw badInput("--to goes with transfer: leave it out", { flag: "--to" });
  if (typeof to !== "string" || !/^[^@\s]+@[^@\s]+$/.test(to))
    throw badInput("say to whom it goes, by their e-mail address", { flag: "--to", value: "e-mail" });
  return { to };
}

async function decisionFor({ world }: Laptop, id: string, item: string): Promise<Decision> {
  const decision = (await world.decisions.get(id as DecisionId))?.value;
  if (decision === undefined) throw badInput("there is no such decision", { decision: id });
  if (!decision.items.some(({ windDown }) => windDown === item))
    throw badInput("this decision has no such item", {
      item,
      items: decision.items.map(({ windDown }) => windDown).join(", "),
    });
  if (decision.tickets.length === 0) throw badInput("no desk has taken this question yet", { decision: id });
  return decision;
}

/** On the first desk that has the question and the person. */
async function pressed(
  { world, simulations }: Laptop,
  { id, lead: decision = id, tickets }: Decision,
  press: { readonly user: string; readonly choice: Choice; readonly item: string; readonly to?: string },
): Promise<readonly Told[]> {
  const { pressOne } = await import("@leasehold/local/laptop");
  for (const { desk } of tickets) {
    try {
      return await pressOne(world, simulations, { ...press, at: world.clock(), desk, decision });
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "BadInput") throw error; // this person is not there: the next desk
    }
  }
  throw badInput("this person has no such button on any desk that has the question", {
    ...{ as: press.user, choice: press.choice },
    desks: tickets.map(({ desk }) => desk).join(", "),
  });
}
