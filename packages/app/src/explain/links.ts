import type { Fact, Subject } from "@leasehold/core/lineage";
import type { Named } from "../question/index.ts";
import type { Hop, Link } from "./model.ts";

const SESSIONS: Readonly<Record<string, string>> = {
  "assume-role": "role session",
  saml: "role session by SAML",
  "web-identity": "role session by web identity",
  federation: "federated session",
  "session-token": "session of a user's own",
  sso: "SSO session",
};

/** A thing as it is drawn. */
export function linkOf(subject: Subject): Link {
  const { id, kind } = subject;
  const fact = (name: string) => subject.facts[name]?.value;
  const says: Readonly<Record<Subject["kind"], readonly (string | undefined)[]>> = {
    credential: [fact("type"), fact("state")],
    identity: [fact("realm"), fact("deleted") === "yes" ? "deleted" : undefined],
    session: [fact("how") && SESSIONS[fact("how") ?? ""], fact("role"), fact("sessionName")],
    account: [fact("connector"), fact("standing")],
  };
  return { id, kind, name: fact("name"), says: says[kind].filter((one) => one !== undefined) };
}

/** A person with the accounts that are theirs. */
export function personOf({ account, accounts, name, email, standing }: Named, directory: string | undefined): Link {
  const others = accounts.filter((one) => one !== account);
  const says = [
    name === undefined ? undefined : email,
    standing,
    [directory, account].filter((one) => one !== undefined).join(" "),
    ...others.map((one) => `also ${one}`),
  ];
  return { id: account, kind: "person", name: name ?? email, says: says.filter((one) => one !== undefined) };
}

/** By the fact that says so: its instant and its event are the hop's. An exact id joins these, and nobody chooses those. */
export function hopOf(from: Subject, to: string, says: string, fact: Fact | undefined): Hop {
  const source = from.facts["connector"]?.value;
  return { from: from.id, to, says, at: fact?.at, eventId: fact?.eventId, source, forgeableBy: "nobody" };
}
