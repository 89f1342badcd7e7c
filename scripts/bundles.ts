import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundling } from "../stacks/bundling.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const HANDLERS = join(ROOT, "packages/functions/src");

/** The most that one function may weigh: what is not loaded cannot make a cold start slow. */
export const MOST_BYTES = 400_000;

export interface Bundle {
  readonly name: string; // "receive/exposure", "providers/okta"
  readonly file: string; // where it would lie, or lies once written
  readonly bytes: number;
  readonly gzip: number;
  readonly exports: readonly string[];
  readonly inputs: Readonly<Record<string, number>>; // bytes in the bundle by the module's path from the root
  readonly outside: readonly string[]; // what it imports, or may import, that is not in it
}

const SST_EXTERNAL = ["sharp", "pg-native"];

/** What SST 4.17.1 makes of each handler, by its own options (pkg/runtime/node/build.go) and those of stacks/bundling.ts. */
const asSstDoes = {
  bundle: true,
  metafile: true,
  platform: "node",
  format: "esm",
  target: "es2024", // for nodejs24.x
  mainFields: ["module", "main"],
  outExtension: { ".js": ".mjs" },
  minify: bundling.minify,
  keepNames: bundling.esbuild.keepNames,
  define: bundling.esbuild.define,
  external: [...SST_EXTERNAL, ...bundling.esbuild.external],
  banner: {
    js: [
      "import { createRequire as topLevelCreateRequire } from 'module';",
      "const require = topLevelCreateRequire(import.meta.url);",
      'import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"',
      "const __filename = topLevelFileUrlToPath(import.meta.url)",
      'const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))',
    ].join("\n"),
  },
} as const satisfies BuildOptions;

/** The files that are a Lambda each: found, so that a new one is measured without being listed. */
export function handlersIn(home = HANDLERS): readonly string[] {
  const inFolder = (folder: string) =>
    (existsSync(join(home, folder)) ? readdirSync(join(home, folder)).sort() : [])
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => join(home, folder, file));
  return ["", "providers", "ingress", "receive"].flatMap(inFolder);
}

interface How {
  readonly to?: string; // a folder to write the bundles to
  readonly whole?: boolean; // with all that the SDK brings, as if stacks/bundling.ts left nothing out
}

/** Bundles each of the entries by itself, and reads what they share once. */
export async function bundle(entries: readonly string[], base: string, how: How = {}): Promise<readonly Bundle[]> {
  const { to, whole = false } = how;
  if (entries.length === 0) return [];
  const outdir = to ?? join(ROOT, ".bundles"); // a name only, where nothing is written
  const { metafile, outputFiles = [] } = await build({
    ...asSstDoes,
    ...(whole && { external: SST_EXTERNAL }),
    ...{ entryPoints: [...entries], outbase: base, outdir, absWorkingDir: ROOT, write: false, logLevel: "silent" },
  });
  if (to !== undefined) for (const { path, contents } of outputFiles) put(path, contents);
  return outputFiles.map(({ path, contents }) => describe(metafile, outdir, path, contents));
}

/** Of every function: what it weighs, and what of it is whose. */
export const sizes = (home = HANDLERS): Promise<readonly Bundle[]> => bundle(handlersIn(home), home);

/** The largest parts by package or room: where there is something to save. */
export function largest({ inputs }: Pick<Bundle, "inputs">, most = 3): readonly (readonly [string, number])[] {
  const parts = new Map<string, number>();
  for (const [path, bytes] of Object.entries(inputs)) parts.set(partOf(path), (parts.get(partOf(path)) ?? 0) + bytes);
  return [...parts].sort(([, a], [, b]) => b - a).slice(0, most);
}

/** `node_modules/@aws-sdk/core/…` is @aws-sdk/core, and packages/app/src/steps/… is app/steps. */
function partOf(path: string): string {
  const [, vendor] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (vendor !== undefined) return vendor;
  const [, room = path, rest = ""] = /^packages\/([^/]+)\/(?:src\/)?([^/]*)/.exec(path) ?? [];
  return rest === "" || rest.endsWith(".ts") ? room : `${room}/${rest}`;
}

function describe({ outputs }: Metafile, outdir: string, path: string, contents: Uint8Array): Bundle {
  const output = outputs[relative(ROOT, path)];
  const inputs = Object.entries(output?.inputs ?? {}).map(
    ([input, { bytesInOutput }]) => [input, bytesInOutput] as const,
  );
  return {
    name: relative(outdir, path).replace(/[.]mjs$/, ""),
    file: path,
    bytes: contents.byteLength,
    gzip: gzipSync(contents, { level: 9 }).byteLength,
    exports: output?.exports ?? [],
    outside: (output?.imports ?? []).map((one) => one.path),
    inputs: Object.fromEntries(inputs.filter(([, bytes]) => bytes > 0)),
  };
}

function put(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
