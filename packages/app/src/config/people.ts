import * as z from "zod";

const Column = z.string().min(1).max(256);

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
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and dashes")
    .default("hr"), // two files of other people need two names
  columns: z.strictObject({
    id: Column, // never given to anybody else; the employee number where there is nothing better
    name: Column.optional(),
    email: Column.optional(),
    employeeNumber: Column.optional(),
    manager: Column.optional(), // the manager's id, employee number or address
    team: Column.optional(),
    start: Column.optional(), // the first day
    end: Column.optional(), // the last day
    standing: Column.optional(),
    contractor: Column.optional(),
  }),
  standings: z
    .record(z.string().toLowerCase(), z.enum(STANDINGS))
    .default({})
    .transform((own) => ({ ...WORDS, ...own })),
  contractors: z.array(z.string().toLowerCase()).default(["contractor", "contingent", "external", "true", "yes"]),
});
export type PeopleFile = z.infer<typeof PeopleFile>;
