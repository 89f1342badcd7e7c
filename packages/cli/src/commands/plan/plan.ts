import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Preview } from "@leasehold/app/preview";
import { type Basis, movedSince } from "@leasehold/core/casework";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { list } from "../../terminal/index.ts";
import { linesOf, movedLine } from "./lines.ts";

/** What would happen to everything that a person owns, if they left. */
export const planned: Command = {
  about: "what would happen if somebody left: every step with its date, what would break, what would have broken",
  args: ["<person>"],
  flags: {
    "as-of": { value: "instant", about: "when they leave: 3d from now, or an instant; a year ahead at most (now)" },
    against: { value: "file", about: "an earlier answer of this with --json: says what moved since" },
  },
  more: [
    "<person> is an e-mail address or an account, of somebody who left or of anybody who is here; or one credential.",
    "Nothing is changed and nobody is asked: it looks, and is given nothing that could act.",
  ],
  no: "with --against: something moved since",
  run: async (call) => {
    const asOf = call.flags["as-of"];
    const { answer } = await ask(call, "plan", { id: call.args[0] ?? "", ...(typeof asOf === "string" && { asOf }) });
    const earlier = earlierIn(call);
    const moved = earlier === undefined ? undefined : movedBetween(earlier, answer);
    return {
      json: moved === undefined ? answer : { ...answer, movedSince: moved },
      text: [...linesOf(answer), ...(moved === undefined ? [] : movedLines(moved))],
      exit: moved !== undefined && moved.length > 0 ? 1 : 0,
    };
  },
};

type Earlier = Pick<Preview, "made"> & {
  readonly items: readonly Pick<Preview["items"][number], "credential" | "basis">[];
};

function earlierIn({ flags, io }: Call): Earlier | undefined {
  const { against } = flags;
  if (typeof against !== "string") return undefined;
  try {
    const read = JSON.parse(readFileSync(resolve(io.cwd, against), "utf8")) as Earlier;
    if (Array.isArray(read.items) && read.items.every(({ basis }) => typeof basis === "object")) return read;
  } catch {
    // said below, whatever it is: its text may quote the file
  }
  throw badInput("this is no answer of `leasehold plan --json`, or cannot be read", { flag: "--against" });
}

interface MovedItem {
  readonly credential: string;
  readonly moved: readonly string[];
}

function movedBetween(then: Earlier, now: Preview): readonly MovedItem[] {
  const before = new Map(then.items.map(({ credential, basis }) => [credential as string, basis]));
  const after = new Map(now.items.map(({ credential, basis }) => [credential as string, basis]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((credential) => {
    const moved = movedOne(before.get(credential), after.get(credential));
    return moved.length === 0 ? [] : [{ credential, moved }];
  });
}

function movedOne(before: Basis | undefined, after: Basis | undefined): readonly string[] {
  if (before === undefined) return ["it was not in the earlier plan"];
  if (after === undefined) return ["it is in the plan no longer"];
  return movedSince(before, after, { ours: false }).map(movedLine);
}

const movedLines = (moved: readonly MovedItem[]): readonly string[] =>
  moved.length === 0
    ? ["", "Nothing has moved since that plan."]
    : ["", ...moved.flatMap(({ credential, moved: lines }) => list(`Moved since that plan, ${credential}:`, lines))];
