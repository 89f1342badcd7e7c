import { type Who as DemoWho, PEOPLE } from "@leasehold/local/demo";

const ROSTER =
  "employee_number,name,work_email,department,status,manager_employee_number,worker_type,hire_date,end_date";

/** A personnel system's file of everybody in the demo organisation. */
export const rosterOf = (ends: Partial<Record<DemoWho, string>>): string =>
  [
    ROSTER,
    ...(Object.keys(PEOPLE) as DemoWho[]).map((who) => {
      const { employeeNumber, name, email, department, manager } = PEOPLE[who];
      const boss = manager === undefined ? "" : PEOPLE[manager].employeeNumber;
      const type = who === "pat" ? "contractor" : "employee";
      return [employeeNumber, name, email, department, "active", boss, type, "2025-01-07", ends[who] ?? ""].join(",");
    }),
  ].join("\n");
