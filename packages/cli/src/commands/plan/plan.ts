import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Preview } from "@leasehold/app/preview";
import { type Basis, movedSince, tokenOf } from "@leasehold/core/casework";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { count, list } from "../../terminal/index.ts";
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
    "However many credentials there are, all are planned, fifty at a time; how many they are, and how far they reach, comes first.",
    "Nothing is changed and nobody is asked: it looks, and is given nothing that could act.",
  ],
  no: "with --against: something moved since",
  run: async (call) => {
    const answer = await everyPage(call);
    const earlier = earlierIn(call);
    const moved = earlier === undefined ? undefined : movedBetween(earlier, answer);
    return {
      json: moved === undefined ? answer : { ...answer, movedSince: moved },
      text: [...linesOf(answer), ...(moved === undefined ? [] : movedLines(moved))],
      exit: moved !== undefined && moved.length > 0 ? 1 : 0,
    };
  },
};

/** A page at a time: no request takes longer than a stage answers. The token is of all that was shown. */
async function everyPage(call: Call): Promise<Preview> {
  const asOf = call.flags["as-of"];
  const asked = { id: call.args[0] ?? "", ...(typeof asOf === "string" && { asOf }) };
  const pages: Preview[] = [];
  for (let after: string | undefined; ; ) {
    const { answer } = await ask(call, "plan", { ...asked, ...(after !== undefined && { after }) });
    pages.push(answer);
    const items = pages.flatMap((page) => page.items);
    after = answer.next;
    if (after === undefined) return pages.length === 1 ? answer : joined(pages, items);
    call.note(`planned ${items.length} of ${count(answer.totals.credentials, "credential")}`);
  }
}

function joined(pages: readonly Preview[], items: Preview["items"]): Preview {
  const missing = new Map(pages.flatMap((page) => page.missing.map((one) => [one.connector, one] as const)));
  const [first, last] = [pages[0] as Preview, pages.at(-1) as Preview];
  return { ...last, made: first.made, from: first.from, items, token: tokenOf(items), missing: [...missing.values()] };
}

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
