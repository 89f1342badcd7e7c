import { STEPS_AT_ONCE } from "@leasehold/local/laptop";
import { type Job, whole } from "../kit/index.ts";
import { type Bar, barsOf, linesOf, type Round } from "./judge.ts";
import { wound } from "./run.ts";

const USUAL = { allows: 1, fails: 0, lies: 0 };

/** How long the wind-downs of people who all left take before providers with limits, on a clock that jumps. */
export const windDownJob: Job = {
  about: "wind-downs before providers with limits: to the token buckets' bound, and to one after another",
  alone: true,
  options: {
    creds: { type: "string", about: "how many credentials, one or several numbers (100,1000)" },
    rounds: { type: "string", about: "of each, with other dice each time (3)" },
    slots: { type: "string", about: `how many steps run at once (${STEPS_AT_ONCE}, as on the laptop)` },
  },
  run: async ({ creds = "100,1000", rounds = "3", slots = `${STEPS_AT_ONCE}` }) => {
    const sizes = creds.split(",").map((one) => whole("creds", one));
    const lines: string[] = [];
    const seen: { readonly count: number; readonly rounds: readonly Round[]; readonly bars: readonly Bar[] }[] = [];
    for (const count of sizes) {
      const all: Round[] = [];
      for (let n = 1; n <= whole("rounds", rounds); n += 1) all.push(await roundOf(count, whole("slots", slots), n));
      const bars = barsOf(all, count);
      seen.push({ count, rounds: all, bars });
      lines.push(...linesOf(all, bars, count));
    }
    return { lines, json: { sizes: seen }, passed: seen.every(({ bars }) => bars.every(({ held }) => held)) };
  },
};

async function roundOf(count: number, slots: number, seed: number): Promise<Round> {
  const side = async (name: string, run: Promise<Round["ours"]>) => {
    const came = await run;
    process.stderr.write(`${count} credentials, round ${seed}, ${name}: ${came.seconds.toFixed(0)} s\n`);
    return came;
  };
  return {
    ours: await side("ours", wound(count, slots, USUAL, seed)),
    serial: await side("serial", wound(count, 1, USUAL, seed)),
    hidden: await side("hidden limits", wound(count, slots, { ...USUAL, allows: 0.6 }, seed)),
    failing: await side("failing", wound(count, slots, { ...USUAL, fails: 0.02 }, seed)),
    lying: await side("lying", wound(count, slots, { ...USUAL, lies: 0.1 }, seed)),
  };
}
