import { Instant, isTimeZone } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { Standing } from "./people.ts";

export const Text = z.string().check(z.minLength(1), z.maxLength(1024));
export const maybe = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

/** Of a profile only what says who somebody is and to whom they report. */
export const User = z.extend(Standing, {
  id: Text,
  lastUpdated: Instant,
  profile: z.object({
    login: maybe(Text),
    email: maybe(Text),
    secondEmail: maybe(Text),
    displayName: maybe(Text),
    firstName: maybe(Text),
    lastName: maybe(Text),
    employeeNumber: maybe(Text),
    department: maybe(Text),
    managerId: maybe(Text),
    timezone: maybe(Text.check(z.refine(isTimeZone))),
  }),
});
export type User = z.infer<typeof User>;
