import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const LONGEST = 20_000;
const CHILD = `
  const began = performance.now();
  const { handler } = await import(process.argv[1]);
  const took = performance.now() - began;
  if (typeof handler !== "function") throw new Error("exports no handler");
  process.stdout.write(String(took));
  process.exit(0);
`;

/** Milliseconds from the import of the file to its handler, in a process that has loaded nothing else. */
export async function importTime(file: string, env: Readonly<Record<string, string>>): Promise<number> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", CHILD, file], {
    ...{ env, timeout: LONGEST, killSignal: "SIGKILL" },
  });
  return Number(stdout);
}
