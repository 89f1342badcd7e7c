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
    if (call.flags["stage"] !== undefined) return answered(call, choice);
    const user = emailIn(call);
    return withLaptop(call, "writes", async (laptop) => {
      const decision = await decisionFor(laptop, call.args[0] ?? "", call.args[1] ?? "");
      const told = await pressed(laptop, decision, { user, choice, item: call.args[1] ?? "", ...toIn(call) });
      return reportOf(told, await settled(call, laptop));
    });
  },
};

/** The custodian who was asked, or security: the stage judges it, by who signed. */
async function answered(call: Call, choice: Choice): Promise<Report> {
  const [decision = "", item = ""] = call.args;
  const click = randomBytes(18).toString("base64url"); // of this one press: if the answer to it is lost, asking twice answers once
  const { answer } = await ask(call, "case-answer", { decision, item, choice, click, ...toIn(call) });
  return reportOf(answer.told);
}

function reportOf(told: readonly Told[], goesOn?: boolean): Report {
  const taken = told.every(({ outcome }) => outcome === "recorded" || outcome === "already recorded");
  return {
    json: { told, settled: goesOn },
    text: told.map(({ outcome, text }) => `${outcome}: ${text}`),
    exit: taken ? 0 : 1,
  };
}

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

const toIn = ({ flags }: Call) => (typeof flags["to"] === "string" ? { to: flags["to"] } : {});

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
