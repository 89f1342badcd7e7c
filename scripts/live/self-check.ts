import type { Connector, Page } from "@leasehold/core/connector";
import { FAULTS, Fault, type FaultName, instantOf } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { fenceOf } from "./fence.ts";
import { patiently, Stopped, type Tools } from "./io.ts";
import { type Called, operationOf, type Pace, type Permissions, paceOf, permissionsOf, watched } from "./watch.ts";

/** What a connector saw of an account, in numbers: no name, no id, no value of it, apart from what its gaps say. */
export interface Checked {
  readonly missing: readonly string[]; // the connector's own check, each a sentence
  readonly pages: number;
  readonly whole: boolean;
  readonly stopped: { readonly fault: FaultName; readonly error?: string } | undefined; // what ended the check or the list before its end
  readonly seen: Readonly<Record<string, number>>; // by kind, type and state
  readonly notUnderstood: Readonly<Record<string, number>>; // by what of it
  readonly noWayDown: readonly string[]; // types of credential that were found, and that no action takes down
  readonly permissions: Permissions;
  readonly pace: Pace;
  readonly gaps: readonly string[];
}

/** The connector's check, then every page of its list. Nothing but its own declared reads is sent. */
export async function selfCheck(connector: Connector, api: unknown, tools: Tools): Promise<Checked> {
  const { check } = connector;
  const declared = readsOf(connector);
  const calls: Called[] = [];
  const fenced = watched(api, fenceOf({ reads: new Set(declared.map(operationOf)) }), calls, tools.now);
  const began = tools.now();
  tools.say(`asking for each permission of ${connector.title}`);
  const asked = await orStopped(() => patiently(async () => check?.(fenced), tools.wait));
  const { pages, stopped } = await everyPage(connector, fenced, tools); // also where the check did not come to its end
  const types = (connector.acts ?? []).map(({ credential }) => credential);
  return {
    ...{ missing: asked.done ?? [], pages: pages.length, stopped: asked.stopped ?? stopped },
    whole: stopped === undefined && pages.length > 0 && pages.every(({ whole }) => whole),
    ...understood(pages, calls),
    noWayDown: typesIn(pages).filter((type) => !types.includes(type)),
    permissions: permissionsOf(declared, calls),
    pace: paceOf(calls, tools.now() - began),
    gaps: gapsIn(pages),
  };
}

/** All that the right *read* is for: a connector's check asks for it, though its list needs a part alone. */
const readsOf = ({ lists, people, polls }: Connector): readonly string[] =>
  [lists, people, people?.groups, polls].flatMap((part) => part?.permissions ?? []);

async function everyPage({ title, lists }: Connector, api: unknown, tools: Tools) {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    tools.goOn();
    const at = cursor;
    const { done: page, stopped } = await orStopped(() =>
      patiently(async () => lists?.page(api, at, instantOf(tools.now())), tools.wait),
    );
    if (page === undefined) return { pages, stopped };
    pages.push(page);
    cursor = page.next;
    tools.say(`listing ${title}: ${pages.reduce((sum, { signals }) => sum + signals.length, 0)} seen`);
  } while (cursor !== undefined);
  return { pages, stopped: undefined };
}

async function orStopped<T>(
  work: () => Promise<T>,
): Promise<{ readonly done?: T; readonly stopped?: Checked["stopped"] }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return { stopped: stoppedBy(error) };
  }
}

/** Its text may quote what AWS said: only what it is called by is told. */
function stoppedBy(error: unknown): NonNullable<Checked["stopped"]> {
  if (error instanceof Fault) return { fault: error.name };
  const name = String((error as Partial<Error>).name);
  return { fault: "Unexpected", error: /^\w{1,64}$/.test(name) ? name : "unnamed" };
}

/** By what our own schema takes; what AWS answered that nobody planned for is counted by the call and its class. */
function understood(pages: readonly Page[], calls: readonly Called[]): Pick<Checked, "seen" | "notUnderstood"> {
  const signals = pages.flatMap((page) => page.signals);
  const faults = signals.flatMap((one) => {
    const read = Signal.safeParse(one);
    return read.success ? [] : [`${one.kind}: ${read.error.issues[0]?.path.join(".") || "as a whole"}`];
  });
  const surprises = calls.flatMap(({ verb, ended, error }) => (ended === "surprise" ? [`${verb}: ${error}`] : []));
  return { seen: counted(signals.map(kindOf)), notUnderstood: counted([...faults, ...surprises]) };
}

const kindOf = (signal: Signal): string => {
  const { kind, type, state, standing } = signal as Signal & Readonly<Record<"type" | "state" | "standing", unknown>>;
  return [kind, ...[type, state, standing].filter((one) => typeof one === "string")].join(", ");
};

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function typesIn(pages: readonly Page[]): readonly string[] {
  const all = pages.flatMap(({ signals }) =>
    signals.flatMap((one) => (one.kind === "credential.seen" ? [one.type] : [])),
  );
  return [...new Set(all)].toSorted();
}

const AN_ARN = /arn:[\w-]+:\S*[^\s.,:;]/g; // of a role, a user, a secret: they bear names

function gapsIn(pages: readonly Page[]): readonly string[] {
  const [parts, partly] = [pages.filter(({ whole }) => !whole).length, pages.flatMap((page) => page.partly ?? [])];
  const oldest = pages.flatMap(({ asOf }) => asOf ?? []).toSorted()[0];
  return [
    ...pages.flatMap(({ gaps = [] }) => gaps.map(({ what }) => what.replaceAll(AN_ARN, "(an ARN)"))),
    ...(parts === 0 ? [] : [`${parts} of ${pages.length} pages show only a part: something was refused or cut short.`]),
    ...[...new Set(partly)].map((type) => `Not every ${type} is looked for: none is called gone for not being listed.`),
    ...(oldest === undefined ? [] : [`Some of it is as it was at ${oldest}: what came later may be missing.`]),
  ];
}

/** Fine, wrong with the estate or with us, or to be tried again. */
export function exitOf({ missing, whole, stopped, notUnderstood, permissions }: Checked): 0 | 1 | 3 {
  if (stopped !== undefined && FAULTS[stopped.fault] === "retry") return 3;
  const { refused, undeclared } = permissions;
  const clean = [missing, refused, undeclared, Object.keys(notUnderstood)].every(({ length }) => length === 0);
  return whole && clean ? 0 : 1;
}
