import { DatabaseSync } from "node:sqlite";
import { every, type World } from "@leasehold/app/world";
import type { Finding } from "@leasehold/core/finding";
import { hoursBetween, type Instant, later } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";
import { openFindings } from "../finding-list.ts";

/** Everything that can be said of an installation without asking a provider. */
export interface Checkup {
  readonly node: string;
  readonly store: { readonly path: string; readonly kind: "demo" | "real"; readonly layout: number };
  readonly now: Instant;
  readonly connectors: readonly Connected[];
  readonly schedules: readonly { readonly name: string; readonly due: Instant; readonly fault: string | null }[];
  readonly deadLetters: readonly { readonly event: string; readonly target: string; readonly fault: string }[];
  readonly findings: readonly Finding[];
  readonly cases: number; // open
  readonly overdue: readonly string[]; // cases and wind-downs that should have moved an hour ago
}
interface Connected {
  readonly id: string;
  readonly title: string;
  readonly mode: "observe" | "ask" | "act";
  readonly proof: string; // the strongest thing that the connector was tested against
  readonly desk: boolean;
  readonly lists: boolean;
  readonly coverage:
    | { readonly whole: boolean; readonly at: Instant; readonly seen: number; readonly ageHours: number }
    | undefined;
}

export async function checkup({ world, demo, wired }: Laptop, path: string, node: string): Promise<Checkup> {
  const [cases, windDowns] = [
    await every((cursor) => world.cases.list("open", cursor)),
    await every((cursor) => world.windDowns.listOpen(cursor)),
  ];
  return {
    node,
    store: { path, kind: demo ? "demo" : "real", layout: layoutOf(path) },
    now: world.clock(),
    connectors: await connectorsOf(world),
    schedules: wired.schedule.state(),
    deadLetters: wired.bus.deadLetters().map(({ event, target, fault }) => ({ event, target, fault })),
    findings: await openFindings(world),
    cases: cases.length,
    overdue: await overdueOf(world, [...cases, ...windDowns]),
  };
}

async function connectorsOf({ estate, ledger, clock }: World): Promise<readonly Connected[]> {
  const coverage = await ledger.coverage();
  return estate.providers().map(({ id, title, mode, proof, desk, page }) => {
    const last = coverage.find((one) => one.connector === id);
    const ageHours = last ? Math.round(hoursBetween(last.at, clock())) : 0;
    return {
      ...{ id, title, mode, proof, desk: desk !== undefined, lists: page !== undefined },
      coverage: last && { whole: last.whole, at: last.at, seen: last.seen, ageHours },
    };
  });
}

async function overdueOf(
  { waits, clock }: World,
  ids: readonly (`cas_${string}` | `wdc_${string}`)[],
): Promise<readonly string[]> {
  const late: string[] = [];
  for (const id of ids) {
    const until = (await waits.get(id))?.until;
    if (until !== undefined && later(until, 1) < clock()) late.push(id);
  }
  return late;
}

/** The file's own word. It was opened and recognised before. */
function layoutOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  } finally {
    db.close();
  }
}
