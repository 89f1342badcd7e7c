import * as z from "zod/mini";

const Column = z.string().check(z.minLength(1), z.maxLength(256));

const STANDINGS = ["active", "on-leave", "suspended", "departed", "not-yet"] as const;

/** Words of a status that mean the same in every personnel system that we have seen described; the configuration adds its own. */
const WORDS: Readonly<Record<string, (typeof STANDINGS)[number]>> = {
  ...{ active: "active", employed: "active", current: "active" },
  ...{ leave: "on-leave", "on leave": "on-leave", "leave of absence": "on-leave" },
  ...{ suspended: "suspended", "garden leave": "suspended" },
  ...{ terminated: "departed", departed: "departed", left: "departed", inactive: "departed", former: "departed" },
  ...{ future: "not-yet", "pre-hire": "not-yet", prehire: "not-yet", hired: "not-yet" },
};

/** How a personnel system's file is read: which of its columns says what. */
export const PeopleFile = z.strictObject({
  source: z._default(
    z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and dashes")),
    "hr",
  ), // two files of other people need two names
  columns: z.strictObject({
    id: Column, // never given to anybody else; the employee number where there is nothing better
    name: z.optional(Column),
    email: z.optional(Column),
    employeeNumber: z.optional(Column),
    manager: z.optional(Column), // the manager's id, employee number or address
    team: z.optional(Column),
    start: z.optional(Column), // the first day
    end: z.optional(Column), // the last day
    standing: z.optional(Column),
    contractor: z.optional(Column),
  }),
  standings: z.pipe(
    z._default(z.record(z.string().check(z.toLowerCase()), z.enum(STANDINGS)), {}),
    z.transform((own) => ({ ...WORDS, ...own })),
  ),
  contractors: z._default(z.array(z.string().check(z.toLowerCase())), [
    "contractor",
    "contingent",
    "external",
    "true",
    "yes",
  ]),
});
export type PeopleFile = z.infer<typeof PeopleFile>;
