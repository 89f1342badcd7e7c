import type { Config } from "@leasehold/app/config";
import type { Estate, Hand, Provider } from "@leasehold/app/world";
import type { Declared, DeclaredHand } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import type { Right } from "@leasehold/workflows";
import type { OperationName, Operations } from "./lists.ts";
import { type Operation, type operations, resultOf } from "./operations.ts";
import { rightFor } from "./rights.ts";

/** Calls the function of a connector and right, once; the answer is its parsed JSON. */
export type Call = (connector: string, right: Right, request: object, patience?: "page") => Promise<unknown>;

/** What the asking function can ask for. What it lacks is refused where it is asked for. */
export type Known = Pick<Operations, keyof typeof operations> & Partial<Operations>;

/** The estate as seen from a function that holds no vendor's secret: every method is a call to one that does. */
export function remoteEstate(
  declared: readonly Declared[],
  config: Pick<Config, "connectors">,
  rights: readonly Right[],
  known: Known,
  call: Call,
): Estate {
  const providers = declared.flatMap((one) => {
    const configured = config.connectors[one.id];
    return configured === undefined ? [] : [providerOf(one, configured.mode, asking(one.id, rights, known, call))];
  });
  return { provider: (id) => providers.find((one) => one.id === id), providers: () => providers };
}

type ArgsOf<N extends OperationName> = Operations[N] extends Operation<infer Args, infer _> ? Args : never;
type OutOf<N extends OperationName> = Operations[N] extends Operation<infer _, infer Out> ? Out : never;
type Ask = <N extends OperationName>(does: N, args: ArgsOf<N>, hand?: DeclaredHand) => Promise<OutOf<N>>;

/** Refused here, too, where the caller's own role would refuse it: then it is a bug that is seen before it is deployed. */
function asking(connector: string, rights: readonly Right[], known: Known, call: Call): Ask {
  return async <N extends OperationName>(does: N, args: ArgsOf<N>, hand?: DeclaredHand) => {
    const right = rightFor(does, hand);
    if (!rights.includes(right))
      throw new Fault("Unreachable", "this function has no right to ask for that", { connector, right, does });
    const operation = known[does] as unknown as Operation<readonly unknown[], OutOf<N>> | undefined;
    if (operation === undefined) throw new Fault("Unreachable", "this function reads no lists", { connector, does });
    const request = {
      does,
      ...(hand && { hand: { verb: hand.verb, credential: hand.credential } }),
      args: args.map((value: unknown, n: number) => operation.args[n]?.write(value)),
    };
    const read = operation.answer.read.safeParse(
      resultOf(
        await call(connector, right, request, does === "page" || does === "since" ? "page" : undefined),
        connector,
      ),
    );
    if (read.success) return read.data;
    const where = read.error.issues.map(({ path }) => path.join(".") || "result").join(", ");
    throw new Fault("Unexpected", "the connector's function answered in another shape", { connector, does, where });
  };
}

function providerOf(declared: Declared, mode: Provider["mode"], ask: Ask): Provider {
  const { id, title, proof, hands, parts, collateral, shortLived } = declared;
  const has = (part: Declared["parts"][number]) => parts.includes(part);
  return {
    ...{ id, title, proof, mode, listens: undefined, collateral, shortLived }, // events are read where they come in
    check: has("check") ? () => ask("check", []) : undefined,
    hands: hands.map((hand) => handOf(hand, ask)),
    person: has("people") ? (handle) => ask("person", [handle]) : undefined,
    groups: has("groups")
      ? { has: (group, handle) => ask("isIn", [group, handle]), members: (group) => ask("members", [group]) }
      : undefined,
    page: has("lists") ? (cursor, now) => ask("page", [cursor, now]) : undefined,
    since: has("polls") ? (cursor, place) => ask("since", [cursor, place]) : undefined,
    desk: has("desk") ? deskOf(id, has, ask) : undefined,
  };
}

function handOf(declared: DeclaredHand, ask: Ask): Hand {
  const { saysLastUse, ...hand } = declared;
  return {
    ...hand,
    see: (target) => ask("see", [target], declared),
    plan: (target) => ask("plan", [target], declared),
    apply: (plan) => ask("apply", [plan], declared),
    verify: (receipt) => ask("verify", [receipt], declared),
    ...(saysLastUse && { lastUsed: (target) => ask("lastUsed", [target], declared) }),
    ...(hand.reversibility === "R2" && {
      wayBack: (receipt) => ask("wayBack", [receipt], declared),
      isBack: (receipt) => ask("isBack", [receipt], declared),
    }),
  };
}

function deskOf(id: string, has: (part: Declared["parts"][number]) => boolean, ask: Ask): Provider["desk"] {
  return {
    id,
    ask: (message) => ask("ask", [message]),
    edit: (ticket, message) => ask("edit", [ticket, message]),
    withdraw: (key, but) => ask("withdraw", [key, but]),
    ...(has("hears") && {
      read: () => {
        throw new Fault("Unreachable", "a desk's requests are read where they come in", { connector: id });
      },
    }),
    ...(has("confirm") && { confirm: (heard) => ask("confirm", [heard]) }),
    ...(has("tell") && { tell: (heard, text) => ask("tell", [heard, text]) }),
  };
}
