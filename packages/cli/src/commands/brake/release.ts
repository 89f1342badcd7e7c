import { badInput } from "@leasehold/core/kernel";
import type { Call, Command, Report } from "../../command/index.ts";
import { ask, atSimulatorsOnly, ownNameOnly } from "../../estate/index.ts";
import { count, shortly } from "../../terminal/index.ts";

const NOT_HERE =
  "a terminal proves nobody's name: on a real estate security releases it, or takes the hand off, by the button in the message that Slack or Jira brought them, or on a stage by their own identity";

/** Lets go of it, or of what it holds. On the laptop only simulators are let go on by whoever sits there. */
export const brakeRelease: Command = {
  about:
    "let go on what the brake holds: a trip, a batch or one case; without an id, take the hand off (security; or the demo)",
  args: ["[trip, batch or case]"],
  flags: {
    because: { value: "text", about: "with an id: why, one line, kept in the trail `brake`" },
    as: { value: "e-mail", about: "in whose name (the demo only); one of security, active in the directory" },
  },
  more: [
    "It covers those who are held at this moment, and nobody who comes later; it ends after 24 hours.",
    "More than ten times over the limit two different people release it: each asks once.",
    "Nothing that was withdrawn, closed or voided meanwhile comes back: what goes on is decided afresh.",
  ],
  no: "it was not on, is not held, or waits for a second person",
  run: async (call) => {
    const { because, as } = call.flags;
    if (as !== undefined) ownNameOnly(call);
    atSimulatorsOnly(call, NOT_HERE);
    const [id] = call.args;
    if (id !== undefined && typeof because !== "string")
      throw badInput("say why", { flag: "--because", value: "text" });
    return released(call, {
      ...(id !== undefined && { id }),
      ...(typeof because === "string" && { because }),
      ...(typeof as === "string" && { as }),
    });
  },
};

async function released(call: Call, input: { id?: string; because?: string; as?: string }): Promise<Report> {
  const { answer, settled } = await ask(call, "brake-release", input);
  const { outcome, woken } = answer;
  const look = `${count(woken, "subject looks", "subjects look")} again`;
  const exit = outcome === "released" ? 0 : 1;
  if (answer.of === undefined)
    return { json: { ...answer, settled }, text: [exit === 0 ? `released; ${look}` : outcome], exit };
  const covers = `${answer.of}: ${count(answer.covers, "person goes", "people go")} on until ${shortly(answer.until)}`;
  return { json: { ...answer, settled }, text: [exit === 0 ? `released ${covers}; ${look}` : said(answer)], exit };
}

const said = ({ outcome, of, until }: { outcome: string; of: string; until: string | undefined }): string => {
  if (outcome === "was released already") return `${of} was released already, until ${shortly(until as string)}`;
  return outcome === "is not held" ? `${of} is not held` : `${of} needs a second person: they ask the same`;
};
