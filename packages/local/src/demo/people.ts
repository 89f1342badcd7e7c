import { identityCenterAccount, oktaAccount } from "@leasehold/connectors/kit";
import type { AccountId } from "@leasehold/core/kernel";
import { ORG, STORE } from "./places.ts";

/** Somebody who works at Example Corp: one human, and what each system calls them. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly department: string;
  readonly employeeNumber: string;
  readonly manager: Who | undefined;
  readonly okta: string; // user ids
  readonly identityCenter: string;
  readonly slack: string;
  readonly jira: string;
  readonly byAddressOnly: boolean; // Identity Center knows no id of Okta's for them: an equal address joins the two
}

const WHO = ["sue", "nia", "pat", "ben", "ada", "sam", "grace", "leo", "mia", "fay"] as const;
export type Who = (typeof WHO)[number];

const someone = (
  nth: number,
  [name, title, department]: readonly [string, string, string],
  okta: string,
  manager?: Who,
): DemoPerson => ({
  ...{ name, title, department, manager, okta },
  email: `${name.split(" ", 1).join().toLowerCase()}@example.com`,
  employeeNumber: String(1000 + nth),
  identityCenter: `${String(nth).padStart(8, "0")}-89ab-4def-8123-456789abcdef`,
  slack: `U0DEMO${String(nth).padStart(5, "0")}`,
  jira: `5b10demo${String(nth).padStart(16, "0")}`,
  byAddressOnly: nth % 4 === 0,
});

export const PEOPLE: Readonly<Record<Who, DemoPerson>> = {
  sue: someone(1, ["Sue Park", "Developer", "Support Engineering"], "00u1sue0park0example", "grace"),
  nia: someone(2, ["Nia Okafor", "Developer", "Support Engineering"], "00u1nia0okaf0example", "grace"),
  pat: someone(3, ["Pat Moss", "Product manager (contractor)", "Product"], "00u1pat0moss0example", "leo"),
  ben: someone(4, ["Ben Ito", "Developer", "Platform"], "00u1ben0ito00example", "grace"),
  ada: someone(5, ["Ada Novak", "Engineer", "Support Engineering"], "00u1ada0nova0example", "grace"),
  sam: someone(6, ["Sam Reyes", "Security engineer", "Security"], "00u1sam0reye0example", "mia"),
  grace: someone(7, ["Grace Lee", "Engineering manager", "Support Engineering"], "00u1grac0lee0example", "mia"),
  leo: someone(8, ["Leo Brandt", "Product lead", "Product"], "00u1leo0bran0example", "mia"),
  mia: someone(9, ["Mia Voss", "Director", "Technology"], "00u1mia0voss0example"),
  fay: someone(10, ["Fay Okonjo", "Head of IT", "IT"], "00u1fay0okon0example"),
};

export const everybody: readonly DemoPerson[] = WHO.map((who) => PEOPLE[who]);

/** The accounts of a person in our own ids, as the connectors derive them. */
export const accountsOf = (who: Who): { readonly okta: AccountId; readonly identityCenter: AccountId } => ({
  okta: oktaAccount(ORG, PEOPLE[who].okta),
  identityCenter: identityCenterAccount(STORE, PEOPLE[who].identityCenter),
});
