import type { Human, TruePerson } from "./model.ts";
import { hasLeft } from "./people.ts";
import { iso, NOW } from "./places.ts";
import { userArn } from "./vendor-ids.ts";

const day = (at: number | undefined): string => (at === undefined ? "" : iso(at).slice(0, 10));

/** As a personnel system exports it: one line for each who works or worked there. */
export function peopleFile(all: readonly Human[]): string {
  const head =
    "employee_number,name,work_email,department,manager_employee_number,worker_type,status,hire_date,end_date,github_login";
  return [head, ...all.map(lineOf)].join("\n");
}

function lineOf(one: Human): string {
  const {
    number,
    first,
    last,
    address,
    moves,
    department,
    manager = "",
    contractor,
    joins,
    leaves,
    returns,
    github,
  } = one;
  const status = hasLeft(one) ? "Terminated" : joins > NOW ? "Future" : "Active";
  return [
    ...[number, `${first} ${last}`, address, moves?.to ?? department, manager, contractor ? "Contractor" : "Employee"],
    ...[status, day(returns ?? joins), day(returns === undefined ? leaves : undefined), github.login],
  ].join(",");
}

/** Which accounts are whose. */
export const truePerson = (one: Human): TruePerson => ({
  number: one.number,
  accounts: {
    okta: one.okta.map(({ id }) => id),
    identityCenter: one.identityCenter.map(({ id }) => id),
    iamUser: one.iamUser && userArn(one.iamUser),
    github: one.github.id,
  },
  address: one.address,
  from: iso(one.joins),
  until: hasLeft(one) && one.leaves !== undefined ? iso(one.leaves) : undefined,
});
