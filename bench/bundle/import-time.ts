import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const LONGEST = 20_000;
const CHILD = `
  const [began, spent] = [performance.now(), process.cpuUsage()];
  const { handler } = await import(process.argv[1]);
  const [wall, { user, system }] = [performance.now() - began, process.cpuUsage(spent)];
  if (typeof handler !== "function") throw new Error("exports no handler");
  process.stdout.write(JSON.stringify({ wall, cpu: (user + system) / 1000 }));
  process.exit(0);
`;

export interface Took {
  readonly wall: number; // milliseconds by the clock
  readonly cpu: number; // of them, those in which a processor worked: what else runs on the machine is not in it
}

/** From the import of the file to its handler, in a process that has loaded nothing else. */
export async function importTime(file: string, env: Readonly<Record<string, string>>): Promise<Took> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", CHILD, file], {
    ...{ env, timeout: LONGEST, killSignal: "SIGKILL" },
  });
  return JSON.parse(stdout) as Took;
}
