import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const TEMPLATES = new URL("new-connector/", import.meta.url);
const OPENS = "export const connectors = {";
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Makes a connector's folder with every part, and its one line in the registry. Its laws fail until it is real. */
export function newConnector(id: string, home: URL): readonly string[] {
  if (!ID.test(id)) throw new Error("an id is in kebab-case, as in aws-iam");
  const folder = new URL(`${id}/`, home);
  if (existsSync(folder)) throw new Error("there is a connector of this id already");
  const registry = new URL("index.ts", home);
  const lines = withLine(readFileSync(registry, "utf8"), id);
  const files = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".template"),
  );
  const written = files.map((file) => {
    const target = new URL(file.replaceAll("\\", "/").replace(/[.]template$/, ""), folder);
    mkdirSync(new URL("./", target), { recursive: true });
    writeFileSync(target, filled(readFileSync(new URL(file, TEMPLATES), "utf8"), id));
    return target.pathname;
  });
  writeFileSync(registry, lines);
  return [...written.sort(), registry.pathname];
}

const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const title = (id: string) =>
  id.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => (dash && " ") + letter.toUpperCase());

const filled = (template: string, id: string) =>
  template.replaceAll("__ID__", id).replaceAll("__NAME__", camel(id)).replaceAll("__TITLE__", title(id));

/** The registry stays in order, so that two new connectors seldom meet in one line. */
function withLine(registry: string, id: string): string {
  const line = `  ${/-/.test(id) ? `"${id}"` : id}: () => import("./${id}/index.ts").then((m) => m.${camel(id)}),`;
  const [before, rest] = registry.replace(`${OPENS}}`, `${OPENS}\n}`).split(`${OPENS}\n`);
  const end = rest?.indexOf("} as const;") ?? -1;
  if (before === undefined || rest === undefined || end < 0)
    throw new Error("the registry is not as it was: packages/connectors/src/index.ts");
  const known = rest.slice(0, end).split("\n").filter(Boolean);
  const sorted = [...known, line].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return `${before}${OPENS}\n${sorted.join("\n")}\n${rest.slice(end)}`;
}

const keyOf = (line: string) => /^ {2}"?([a-z0-9-]+)"?:/.exec(line)?.[1] ?? "";

const HELP = `Makes a connector's folder with every part, and its one line in the registry. Its laws fail until it is real.

  npm run new:connector ID

  ID        in kebab-case, as aws-iam
  --help    this

What comes next: CONTRIBUTING.md. Exit codes: 0 written, 2 the input is wrong and nothing was written.`;

function main(args: readonly string[]): void {
  if (args.includes("--help")) return void console.log(HELP);
  const [id = "", ...more] = args;
  const home = new URL("../packages/connectors/src/", import.meta.url);
  try {
    if (more.length > 0) throw new Error("one id, and nothing after it");
    for (const file of newConnector(id, home)) console.log(`wrote ${file}`);
    console.log(`Now make it real: npx vitest run test/laws/connectors.test.ts -t ${id}`);
  } catch (error) {
    console.error(`${(error as Error).message}; --help says more`);
    process.exitCode = 2;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
