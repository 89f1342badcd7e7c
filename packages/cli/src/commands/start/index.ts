import { badInput } from "@leasehold/core/kernel";
import { KEYS } from "@leasehold/local/demo";
import type { Laptop } from "@leasehold/local/laptop";
import type { Call, Command, Report } from "../../command/index.ts";
import { storeOf, withLaptop } from "../../estate/index.ts";
import { columns } from "../../terminal/index.ts";
import { beginAnew, isNew } from "./anew.ts";
import { keepRunning } from "./keep-running.ts";
import { tellStory } from "./story.ts";
import { portIn, withDoor } from "./with-door.ts";

/** The laptop: the demo's story and its proof, or a real estate for as long as it is left running. */
export const start: Command = {
  about: "run Leasehold here: the demo organisation, or with --config a real estate",
  notOnStage: "a stage runs by itself: leave out --stage, or look at it with `leasehold doctor --stage`",
  args: [],
  flags: {
    once: { about: "the demo only: tell its story from the beginning, show the proof, and end" },
    port: {
      value: "number",
      about: "with --config: where Slack, Jira and others are listened to (laptop.port, or 8720)",
    },
  },
  more: [
    "Without --config everything is simulated, labelled so, and opens no connection. The demo's clock jumps.",
    "With --config it listens on one port, on this machine alone unless `laptop.host` says otherwise; it has no TLS.",
    "Without --once it goes on until Ctrl-C; other commands may be used on the same store meanwhile.",
  ],
  no: "the story came to another end than it should: the proof does not hold",
  run: (call) => {
    const port = portIn(call);
    if (call.flags["config"] === undefined) return call.flags["once"] === true ? once(call) : demo(call);
    if (call.flags["once"] === true)
      throw badInput("--once tells the demo's story: leave out --config, or leave out --once", { flag: "--once" });
    return withLaptop(call, "creates", (laptop) => withDoor(call, laptop, port, () => keepRunning(call, laptop)));
  },
};

async function once(call: Call): Promise<Report> {
  await beginAnew(call);
  return withLaptop(call, "creates", (laptop) => told(call, laptop), spoken(call));
}

async function demo(call: Call): Promise<Report> {
  const fresh = isNew(storeOf(call));
  return withLaptop(
    call,
    "creates",
    async (laptop) => {
      if (fresh) await told(call, laptop);
      return keepRunning(call, laptop);
    },
    spoken(call),
  );
}

async function told(call: Call, laptop: Laptop): Promise<Report> {
  call.say(
    "Leasehold, on the demo organisation. People and systems are simulated; events, rules and decisions are not.",
  );
  const { holds, lines } = await tellStory(laptop, (line) => call.say(line));
  for (const line of nextSteps(call)) call.say(line);
  return { json: { holds, proof: lines }, text: [], exit: holds ? 0 : 1 };
}

/** What to try on the store that the story left. */
function nextSteps({ flags }: Pick<Call, "flags">): readonly string[] {
  const { store } = flags;
  const on = typeof store === "string" ? ` --store ${store}` : "";
  const steps = [
    [`npx leasehold who ${KEYS.support.accessKeyId}${on}`, "whose key is this, and on what evidence"],
    [`npx leasehold case list${on}`, "what is open; then case show, case answer, case undo"],
    [`npx leasehold plan nia@example.com${on}`, "what would happen if she left: she has not"],
    ["npx leasehold scan --profile <name>", "what stands open in an AWS account of yours: it only reads"],
    ["npx leasehold --help", "every command; docs/configuration.md names a real estate"],
  ] as const;
  return ["", "Next", ...columns(steps.map(([command, about]) => [`  ${command}`, about]))];
}

/** The log as it goes, in the story: the same words and keys that the functions write. */
const spoken = (call: Call): Parameters<typeof withLaptop>[3] => ({
  log: (level, message, keys = {}) => {
    const words = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
    call.say(`    ${[level.padEnd(5), message, ...words].join(" ")}`);
  },
  onPress: ({ user, choice, desk }, heard) =>
    call.say(`    (simulated) ${user} presses ${choice} in ${desk}: ${heard[0]?.text ?? "nothing was heard"}`),
});
