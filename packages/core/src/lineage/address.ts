import { type AccountId, derivedId, remembered } from "../kernel/index.ts";

/** An e-mail address is nobody's immutable id: it is a node of its own, to which accounts are linked while they are reached by it. */
export const emailAccount: (address: string) => AccountId = remembered(
  (address) => derivedId("acc", "email", plainAddress(address)),
  10_000,
);

/** One spelling of an address. Only A to Z are folded: of other letters some would become one of these, and one person another. */
export const plainAddress = (address: string): string =>
  address.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const isEmail = (text: string): boolean => /^[^@\s]{1,64}@[^@\s]+[.][^@\s.]+$/.test(text);

/** The address that a name ends with, where it ends with one: sessions and users are often named after it. */
export function addressIn(name: string): string | undefined {
  const tail = name.slice(name.lastIndexOf("/") + 1);
  return isEmail(tail) ? tail : undefined;
}

/** An employee number is a place where the accounts that bear it are found. One that says nothing (0, -, n/a) is none. */
export function numberPlace(employeeNumber: string): AccountId | undefined {
  const number = employeeNumber.trim();
  return /[1-9]/.test(number) ? derivedId("acc", "employee-number", number) : undefined;
}

/** Whose agent an address names: `ada+deploy@x` is an agent's that belongs to whoever `ada@x` is, and never that person's own. */
export function agentsOwner(address: string): string | undefined {
  const [, name, place] = /^([^@+]+)[+][^@]*(@.+)$/.exec(plainAddress(address)) ?? [];
  return name === undefined || place === undefined ? undefined : `${name}${place}`;
}
