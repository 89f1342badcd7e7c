import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { badInput } from "@leasehold/core/kernel";
import type { Call } from "../command/index.ts";

/** What `--config` names, as it was written; undefined without one: the demo. What it says is judged where the laptop opens. */
export async function loadConfig({ flags, io }: Pick<Call, "flags" | "io">): Promise<unknown> {
  const named = flags["config"];
  if (typeof named !== "string") return undefined;
  const path = resolve(io.cwd, named);
  if (!existsSync(path)) throw badInput("there is no configuration file of this name", { config: path });
  if (!/[.][cm]?[jt]s$/.test(path))
    throw badInput("a configuration is a module, as leasehold.config.ts with `export default { … }`", { config: path });
  const exported = await imported(path);
  const config = exported["default"] ?? exported["config"];
  if (config === undefined)
    throw badInput("the configuration file exports nothing: `export default defineConfig({ … })`", { config: path });
  return config;
}

async function imported(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    // its text may quote the file: only what kind of error it is, and where
    const { code } = error as NodeJS.ErrnoException;
    const known = WHY[code ?? ""];
    const fault = code ?? (error instanceof Error ? error.constructor.name : "not an Error");
    throw badInput(`the configuration file could not be run${known === undefined ? "" : `: ${known}`}`, {
      ...{ config: path, fault, ...lineIn(path, error) },
    });
  }
}

/** What to do about it, where Node says by a code of its own what it is. */
const WHY: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND:
    "it imports what is not found from its folder. Keep it in the folder of this repository, or export a plain object without defineConfig",
};

function lineIn(path: string, error: unknown): { readonly line?: number } {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(path);
  const line = at < 0 ? undefined : /^:(\d+)/.exec(stack.slice(at + path.length))?.[1];
  return line === undefined ? {} : { line: Number(line) };
}
