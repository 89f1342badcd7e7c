import { every, type World } from "@leasehold/app/world";
import type { Finding } from "@leasehold/core/finding";
import type { Command } from "../command/index.ts";
import { withLaptop } from "../estate/index.ts";
import { orNone, shortly, table } from "../terminal/index.ts";

/** What is wrong, worst first, and what a person should do about it. */
export const findingList: Command = {
  about: "what is wrong, worst first, and what to do about it",
  args: [],
  run: (call) =>
    withLaptop(call, "reads", async ({ world }) => {
      const findings = await openFindings(world);
      const rows = findings.map(({ severity, kind, about, at, remedy }) => [
        severity,
        kind,
        about,
        shortly(at),
        remedy,
      ]);
      return {
        json: { findings },
        text: orNone(table(["SEVERITY", "FINDING", "ABOUT", "SINCE", "WHAT TO DO"], rows), "no finding"),
      };
    }),
};

const ORDER: readonly Finding["severity"][] = ["critical", "high", "medium", "low"];

export async function openFindings({ findings }: Pick<World, "findings">): Promise<readonly Finding[]> {
  const all = await every((cursor) => findings.list(cursor));
  return all.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || (a.at < b.at ? -1 : 1));
}
