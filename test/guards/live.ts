import type { Guard } from "./model.ts";

const FENCE = { file: "scripts/live/fence.ts", test: "scripts/live/fence.test.ts" };
const LINE = { file: "scripts/live/index.ts", test: "scripts/live/live.test.ts" };

/** What keeps a contributor's run against a real account from touching anything but its own canary. */
export const live: readonly Guard[] = [
  {
    ...FENCE,
    name: "live: what this run did not make is not changed",
    from: "if (fields?.every((field) => isMade(made, field, input[field]))) return;",
    to: "if (fields !== undefined) return;",
    filter: "keeps back another's key",
  },
  {
    ...FENCE,
    name: "live: a change that nobody listed is not sent",
    from: "if (fields?.every((field) => isMade(made, field, input[field]))) return;",
    to: 'if ((fields ?? ["UserName"]).every((field) => isMade(made, field, input[field]))) return;',
    filter: "that nobody listed",
  },
  {
    ...FENCE,
    name: "live: what stands already is not taken for what this run drew",
    from: "if (born !== undefined && drawn.includes(String(input[born]))) return;",
    to: "if (born !== undefined) return;",
    filter: "that it did not draw",
  },
  {
    name: "live: a look sends what the connector declares to read, and nothing else",
    file: "scripts/live/self-check.ts",
    from: "const fenced = watched(api, fenceOf({ reads: new Set(declared.map(operationOf)) }), calls, tools.now);",
    to: "const fenced = watched(api, () => undefined, calls, tools.now);",
    test: "scripts/live/self-check.test.ts",
    filter: "which is not sent",
  },
  {
    ...LINE,
    name: "live: never in a pipeline",
    from: 'if (env["CI"]) throw',
    to: 'if (env["CI"] === "never") throw',
    filter: "in a pipeline",
  },
  {
    ...LINE,
    name: "live: nothing is changed where no account was named",
    from: 'if (does !== "look" && account === undefined)',
    to: 'if (does === "act" && account === "")',
    filter: "without an account",
  },
];
