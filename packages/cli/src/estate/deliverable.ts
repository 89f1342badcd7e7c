import { relative } from "node:path";
import { badInput, Instant } from "@leasehold/core/kernel";
import type { Item, Place } from "@leasehold/local/history";
import type { Laptop } from "@leasehold/local/laptop";

/** The events of files, as EventBridge would deliver each. All are read before the first is given back: one that cannot be read stops all. */
export async function deliverable(
  { world }: Pick<Laptop, "world">,
  paths: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
  cwd: string,
): Promise<readonly object[]> {
  const { readHistory } = await import("@leasehold/local/history");
  const envelopes = world.estate.providers().flatMap(({ listens }) => listens?.envelope ?? []);
  const events: object[] = [];
  for await (const item of readHistory(paths, stdin)) events.push(...eventsIn(item, envelopes, cwd));
  if (events.length === 0) throw badInput("there is no event in these files", { files: paths.length });
  return events;
}

type Envelope = (record: unknown) => unknown;

function eventsIn(item: Item, envelopes: readonly Envelope[], cwd: string): readonly object[] {
  const at = spotOf(item.place, cwd);
  if ("broken" in item) throw badInput("this is no event, and nothing was delivered", { at, because: item.broken });
  const { record } = item;
  const events = isDelivered(record) ? [record] : envelopes.flatMap((envelope) => envelope(record) ?? []);
  if (events.length === 0) throw badInput("no connector knows this kind of event, and nothing was delivered", { at });
  for (const event of events) {
    const field = missingIn(event);
    if (field !== undefined)
      throw badInput("an event has an id, a source and a time; nothing was delivered", { at, field });
  }
  return events as readonly object[];
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};

const isDelivered = (record: unknown): boolean => {
  const { source, detail, "detail-type": type } = fieldsOf(record);
  return typeof source === "string" && typeof type === "string" && detail !== null && typeof detail === "object";
};

function missingIn(event: unknown): string | undefined {
  const { id, source, time } = fieldsOf(event);
  if (typeof id !== "string" || id === "") return "id";
  if (typeof source !== "string" || source === "") return "source";
  return Instant.safeParse(time).success ? undefined : "time";
}

const ADDRESS = /^[a-z0-9]+:\/\//;

/** As an editor opens it: file, line, and in a list the place. */
export function spotOf({ file, line, index }: Place, cwd: string): string {
  const name = file === "-" || ADDRESS.test(file) ? file : relative(cwd, file) || file;
  return `${name}:${line}${index === undefined ? "" : ` (record ${index})`}`;
}
