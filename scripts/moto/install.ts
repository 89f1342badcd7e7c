import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const REQUIREMENTS = join(ROOT, "test/aws/requirements.txt");
const HOME = join(ROOT, "node_modules/.cache/leasehold-moto");
const OLDEST = "import sys; assert sys.version_info >= (3, 11); print(sys.version)";

/** The Python of an environment that has what test/aws/requirements.txt names, byte for byte; made where it is not there yet. Throws a sentence. */
export function installed(): string {
  const [found, version] = python();
  const own = join(HOME, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const stamp = join(HOME, "stamp");
  const wanted = createHash("sha256").update(version).update(readFileSync(REQUIREMENTS)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(own)) return own;

  console.log("making a Python environment with moto: once, and again when what it needs changes");
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  run(found, ["-m", "venv", HOME], "the Python environment could not be made (Debian has it in python3-venv)");
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  const exactly = ["--require-hashes", "--only-binary", ":all:", "--requirement", REQUIREMENTS];
  run(own, [...pip, ...exactly], "moto could not be installed");
  writeFileSync(stamp, wanted);
  return own;
}

function python(): readonly [path: string, version: string] {
  for (const name of ["python3", "python"]) {
    const said = spawnSync(name, ["-c", OLDEST], { encoding: "utf8" });
    if (said.status === 0) return [name, said.stdout];
  }
  throw new Error("there is no Python 3.11 or later on the PATH");
}

function run(command: string, args: readonly string[], otherwise: string): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  const last = (stderr ?? "").trim().split("\n").at(-1);
  throw new Error(last ? `${otherwise}: ${last}` : otherwise);
}
