import type { Call, Command, Report } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { asMarkdown, asText, partsOf, titleOf } from "./document.ts";

/** One case on a page, for whoever was not there. */
export const auditReport: Command = {
  about: "one case on a page for an auditor: who, why, what was done and proven, what was not looked at",
  args: ["<case>"],
  flags: {
    markdown: { about: "as Markdown, to print or to file" },
    ids: { about: "people as account ids alone: names are looked up now, and stand in no trail" },
  },
  more: ["All of it is told by the trails. It holds no secret, and nothing that people wrote."],
  no: "a trail of this case is broken",
  run: (call) => ofCase(call, call.args[0] ?? ""),
};

export async function ofCase(call: Call, id: string): Promise<Report> {
  const input = { case: id, ...(call.flags["ids"] === true && { ids: true }) };
  const { answer } = await ask(call, "audit-report", input);
  const render = call.flags["markdown"] === true ? asMarkdown : asText;
  const whole = answer.trails.every(({ broken }) => broken === undefined);
  return { json: { ...answer, whole }, text: render(titleOf(answer), partsOf(answer)), exit: whole ? 0 : 1 };
}
