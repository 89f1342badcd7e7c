interface Shown {
  readonly account: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** A person by their name, or by whatever else is known of them. */
export const nameOf = ({ account, name, email }: Shown): string => name ?? email ?? account;

/** With the address, where there are both. */
export const calledOf = (person: Shown): string =>
  person.name !== undefined && person.email !== undefined ? `${person.name} <${person.email}>` : nameOf(person);
