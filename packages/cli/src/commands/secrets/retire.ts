import { badInput } from "@leasehold/core/kernel";
import type { Command } from "../../command/index.ts";
import { nameIn } from "./name.ts";

/** The end of a replacement: what was signed with the old value is believed no more. */
export const secretsRetire: Command = {
  about: "the value before the present one is accepted no more: after the vendor uses the new one",
  args: ["<name>"],
  no: "there is no value before the present one",
  run: async (call) => {
    const { stageOf } = await import("../../stage/index.ts");
    const stage = stageOf(call);
    const name = await nameIn(call.args[0] ?? "");
    const { secretsManager } = await import("./secrets-manager.ts");
    const outcome = await secretsManager(stage).retire(name);
    if (outcome === undefined) throw badInput("the stage has no such secret", { secret: name, stage: stage.name });
    return {
      json: { secret: name, stage: stage.name, outcome },
      text: [outcome === "retired" ? `only the present value of ${name} is accepted now` : outcome],
      exit: outcome === "retired" ? 0 : 1,
    };
  },
};
