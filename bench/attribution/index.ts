import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { estateFrom, generate, type LabelledEstate } from "@leasehold/local/estates";
import { type Job, type Options, whole } from "../kit/index.ts";
import type { Answering } from "./answer.ts";
import { barsOf, type Round } from "./judge.ts";
import { ours } from "./ours.ts";
import { creator, oracle, ownerTag } from "./rivals.ts";
import { scoreOf } from "./score.ts";
import { tableOf } from "./table.ts";

const PEERS: Readonly<Record<string, Answering>> = { ours, oracle, creator, "owner tag": ownerTag };

/** Who is named for each credential of labelled estates, by us and by the rules that others use. */
export const attributionJob: Job = {
  about: "owners that we name in labelled estates, beside an oracle, the creator and the owner tag",
  alone: true,
  options: {
    people: { type: "string", about: "how many work in each generated organisation (500)" },
    seeds: { type: "string", about: "how many organisations (20)" },
    first: { type: "string", about: "the first seed; those of 1 to 1000 are for fitting (1001)" },
    estate: { type: "string", about: "a folder with truth.json, people.csv and the vendors' files, instead" },
  },
  run: async (options) => {
    const rounds: Round[] = [];
    for (const estate of estatesOf(options)) rounds.push(await roundOf(estate));
    const bars = barsOf(rounds);
    return { lines: tableOf(rounds), json: { ...jsonOf(rounds), bars }, passed: bars.every(({ held }) => held) };
  },
};

function* estatesOf({ people = "500", seeds = "20", first = "1001", estate }: Options): Generator<LabelledEstate> {
  if (estate !== undefined) return yield estateIn(estate);
  const [size, count, from] = [whole("people", people), whole("seeds", seeds), whole("first", first)];
  for (let seed = from; seed < from + count; seed += 1) yield generate({ people: size, seed });
}

function estateIn(folder: string): LabelledEstate {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const files = paths.map((one) => join(one.parentPath, one.name));
  const named = files.map(
    (path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path, "utf8")] as const,
  );
  const all = Object.fromEntries(named);
  if (all["truth.json"] === undefined) throw new Error("there is no truth.json in the folder that --estate names");
  return estateFrom(all);
}

async function roundOf(estate: LabelledEstate): Promise<Round> {
  const round: Record<string, Round[string]> = {};
  for (const [name, answering] of Object.entries(PEERS)) {
    const answer = await answering(estate);
    const judged: Round[string][number][] = [];
    for (const truth of estate.truth.credentials) judged.push({ truth, answer: await answer(truth) });
    round[name] = judged;
  }
  return round;
}

const jsonOf = (rounds: readonly Round[]) => ({
  estates: rounds.length,
  scores: Object.fromEntries(
    Object.keys(PEERS).map((name) => [name, scoreOf(rounds.flatMap((round) => round[name] ?? []))]),
  ),
});
