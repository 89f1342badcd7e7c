import { randomUUID } from "node:crypto";
import type { Command } from "../../command/index.ts";
import { nameIn } from "./name.ts";
import { valueFrom } from "./value.ts";

/** One of our own vendor secrets, into the stage's vault. What it is leaves this process for there, and for nowhere else. */
export const secretsSet: Command = {
  about: "give a stage one of our own vendor secrets; the value comes from standard input or is asked for",
  args: ["<name>"],
  more: [
    "<name> is <connector>.<word>, as the connector's settings name it: slack.signing, okta.key.",
    "The value before it is accepted, too, until `leasehold secrets retire`: so a vendor's secret is replaced without a gap.",
  ],
  run: async (call) => {
    const { stageOf } = await import("../../stage/index.ts");
    const stage = stageOf(call);
    const name = await nameIn(call.args[0] ?? "");
    const value = await valueFrom(call.io, name);
    const { secretsManager } = await import("./secrets-manager.ts");
    const { created } = await secretsManager(stage).put(name, value, randomUUID());
    const next = `both it and the one before it are accepted until \`leasehold secrets retire ${name} --stage ${stage.name}\``;
    return {
      json: { secret: name, stage: stage.name, created, previousCounts: !created },
      text: [created ? `${name} is there` : `${name} is replaced: ${next}`],
    };
  },
};
