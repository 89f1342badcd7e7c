import { caseRows, caseView } from "@leasehold/app/case-view";
import type { Laptop } from "@leasehold/local/laptop";

/** Who was asked about one leaver, where, and what their message says of silence. */
export async function asked({ world }: Laptop, email: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { id } of await caseRows(world, ["open"])) {
    const view = await caseView(world, id);
    if (view.person.email !== email) continue;
    for (const { custodian, desks } of view.messages)
      lines.push(
        `${custodian.name ?? "somebody"} is asked about ${view.person.name ?? email}, one message in each of ${desks.join(" and ")}:`,
      );
    for (const { identity, type, windDown } of view.items) {
      const question = windDown?.question;
      const silence =
        question?.ifSilent === "goes down"
          ? `off at ${question.until.slice(0, 16)} if nobody answers`
          : "stays on if nobody answers";
      lines.push(`  ${type ?? "credential"} of ${identity?.split("/").at(-1) ?? "?"}: ${silence}`);
    }
  }
  return lines;
}
