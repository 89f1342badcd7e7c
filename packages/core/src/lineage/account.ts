import { canonical } from "../kernel/index.ts";
import type { SignalKind, SignalOf } from "../signal/index.ts";
import { agentsOwner, emailAccount, numberPlace, plainAddress } from "./address.ts";
import { factsOf, turnsOf } from "./fact.ts";
import type { Contribution, Edge } from "./model.ts";

type Word = "person.linked" | "person.unlinked"; // of two accounts, by a person: see word.ts
type About = SignalOf<Exclude<Extract<SignalKind, `person.${string}` | "account.seen">, Word>>;

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
    case "person.vanished":
      return { vanished: "yes" };
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
  timeZone,
  manager,
  team,
  sameAs,
}: SignalOf<"account.seen">): Values {
  return {
    handle: canonical(handle),
    standing: standing === "unknown" ? undefined : standing,
    ...{ name, email, employeeNumber, timeZone, manager, team },
    sameAs: canonical(sameAs.map(({ how, account }) => `${how}/${account}`).sort()),
  };
}

/**
 * What the identity provider says links both ways; an address and an employee number are places, and link only as long as the
 * account is reached by it. An alias, and an address that is an agent's, are kept apart: they are shown, and join nobody.
 */
function linksOf({ account, email, employeeNumber, sameAs, source }: SignalOf<"account.seen">): readonly Edge[] {
  const link = (from: string, rel: Edge["rel"], to: string): Edge => ({
    ...{ from, rel, to },
    first: source.occurredAt,
    last: source.occurredAt,
    retracted: undefined,
  });
  const named = (...hows: readonly string[]) =>
    sameAs.filter(({ how, account: other }) => hows.includes(how) && other !== account).map((one) => one.account);
  const number = employeeNumber === undefined ? undefined : numberPlace(employeeNumber);
  const owner = email === undefined ? undefined : agentsOwner(email);
  const places = [
    ...(email === undefined ? [] : [emailAccount(email)]),
    ...named("email"),
    ...(number ? [number] : []),
  ];
  return [
    ...[...new Set(places)].map((place) => link(place, "addressed-by", account)),
    ...named("external-id", "sso").flatMap((one) => [link(account, "same-as", one), link(one, "same-as", account)]),
    ...named("alias").map((alias) => link(alias, "alias", account)),
    ...(owner === undefined ? [] : [link(emailAccount(owner), "agent", account)]),
  ];
}
