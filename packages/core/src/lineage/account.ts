import { canonical } from "../kernel/index.ts";
import type { SignalKind, SignalOf } from "../signal/index.ts";
import { emailAccount, plainAddress } from "./address.ts";
import { factsOf, turnsOf } from "./fact.ts";
import type { Contribution, Edge } from "./model.ts";

type About = SignalOf<Extract<SignalKind, `person.${string}` | "account.seen">>;

/** What a signal says about one system's record of a person. */
export function accountSaid(signal: About): Contribution {
  const { account, source, tenant } = signal;
  const values = signal.kind === "account.seen" ? seenOf(signal) : saidOf(signal);
  const { manager, email, standing, team } = values;
  return {
    subject: { id: account, kind: "account", tenant },
    facts: factsOf(source, { ...values, tenant, connector: source.connector }),
    turns: turnsOf(source, { manager, email: email && plainAddress(email), standing, team }),
    evidence: [],
    edges: signal.kind === "account.seen" ? linksOf(signal) : [],
  };
}

type Values = Readonly<Record<string, string | undefined>> & {
  readonly manager?: string | undefined;
  readonly email?: string | undefined;
  readonly standing?: string | undefined;
  readonly team?: string | undefined;
};

/** `left`, `held` and `joined` are kept apart from the standing: they tell that an event was seen, and not a list alone. */
function saidOf(signal: Exclude<About, SignalOf<"account.seen">>): Values {
  switch (signal.kind) {
    case "person.moved":
      return { moved: canonical([...signal.changed].sort()) };
    case "person.joined":
      return { standing: "active", handle: canonical(signal.handle), joined: "yes" };
    case "person.reinstated":
      return { standing: "active", handle: canonical(signal.handle) };
    case "person.held":
      return { standing: "suspended", handle: canonical(signal.handle), held: "yes" };
    case "person.left":
      return { standing: "departed", handle: canonical(signal.handle), left: "yes" };
    case "person.purged":
      return { standing: "departed", handle: canonical(signal.handle), left: "yes", purged: "yes" };
  }
}

/** An unknown standing says nothing; it must not hide one that is known. */
function seenOf({
  standing,
  handle,
  name,
  email,
  employeeNumber,
  manager,
  team,
  sameAs,
}: SignalOf<"account.seen">): Values {
  return {
    handle: canonical(handle),
    standing: standing === "unknown" ? undefined : standing,
    ...{ name, email, employeeNumber, manager, team },
    sameAs: sameAs.length === 0 ? undefined : canonical(sameAs.map(({ how, account }) => `${how}/${account}`).sort()),
  };
}

/** An immutable id links both ways; an address links only as long as the account is reached by it. */
function linksOf({ account, email, sameAs, source: { occurredAt } }: SignalOf<"account.seen">): readonly Edge[] {
  const link = (from: string, rel: Edge["rel"], to: string): Edge => ({
    ...{ from, rel, to },
    first: occurredAt,
    last: occurredAt,
    retracted: undefined,
  });
  const addresses = sameAs.filter(({ how }) => how === "email").map((one) => one.account);
  const all = [...(email === undefined ? [] : [emailAccount(email)]), ...addresses].filter((one) => one !== account);
  return [
    ...[...new Set(all)].map((address) => link(address, "addressed-by", account)),
    ...sameAs
      .filter((one) => one.how === "external-id" && one.account !== account)
      .flatMap((one) => [link(account, "same-as", one.account), link(one.account, "same-as", account)]),
  ];
}
