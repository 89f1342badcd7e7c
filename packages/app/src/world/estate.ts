import type {
  Action,
  Collateral,
  Connector,
  Desk,
  Groups,
  Handle,
  Hear,
  Listener,
  Lister,
  PersonState,
  ShortLived,
  Since,
} from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import { inTurn } from "./in-turn.ts";

export type Mode = "observe" | "ask" | "act";

/** A part of a connector with its API already in hand: use cases never see how it is reached. */
type Bound<T> = {
  readonly [K in keyof T]: T[K] extends (api: never, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : T[K];
};
export type Hand = Bound<Pick<Action<unknown>, "see" | "plan" | "apply" | "verify">> &
  Pick<
    Action<unknown>,
    "verb" | "credential" | "blast" | "permissions" | "settlesAfter" | "reversibility" | "sessions" | "contain"
  > & {
    readonly lastUsed?: (target: Parameters<Action<unknown>["see"]>[1]) => Promise<Instant | null | undefined>;
    readonly wayBack?: (receipt: Parameters<Action<unknown>["verify"]>[1]) => Promise<string>;
    readonly isBack?: (receipt: Parameters<Action<unknown>["verify"]>[1]) => Promise<boolean>;
  };
export type BoundGroups = Bound<Pick<Groups<unknown>, "has" | "members">>;
export type BoundDesk = { readonly id: string } & Pick<Desk<unknown>, "read"> &
  Bound<Pick<Desk<unknown>, "ask" | "edit" | "withdraw">> & {
    readonly confirm?: (
      heard: Parameters<NonNullable<Desk<unknown>["confirm"]>>[1],
    ) => ReturnType<NonNullable<Desk<unknown>["confirm"]>>;
    readonly tell?: (heard: Parameters<NonNullable<Desk<unknown>["tell"]>>[1], text: string) => Promise<void>;
  };

/** One configured connector: what it is, how far it may go, and its parts. */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly mode: Mode;
  readonly proof: Connector["proof"];
  readonly listens: Listener<unknown> | undefined;
  readonly check: (() => Promise<readonly string[]>) | undefined;
  readonly hands: readonly Hand[];
  readonly person: ((handle: Handle) => Promise<PersonState>) | undefined;
  readonly groups?: BoundGroups | undefined;
  readonly page: ((cursor: string | undefined, now: Instant) => ReturnType<Lister<unknown>["page"]>) | undefined;
  readonly since: ((cursor: string | undefined, place?: string) => Promise<Since>) | undefined; // where there are several: of the first
  readonly desk: BoundDesk | undefined;
  readonly collateral?: readonly Collateral[] | undefined;
  readonly shortLived?: readonly ShortLived[] | undefined;
  readonly urgent?: Provider | undefined; // the same, and its calls take their turn first
}

/** Every outside system that the configuration names. */
export interface Estate {
  provider(id: string): Provider | undefined;
  providers(): readonly Provider[];
}

/** Gives a connector its API, once, where the process is put together. `hear`: for one that finds what others would have heard. */
export function bind(connector: Connector, mode: Mode, api: unknown, hear: Hear = () => []): Provider {
  const { id, title, proof, listens, check, lists, polls, people, desk, collateral, shortLived } = connector;
  return {
    ...{ id, title, mode, proof, listens, collateral, shortLived },
    check: check && (() => check(api)),
    hands: (connector.acts ?? []).map((action) => handOf(action, api)),
    person: people && inTurn((handle: Handle) => people.read(api, handle)),
    groups: people?.groups && groupsOf(people.groups, api),
    page: lists && ((cursor, now) => lists.page(api, cursor, now)),
    since: polls && ((cursor) => polls.since(api, cursor, hear)),
    desk: desk && deskOf(id, desk, api),
    urgent: connector.urgent && bind(withoutUrgent(connector), mode, connector.urgent(api)),
  };
}

const withoutUrgent = ({ urgent: _, ...connector }: Connector): Connector => connector;

function handOf(action: Action<unknown>, api: unknown): Hand {
  const { verb, credential, blast, permissions, settlesAfter, reversibility, sessions, contain, lastUsed } = action;
  return {
    ...{ verb, credential, blast, permissions, settlesAfter, reversibility },
    ...(sessions && { sessions }),
    ...(contain && { contain }),
    see: (target) => action.see(api, target),
    plan: (target) => action.plan(api, target),
    apply: (plan) => action.apply(api, plan),
    verify: (receipt) => action.verify(api, receipt),
    ...(lastUsed && { lastUsed: (target) => lastUsed(api, target) }),
    ...(action.reversibility === "R2" && {
      wayBack: async (receipt) => action.wayBack(receipt),
      isBack: (receipt) => action.isBack(api, receipt),
    }),
  };
}

const groupsOf = (groups: Groups<unknown>, api: unknown): BoundGroups => ({
  has: (group, handle) => groups.has(api, group, handle),
  members: (group) => groups.members(api, group),
});

function deskOf(id: string, desk: Desk<unknown>, api: unknown): BoundDesk {
  const { read, confirm, tell } = desk;
  return {
    id,
    ask: (message) => desk.ask(api, message),
    edit: (ticket, message) => desk.edit(api, ticket, message),
    withdraw: (key, but) => desk.withdraw(api, key, but),
    ...(read && { read: (request, secrets, now) => read(request, secrets, now) }),
    ...(confirm && { confirm: (heard) => confirm(api, heard) }),
    ...(tell && { tell: (heard, text) => tell(api, heard, text) }),
  };
}
