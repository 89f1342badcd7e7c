import { type Listener, onlyCounts } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { compile, type Matcher } from "../pattern/index.ts";
import { nameOf } from "./name.ts";

/** What one event became. Ignored: it is not for us. Refused: it is, and cannot be read. A reason names the event at most. */
export type Understood =
  | { readonly connector: string; readonly signals: readonly Signal[] }
  | { readonly ignored: string }
  | { readonly refused: string };

/** Who may have something to say to an event: a connector, or one that is connected. */
export interface Hearing {
  readonly id: string;
  readonly listens?: Listener<unknown> | undefined;
}

interface Ear {
  readonly id: string;
  readonly listens: Listener<unknown>;
  readonly hears: readonly Matcher[];
}

/**
 * Makes of the vendor's record what a live delivery would have become: the connector's own envelope, its patterns under
 * the laptop's matcher, its schema, its normaliser. Nothing of the record is kept.
 */
export function understanding(connectors: readonly Hearing[]): (record: unknown) => readonly Understood[] {
  const ears = connectors.flatMap(earOf);
  return (record) => {
    const said = ears
      .map((ear) => ({ ear, events: delivered(ear.listens, record) }))
      .filter(({ events }) => events.length > 0);
    if (said.length === 0) return [{ ignored: unheard(record) }];
    const heard = said.flatMap(({ ear, events }) => events.filter((event) => routed(ear, event)).map(read(ear)));
    if (heard.length > 0) return heard;
    return said[0]?.events.map((event) => ({ ignored: unheard(event) })) ?? [];
  };
}

function earOf({ id, listens }: Hearing): readonly Ear[] {
  if (listens === undefined || onlyCounts(listens)) return [];
  return [{ id, listens, hears: Object.values(listens.patterns).flat().map(compile) }];
}

const Delivered = z.object({ "detail-type": z.string(), source: z.string(), detail: z.looseObject({}) });

/**
 * A record of the vendor, or what EventBridge has delivered already; not to whom no rule of it leads. One body may hold
 * several.
 */
export function delivered(
  listens: Pick<Listener<unknown>, "patterns" | "envelope">,
  record: unknown,
): readonly unknown[] {
  if (Delivered.safeParse(record).success) return Object.values(listens.patterns).flat().length > 0 ? [record] : [];
  const events = listens.envelope?.(record);
  if (events === undefined) return [];
  return Array.isArray(events) ? events : [events];
}

/** Of a vendor that comes by its own signed request alone, the envelope is all there is to tell. */
const routed = ({ hears }: Ear, event: unknown): boolean =>
  hears.length === 0 || hears.some((matches) => matches(event));

const read =
  ({ id, listens }: Ear) =>
  (event: unknown): Understood => {
    const parsed = listens.event.safeParse(event);
    if (!parsed.success) return { refused: malformed(parsed.error) };
    const signals = listens.normalise(parsed.data).map((signal) => Signal.safeParse(signal));
    const wrong = signals.find(({ success }) => !success);
    if (wrong?.error !== undefined) return { refused: malformed(wrong.error) };
    if (signals.length === 0) return { ignored: `says nothing that we keep: ${nameOf(event) ?? id}` };
    return { connector: id, signals: signals.flatMap(({ data }) => data ?? []) };
  };

function unheard(event: unknown): string {
  const name = nameOf(event);
  return name === undefined ? "not an event that we know" : `no connector listens to ${name}`;
}

const FIELD = /^[A-Za-z-]{1,40}$/; // what is not spelt like a field of a schema may be somebody's value

function malformed({ issues }: z.core.$ZodError): string {
  const path = issues[0]?.path.map((part) => (FIELD.test(String(part)) ? String(part) : "*")) ?? [];
  return `malformed: field ${path.join(".") || "*"}`;
}
