import { resolve } from "node:path";
import { firstReport } from "@leasehold/app/import";
import type { IamImported } from "@leasehold/local/history";
import type { Command } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { count, list } from "../../terminal/index.ts";
import { AS_OF, given } from "./given.ts";
import { reportLines } from "./report-lines.ts";

/** An AWS account's own files of its identities and keys. */
export const importIam: Command = {
  about: "read an AWS account's own inventory files into the graph; opens no case, tells nobody",
  notOnStage: "inventory files are read on the laptop: a stage lists the account by its daily sweep",
  args: ["<get-account-authorization-details.json>"],
  flags: {
    keys: { value: "file|dir", about: "what list-access-keys printed for each user: no other file tells a key's id" },
    "credential-report": { value: "csv", about: "when each key was last used" },
    "as-of": AS_OF,
  },
  more: ["Nothing is taken for deleted because it is in none of these files: only a live list can say that."],
  no: "these files do not show everything: the lines under *What these files do not show* say what is missing",
  run: (call) =>
    withLaptop(call, "creates", async ({ world }) => {
      const { importIam: read } = await import("@leasehold/local/history");
      const { keys, "credential-report": report } = call.flags;
      const details = await given(call, call.args[0] ?? "");
      const imported = await read({
        ...{ world, now: world.clock(), details: details.bytes, asOf: details.asOf },
        keys: typeof keys === "string" ? [resolve(call.io.cwd, keys)] : [],
        report: typeof report === "string" ? (await given(call, report)).bytes : undefined,
        onProgress: (done, total) => call.note(`joined ${done} of ${total} facts`),
      });
      const known = await firstReport(world);
      return {
        json: { imported, report: known },
        text: [...linesOf(imported), ...reportLines(known)],
        exit: imported.whole ? 0 : 1,
      };
    }),
};

function linesOf({ accounts, users, roles, keys, signals, aside, writes, asOf, notVisible }: IamImported) {
  return [
    `account ${accounts.join(", ")}, as of ${asOf}: ${count(users, "user")}, ${count(roles, "role")}, ${count(keys, "access key")}`,
    `${count(signals, "signal")} joined, ${count(writes, "write")}`,
    ...(aside > 0 ? [`${count(aside, "signal")} dated in the future: kept aside until its time comes`] : []),
    ...list("What these files do not show:", notVisible),
  ];
}
