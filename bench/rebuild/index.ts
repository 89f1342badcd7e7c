import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rebuild } from "@leasehold/app/rebuild";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import type { Job } from "../kit/index.ts";
import { NOW } from "./signals.ts";

const FILL = fileURLToPath(new URL("fill.ts", import.meta.url));
const MOST = 1_500; // megabytes, whatever there is in the archive

/** A graph that came in piece by piece, made anew from its archive: how fast, in how much memory, and whether it is the same. */
export const rebuildJob: Job = {
  about: "signals a second of a rebuild on the laptop's store, its memory, and whether it equals what was there",
  alone: true,
  options: { signals: { type: "string", about: "how many (1000000)" } },
  run: async ({ signals = "1000000" }) => {
    if (!/^[1-9]\d{0,8}$/.test(signals)) throw new Error("--signals is a whole number of at least 1");
    const home = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
    try {
      const path = join(home, "store.db");
      const ingested = await timed(async () => filled(path, signals));
      const { seconds, value } = await timed(() => rebuiltIn(path));
      const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
      const passed = value.equal && value.outdated === 0 && value.signals === Number(signals) && megabytes <= MOST;
      const rates = {
        ingestSeconds: ingested.seconds,
        seconds,
        perSecond: Math.round(value.signals / seconds),
        megabytes,
      };
      return { lines: linesOf({ ...value, ...rates }), json: { ...value, ...rates }, passed };
    } finally {
      rmSync(home, { recursive: true });
    }
  },
};

function filled(path: string, signals: string): void {
  const { status } = spawnSync(process.execPath, [FILL, path, signals], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("the store could not be filled");
}

async function rebuiltIn(path: string) {
  const file = openFile(path);
  try {
    const onProgress = ({ does, done }: { readonly does: string; readonly done: number }) =>
      void (done % 100_000 === 0 && process.stderr.write(`${does} ${done}\n`));
    return await rebuild({ ...sqliteStore(file, () => NOW), clock: () => NOW }, { write: false, onProgress });
  } finally {
    file.close();
  }
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const from = performance.now();
  const value = await run();
  return { seconds: Math.round((performance.now() - from) / 100) / 10, value };
}

type Told = Awaited<ReturnType<typeof rebuiltIn>> &
  Readonly<Record<"ingestSeconds" | "seconds" | "perSecond" | "megabytes", number>>;

const linesOf = (told: Told): readonly string[] => [
  `${told.signals} signals, ${told.subjects} subjects, ${told.edges} edges; taken in over ${told.ingestSeconds} s`,
  `made anew in ${told.seconds} s over ${told.passes} passes: ${told.perSecond} signals a second`,
  `${told.megabytes} MB at the most (${MOST} allowed)`,
  told.equal ? "the same, bit for bit" : `MISSED: ${told.differences.total} differences`,
];
