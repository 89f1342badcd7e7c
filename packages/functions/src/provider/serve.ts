import type { Hand, Provider } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import type { Changing, Right } from "@leasehold/workflows";
import { told } from "../kit/index.ts";
import { type Answer, all, covers, type Operation, type OperationName, Request } from "../remote/index.ts";

/** One request of a step's, done by the connector itself. A fault is an answer: its facts say what to grant. */
export async function serve(provider: () => Provider, right: Right, given: unknown): Promise<Answer> {
  try {
    const read = Request.safeParse(given);
    if (!read.success) throw notRead(read.error.issues);
    const { does, hand, args } = read.data;
    if (!covers(right, does, hand && changingOf(provider, hand)))
      throw badInput("this function's right does not cover that", { does, right, ...(hand && { verb: hand.verb }) });
    const operation = all[does] as unknown as Operation<readonly unknown[], unknown>;
    const values = valuesOf(operation, args);
    if (hand && values.some((value) => isOfAnother(value, hand.verb)))
      throw badInput("a plan or a receipt is of another verb than its hand", { does, verb: hand.verb });
    return { result: operation.answer.write(await done(provider(), read.data, values)) };
  } catch (error) {
    const { name, message, facts } = told(error);
    return { fault: { name, message, facts } };
  }
}

/** By which right it changes something is the connector's own word, and not the caller's. */
function changingOf(provider: () => Provider, { verb, credential }: NonNullable<Request["hand"]>): Changing {
  if (verb === "delete") return { verb };
  const own = provider().hands.find((one) => one.verb === verb && one.credential === credential);
  return { verb, contain: own?.contain };
}

/** What may delete and what may not are told apart by the verb: so it is the same all through. */
const isOfAnother = (value: unknown, verb: string): boolean =>
  value !== null && typeof value === "object" && "verb" in value && value.verb !== verb;

function valuesOf({ args: codecs }: Operation<readonly unknown[], unknown>, given: readonly unknown[]) {
  if (given.length !== codecs.length) throw notRead([{ path: ["args"] }]);
  return codecs.map((codec, n) => {
    const read = codec.read.safeParse(given[n]);
    if (read.success) return read.data;
    throw notRead(read.error.issues.map(({ path }) => ({ path: ["args", n, ...path] })));
  });
}

const notRead = (issues: readonly { readonly path: readonly PropertyKey[] }[]) =>
  badInput("the request is not of the shape that a connector's function reads", {
    where: issues.map(({ path }) => path.join(".") || "request").join(", "),
  });

type Method = (...args: readonly unknown[]) => Promise<unknown>;

async function done(provider: Provider, { does, hand }: Request, args: readonly unknown[]): Promise<unknown> {
  const method = hand === undefined ? partOf(provider, does) : handOf(provider, hand, does);
  if (method === undefined) throw badInput("this connector does no such thing", { connector: provider.id, does });
  return method(...args);
}

function handOf({ hands }: Provider, { verb, credential }: NonNullable<Request["hand"]>, does: OperationName) {
  const hand = hands.find((one) => one.verb === verb && one.credential === credential);
  return hand?.[does as keyof Hand] as Method | undefined;
}

function partOf({ check, person, groups, page, since, desk }: Provider, does: OperationName): Method | undefined {
  const parts: Readonly<Partial<Record<OperationName, unknown>>> = {
    ...{ check, person, page, since, isIn: groups?.has, members: groups?.members },
    ...desk,
  };
  return parts[does] as Method | undefined;
}
