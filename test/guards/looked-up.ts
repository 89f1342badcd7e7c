import type { Guard } from "./model.ts";

const HOME = "packages/connectors/src/aws-cloudtrail";
const TEST = `${HOME}/poll.test.ts`;
const FEED = { file: "packages/app/src/feed/poll.ts", test: "packages/app/src/feed/feed.test.ts" };

/** What keeps one account, one Region or one call from standing in the way of all that is looked up. */
export const lookedUp: readonly Guard[] = [
  {
    ...FEED,
    name: "looked up: an account that takes all the time is not begun with again",
    from: "seen.size > 1 || !seen.has(place)",
    to: "seen.size > 1",
    filter: "takes all the time",
  },
  {
    ...FEED,
    name: "looked up: behind an account whose function does not answer the next run begins",
    from: "after: afterIn(mark) };",
    to: "after: undefined };",
    filter: "does not answer at all",
  },
  {
    ...FEED,
    name: "looked up: behind an account that goes wrong the next run begins",
    from: "if (error instanceof Fault) await leaveTurn",
    to: "if (error === undefined) await leaveTurn",
    filter: "function goes wrong in another way",
  },
  {
    name: "looked up: an account whose answer nobody planned for keeps none of the others back",
    file: "packages/app/src/world/places.ts",
    from: "return nothing(knownWhy(error) ?? surprise(error));",
    to: "if (knownWhy(error) === undefined) throw error;\n    return nothing(whyOf(error));",
    test: "packages/app/src/world/places.test.ts",
    filter: "keeps its place",
  },
  {
    name: "looked up: a Region whose answer nobody planned for keeps none of the others back",
    file: `${HOME}/poll.ts`,
    from: "read.fault = error instanceof Fault ? error : surprise(error);",
    to: "if (!(error instanceof Fault)) throw error;\n    read.fault = error;",
    test: TEST,
    filter: "nobody planned for, the other",
  },
  {
    name: "looked up: a signal that nobody takes does not go on with the others",
    file: "packages/app/src/ingest/hearing.ts",
    from: ".filter(isTaken(event, id, log))",
    to: "",
    test: TEST,
    filter: "that nobody takes",
  },
  {
    name: "looked up: an answer is no larger than a function's may be",
    file: `${HOME}/poll.ts`,
    from: "  run.room -= JSON.stringify(signals).length;\n",
    to: "",
    test: TEST,
    filter: "never more in one go",
  },
  {
    name: "looked up: a token is asked with the window that it is of",
    file: `${HOME}/window.ts`,
    from: "{ from: later(reached.to, -LATE), ...reached.at }",
    to: "{ from: latest(later(reached.to, -LATE), later(now, -KEPT)), ...reached.at }",
    test: `${HOME}/window.test.ts`,
    filter: "CloudTrail forgets",
  },
  {
    name: "looked up: the opening of a session is looked for on further pages",
    file: `${HOME}/session.ts`,
    from: "const PAGES = 4;",
    to: "const PAGES = 1;",
    test: TEST,
    filter: "than stand on a page",
  },
  {
    name: "looked up: a page for whose sessions there is no time is left to the next go",
    file: `${HOME}/poll.ts`,
    from: "read.cut = seeking.cut && read.pages > 0;",
    to: "read.cut = false;",
    test: TEST,
    filter: "looked up in the next go",
  },
  {
    name: "looked up: where IAM's Region is not named, that is said",
    file: `${HOME}/poll.ts`,
    from: "api.regions.includes(IAM_IN) ? [] : [UNNAMED]",
    to: "api.regions.includes(IAM_IN) ? [] : []",
    test: TEST,
    filter: "IAM's calls are recorded",
  },
];
