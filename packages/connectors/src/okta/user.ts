import { Instant } from "@leasehold/core/kernel";
import * as z from "zod";
import { Standing } from "./people.ts";

export const Text = z.string().min(1).max(1024);
export const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Of a profile only what says who somebody is and to whom they report. */
export const User = Standing.extend({
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
  }),
});
export type User = z.infer<typeof User>;
