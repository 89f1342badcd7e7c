import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { connectors } from "@leasehold/connectors";
import { type Action, type Connector, declare } from "@leasehold/core/connector";
import { RIGHTS, type Right } from "@leasehold/workflows";
import * as z from "zod/mini";
import { verbsOf } from "../stacks/tables/vendors.ts";
import { writeEntries } from "./generate-entries.ts";

const MARK = "<!-- generated -->";
const COSTS = {
  R1: "R1: off and on again",
  R2: "R2: a person must go back",
  R3: "R3: no way back",
} as const;

/** What stands below the mark in a connector's README: what it takes, hears, looks at, does and needs. */
export function connectorTables(connector: Connector): string {
  return [
    ...section("Settings", ["key", "needed", "what"], settingsOf(connector)),
    ...section("Signals", ["signal", "said by"], signalsOf(connector)),
    ...section("Permissions", ["part", "permissions"], permissionsOf(connector)),
    ...section(
      "Actions",
      ["action", "on", "can be taken back", "takes down with it"],
      (connector.acts ?? []).map(actionRow),
    ),
  ].join("\n");
}

/** `docs/connectors.md`: every connector in one table, and how far each has been tried. */
export function connectorsPage(all: readonly Connector[]): string {
  const rows = all.map((one) => [
    `[${one.title}](../packages/connectors/src/${one.id}/README.md)`,
    code(one.id),
    one.proof,
    partsOf(one).join(", "),
    (one.acts ?? [])
      .map(({ verb, credential, reversibility }) => `${verb} ${credential} (${reversibility})`)
      .join(", "),
  ]);
  return [
    "# Connectors",
    "",
    "*Proof* is the strongest thing that a connector was tested against: `fixtures` (events only), `simulator` (everything,",
    "against our stand-in for the vendor), `live` (the vendor itself; its README has the date).",
    "",
    ...table(["connector", "id", "proof", "parts", "actions"], rows),
    "",
    "## Unseen",
    "",
    "Of these no real record was ever seen, in no public data set either: they rest on the vendor's page, and on nothing else.",
    "What a connector's README says is unseen besides is one event of several that make a signal.",
    "",
    ...table(["id", "signal", "rests on"], all.flatMap(unseenOf)),
    "",
  ].join("\n");
}

/** `unseen.json` beside a connector: the signals of which its events were never seen, and the vendor's pages for each. */
export function unseenIn(id: string): Readonly<Record<string, readonly string[]>> {
  const file = new URL(`../packages/connectors/src/${id}/unseen.json`, import.meta.url);
  return existsSync(file)
    ? z.record(z.string(), z.array(z.url()).check(z.minLength(1))).parse(JSON.parse(readFileSync(file, "utf8")))
    : {};
}

const unseenOf = ({ id }: Connector): Row[] =>
  Object.entries(unseenIn(id)).map(([kind, pages]) => [code(id), code(kind), pages.join(", ")]);

/** `docs/permissions.md`: all that Leasehold may ever be allowed, by connector and by what it is for. */
export function permissionsPage(all: readonly Connector[]): string {
  const sections = all.flatMap((one) => section(one.title, ["part", "permissions"], permissionsOf(one)));
  return [
    "# Permissions",
    "",
    "Exactly these, in the vendor's spelling: a test fails on one more and on one less.",
    "",
    ...sections,
    "## Further accounts",
    "",
    "The roles of the [member stack](accounts.md), `leasehold-<stage>-read` and so on: of all connectors together that work there.",
    "",
    ...table(["role", "permissions"], memberRows(all)),
    "",
  ].join("\n");
}

const memberRows = (all: readonly Connector[]): Row[] =>
  RIGHTS.map((right): [string, readonly string[]] => [right, memberVerbs(all, right)]).flatMap(([right, verbs]) =>
    verbs.length === 0 ? [] : [[right, verbs.map(code).join(", ")]],
  );

const memberVerbs = (all: readonly Connector[], right: Right): readonly string[] => {
  const several = all.filter(({ places }) => places !== undefined);
  const verbs = several.flatMap((connector) => verbsOf({ connector, declared: declare(connector) }, right));
  return right === "desk" ? [] : [...new Set(verbs)].sort();
};

function settingsOf({ settings }: Connector): Row[] {
  const schema = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  const needed = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([key, of]) => [
    code(key),
    needed.has(key) ? "yes" : "no",
    typeof of === "object" ? whatOf(of) : "",
  ]);
}

function whatOf({ const: only, enum: some, default: given, description }: z.core.JSONSchema.BaseSchema): string {
  const told = [
    description,
    only !== undefined && code(JSON.stringify(only)),
    some?.map((one) => code(JSON.stringify(one))).join(" or "),
    given !== undefined && `if not given: ${code(JSON.stringify(given))}`,
  ];
  return told.filter(Boolean).join("; ");
}

function signalsOf({ listens, polls, lists }: Connector): Row[] {
  const by = new Map<string, string[]>();
  for (const [part, kinds] of [
    ["event", listens?.emits],
    ["poll", polls?.emits],
    ["list", lists?.emits],
  ] as const)
    for (const kind of kinds ?? []) by.set(kind, [...(by.get(kind) ?? []), part]);
  return [...by].map(([kind, parts]) => [code(kind), parts.join(", ")]);
}

function permissionsOf({ polls, lists, people, desk, acts = [] }: Connector): Row[] {
  const parts: [string, readonly string[] | undefined][] = [
    ["poll", polls?.permissions],
    ["list", lists?.permissions],
    ["live read of a person", people?.permissions],
    ["who is in a group", people?.groups?.permissions],
    ...acts.map((act): [string, readonly string[]] => [`${act.verb} ${act.credential}`, act.permissions]),
    ["desk", desk?.permissions],
  ];
  return parts.flatMap(([part, names]) => (names ? [[part, [...names].sort().map(code).join(", ") || "none"]] : []));
}

const actionRow = ({ verb, credential, reversibility, blast }: Action<unknown>): Row => [
  verb,
  credential,
  COSTS[reversibility],
  blast === "credential" ? "nothing" : `the ${blast === "identity" ? "whole identity" : "others who share it"}`,
];

function partsOf({ listens, hook, polls, lists, people, acts, desk }: Connector): string[] {
  const parts = { events: listens, hook, poll: polls, list: lists, people, actions: acts, desk };
  return Object.entries(parts).flatMap(([name, part]) => (part ? [name] : []));
}

type Row = readonly string[];
const code = (text: string) => `\`${text}\``;

function section(title: string, heads: Row, rows: readonly Row[]): string[] {
  return rows.length === 0 ? [] : [`## ${title}`, "", ...table(heads, rows), ""];
}

const table = (heads: Row, rows: readonly Row[]) =>
  [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);

/** Writes every generated page and function entry under `root`, and names the ones that changed. */
export async function writeDocs(root: URL): Promise<readonly string[]> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const pages = new Map<string, string>([
    ["docs/connectors.md", connectorsPage(all)],
    ["docs/permissions.md", permissionsPage(all)],
  ]);
  for (const connector of all) {
    const path = `packages/connectors/src/${connector.id}/README.md`;
    const [told = ""] = readFileSync(new URL(path, root), "utf8").split(MARK);
    pages.set(path, `${told}${MARK}\n\n${connectorTables(connector)}`);
  }
  mkdirSync(new URL("docs/", root), { recursive: true });
  const changed = [...pages].filter(([path, text]) => wrote(new URL(path, root), text)).map(([path]) => path);
  return [...(await writeEntries(root)), ...changed];
}

function wrote(file: URL, text: string): boolean {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  writeFileSync(file, text);
  return true;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const path of await writeDocs(new URL("../", import.meta.url))) console.log(`wrote ${path}`);
