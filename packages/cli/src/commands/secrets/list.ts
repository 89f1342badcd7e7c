import type { Command } from "../../command/index.ts";
import { orNone, shortly, table } from "../../terminal/index.ts";

/** Names and dates. No command shows a value: nobody who asks here needs one. */
export const secretsList: Command = {
  about: "a stage's vendor secrets: names, dates, and whether the value before still counts; never a value",
  args: [],
  run: async (call) => {
    const { stageOf } = await import("../../stage/index.ts");
    const stage = stageOf(call);
    const { secretsManager } = await import("./secrets-manager.ts");
    const secrets = await secretsManager(stage).list();
    const rows = secrets.map(({ name, created, changed, previousCounts }) => [
      ...[name, shortly(created), shortly(changed), previousCounts ? "yes" : "no"],
    ]);
    return {
      json: { stage: stage.name, secrets },
      text: orNone(table(["SECRET", "CREATED", "CHANGED", "THE ONE BEFORE COUNTS"], rows), "no secret"),
    };
  },
};
