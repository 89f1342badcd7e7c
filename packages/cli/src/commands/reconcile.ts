import type { CallAnswer } from "@leasehold/app/calls";
import type { Call, Command } from "../command/index.ts";
import { ask, askHere, settled, withLaptop } from "../estate/index.ts";
import { count, orNone, shortly, table } from "../terminal/index.ts";

type Page = CallAnswer<"reconcile">;
type Item = Page["items"][number];

/** After a restore: compares what was wound down with the providers, and lets go of the brake when all of it was. */
export const reconciled: Command = {
  about:
    "after the store was restored: compare it with the providers, item by item, and then let go of the brake (security)",
  args: [],
  flags: {
    "despite-unread": { about: "let go though something could not be read: whatever acts on it looks for itself" },
  },
  more: [
    "A store that is older than what was done from it is recognised, and nothing but an undo acts in it until this is done.",
    "Nothing is switched on or off by it. Open intents are settled by what is seen; what was switched since is asked about.",
    "On a stage security asks, by their own identity. On a laptop the hand stays on the brake, and security lets go of it.",
  ],
  no: "something could not be read, or the brake stays on, or the store was not restored",
  run: async (call) => {
    const despite = call.flags["despite-unread"] !== undefined;
    const { page, items } = await (call.flags["stage"] === undefined ? onLaptop : onStage)(call, despite);
    const { outcome, looked, unread, frozen, woken } = page;
    return {
      json: { outcome, looked, unread, frozen, woken, items },
      text: outcome === "was not restored" ? [said(page)] : [...rowsOf(items), "", said(page)],
      exit: outcome === "released" ? 0 : 1,
    };
  },
};

/** Before anything else the laptop finds out whether its file is an older copy. */
const onLaptop = (call: Call, despite: boolean) =>
  withLaptop(call, "writes", async (laptop) => {
    await settled(call, laptop);
    const input = { release: laptop.demo, despite };
    return through(call, async () => (await askHere(call, laptop, "reconcile", input)).answer);
  });

const onStage = (call: Call, despite: boolean) =>
  through(call, async () => (await ask(call, "reconcile", { release: true, despite })).answer);

async function through({ note }: Call, next: () => Promise<Page>) {
  const items: Item[] = [];
  for (;;) {
    const page = await next();
    items.push(...page.items);
    if (page.outcome !== "goes on") return { page, items };
    note(`compared ${page.looked}`);
  }
}

const rowsOf = (items: readonly Item[]): readonly string[] =>
  orNone(
    table(
      ["CREDENTIAL", "WIND-DOWN", "CASE", "IS"],
      items.map(({ credential, windDown, case: of, as, because }) => [
        ...[credential, windDown ?? "-", of, because === undefined ? as : `${as}: ${because}`],
      ]),
    ),
    "nothing was wound down, or was about to be",
  );

function said({ outcome, looked, unread, frozen, woken }: Page): string {
  const compared = `${count(looked, "credential was", "credentials were")} compared`;
  switch (outcome) {
    case "released":
      return `${compared}: the brake is let go, ${count(woken, "subject looks", "subjects look")} again`;
    case "waits for security":
      return `${compared}: the brake stays on until security lets go of it`;
    case "a hand stays":
      return `${compared}: the brake was on before, since ${shortly(frozen?.at)} by ${frozen?.by}, and stays on`;
    case "not all was read":
      return `${compared}, ${unread} of them could not be: ask again, or let go with --despite-unread`;
    default:
      return "the store was not restored: there is nothing to compare";
  }
}
