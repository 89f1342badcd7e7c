import * as z from "zod/mini";

/** A directory's own group, by its id there: a name can be given to another group. */
export const Group = z.strictObject({
  connector: z.string().check(z.minLength(1)),
  group: z.string().check(z.regex(/^[\w-]{1,64}$/, "the group's id in its directory, not its name")),
});
export type Group = z.infer<typeof Group>;

const One = z.union([z.email(), Group]);
const SHAPE = 'e-mail addresses, groups as { connector: "okta", group: "00g…" }, or both in a list';

/** Who speaks as security, or operates: people by their addresses, and groups that are read live. */
export const Voices = z._default(
  z.pipe(
    z.union([Group, z.array(One)], { error: SHAPE }),
    z.transform((given): readonly z.infer<typeof One>[] => (Array.isArray(given) ? given : [given])),
  ),
  [],
);
export type Voices = readonly z.infer<typeof One>[];

export const groupsIn = (listed: Voices): readonly Group[] => listed.filter((one) => typeof one !== "string");
export const addressesIn = (listed: Voices): readonly string[] => listed.filter((one) => typeof one === "string");
