import { resolve } from "node:path";
import type { Command } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { progressTo } from "./progress.ts";
import { shownSummary, summaryLines } from "./summary.ts";

/** History: it changes the graph only, opens no case and tells nobody. */
export const replayed: Command = {
  about: "read history into the graph: CloudTrail, EventBridge and Okta files; opens no case, tells nobody",
  notOnStage: "history is read on the laptop: a stage's own is fetched by its pollers and its daily sweep",
  args: ["<file|dir|-…>"],
  more: [
    'CloudTrail {"Records":[…]}, EventBridge events as lines or a list, Okta System Log lists; plain or gzip.',
    "What cannot be read is counted and shown by file and line; everything else is applied. The same again changes nothing.",
  ],
  no: "something could not be read; what could was applied",
  run: (call) =>
    withLaptop(call, "creates", async ({ world }) => {
      const { replay } = await import("@leasehold/local/history");
      const { cwd, stdin } = call.io;
      const summary = await replay({
        ...{ world, stdin, now: world.clock(), onProgress: progressTo(call) },
        connectors: world.estate.providers(),
        paths: call.args.map((path) => (path === "-" ? path : resolve(cwd, path))),
      });
      return {
        json: shownSummary(summary, call),
        text: summaryLines(summary, call),
        exit: summary.faults.total === 0 ? 0 : 1,
      };
    }),
};
