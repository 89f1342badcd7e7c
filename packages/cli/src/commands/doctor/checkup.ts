import { DatabaseSync } from "node:sqlite";
import type { Checkup as World } from "@leasehold/app/calls";
import type { Instant } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";

/** What the world says of itself, and what only a laptop has beside it. */
export interface Checkup extends Omit<World, "voices" | "connectors"> {
  readonly voices?: World["voices"]; // an older stage does not say
  readonly connectors: readonly Connected[];
  readonly node: string;
  readonly stage?: string; // instead of all that follows
  readonly store?: { readonly path: string; readonly kind: "demo" | "real"; readonly layout: number };
  readonly schedules?: readonly { readonly name: string; readonly due: Instant; readonly fault: string | null }[];
  readonly waysIn?: readonly Probed[]; // asked just now; on the laptop with our own secrets
  readonly unseen?: readonly string[]; // of a stage: what whoever asks may not see
  readonly deadLetters?: readonly { readonly event: string; readonly target: string; readonly fault: string }[];
}

export type Connected = Omit<World["connectors"][number], "refused"> &
  Partial<Pick<World["connectors"][number], "refused">>; // nor does it say this
type AskedHere = Awaited<ReturnType<Laptop["waysIn"][number]["probe"]>>[number];
/** A stage is asked without a secret: that it *refuses* what is not signed is all that this can tell. */
export type Probed = Omit<AskedHere, "found"> & { readonly found: AskedHere["found"] | "refuses" };

export async function laptopsOwn(laptop: Laptop, path: string) {
  const { demo, wired } = laptop;
  return {
    waysIn: await probesOf(laptop),
    store: { path, kind: demo ? ("demo" as const) : ("real" as const), layout: layoutOf(path) },
    schedules: wired.schedule.state(),
    deadLetters: wired.bus.deadLetters().map(({ event, target, fault }) => ({ event, target, fault })),
  };
}

/** By the address that vendors have, where the configuration says it: so what stands between is looked at too. */
async function probesOf({ waysIn, world }: Laptop): Promise<readonly Probed[]> {
  const { url, host, port } = world.config.laptop;
  const base = url ?? `http://${hereOf(host)}:${port}`;
  return (await Promise.all(waysIn.map((way) => way.probe(base)))).flat();
}

/** Whoever listens on every address of the machine is asked on its own. */
function hereOf(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
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
