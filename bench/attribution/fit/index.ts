import { writeFileSync } from "node:fs";
import { WEIGHTS, type Weights } from "@leasehold/core/attribution";
import { generate } from "@leasehold/local/estates";
import { type Job, type Options, whole } from "../../kit/index.ts";
import { type Case, casesOf, counted } from "./cases.ts";
import { type Measured, measure } from "./measure.ts";
import { best } from "./search.ts";
import { FREE, type Free, shipped, weightsFrom } from "./table.ts";

const LAST = 1_000; // seeds beyond are for measuring

/** Weights from labelled estates: half of them to fit on, the other half to see whether it holds elsewhere. */
export const attributionFitJob: Job = {
  about: "weights of evidence, fitted on labelled estates of the seeds 1 to 1000, before and after",
  alone: true,
  options: {
    people: { type: "string", about: "how many work in each generated organisation (500)" },
    seeds: { type: "string", about: "how many organisations (20)" },
    first: { type: "string", about: "the first seed (1)" },
    out: { type: "string", about: "a file for the proposed table (weights.json)" },
  },
  run: async (options) => {
    const { fit, held, estates } = await halves(options);
    const free = best(shipped(), (one) => measure(fit, weightsFrom(one)).logLoss, say);
    const weights = weightsFrom(free);
    const { out = "weights.json" } = options;
    writeFileSync(out, `${JSON.stringify({ estates, free, weights: bare(weights) }, undefined, 2)}\n`);
    const measured = {
      before: { fit: measure(fit, WEIGHTS), held: measure(held, WEIGHTS) },
      after: { fit: measure(fit, weights), held: measure(held, weights) },
    };
    return {
      lines: [...tableOf(free, measured), "", `proposed: ${out}`],
      json: { estates, free, ...measured },
      passed: true,
    };
  },
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function halves({ people = "500", seeds = "20", first = "1" }: Options) {
  const [size, count, from] = [whole("people", people), whole("seeds", seeds), whole("first", first)];
  if (count < 2) throw new Error("--seeds is at least 2: one half is fitted on, the other only measured");
  if (from + count - 1 > LAST)
    throw new Error(`--first and --seeds end at seed ${LAST}: those beyond are for measuring`);
  const all: { fit: Case[]; held: Case[] } = { fit: [], held: [] };
  for (let seed = from; seed < from + count; seed += 1) {
    all[seed % 2 === 1 ? "fit" : "held"].push(...(await casesOf(generate({ people: size, seed }))));
    say(`estate ${seed - from + 1} of ${count}`);
  }
  const estates = { people: size, first: from, count };
  const [fit, held] = [counted(all.fit), counted(all.held)];
  say(`${all.fit.length + all.held.length} credentials; ${fit.length} different cases to fit on`);
  return { fit, held, estates };
}

const bare = ({ kinds, handedOn }: Weights) => ({
  kinds: Object.fromEntries(Object.entries(kinds).map(([kind, { weight, halfLife }]) => [kind, { weight, halfLife }])),
  handedOn,
});

type Sides = Readonly<Record<"before" | "after", Readonly<Record<"fit" | "held", Measured>>>>;

function tableOf(free: Free, measured: Sides): readonly string[] {
  const before = shipped();
  const names = Object.keys(FREE) as readonly (keyof Free)[];
  const lines = (["fit", "held"] as const).flatMap((half) =>
    (["before", "after"] as const).map((when) => lineOf(half, when, measured[when][half])),
  );
  return [
    ...["| number | before | after |", "|---|---|---|"],
    ...names.map((name) => `| ${name} | ${before[name].toFixed(2)} | ${free[name].toFixed(2)} |`),
    "",
    "| estates | table | log loss | calibration error | first right where visible | answers of 0.95 | of them wrong |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ];
}

const HALF = { fit: "fitted on", held: "held out" } as const;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const lineOf = (half: keyof typeof HALF, when: string, of: Measured): string =>
  `| ${[
    ...[HALF[half], when, of.logLoss.toFixed(4), of.calibrationError.toFixed(3)],
    ...[percent(of.first), of.certain, percent(of.confidentlyWrong)],
  ].join(" | ")} |`;
