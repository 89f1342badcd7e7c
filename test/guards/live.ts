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
  {
    ...FENCE,
    name: "live: no client goes out past the fence",
    file: "scripts/live/watch.ts",
    from: 'if (!("send" in of)) return of;',
    to: "return of;",
  },
  {
    ...LINE,
    name: "live: no setting leads past the account that was named",
    from: "if (SAID.includes(name))",
    to: "if (false)",
  },
  {
    name: "a client asks where the profile that it was given says",
    file: "packages/connectors/kit/aws-endpoint.ts",
    from: "if (profile === undefined) return {};",
    to: "return {};",
    test: "packages/connectors/kit/aws-endpoint.test.ts",
  },
  {
    name: "a secret goes where the profile says that asks",
    file: "packages/cli/src/stage/stage.ts",
    from: 'if (profile !== undefined) process.env["AWS_PROFILE"] = profile;',
    to: "",
    test: "packages/cli/src/commands/secrets/secrets.test.ts",
  },
];
