import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { jsonIn } from "../../../kit/index.ts";

const Text = z.string().check(z.maxLength(8192));
const Left = z.array(z.string().check(z.maxLength(128))).check(z.maxLength(100));

/** Where a list goes on: in the users, in the names of the permission sets, or in the accounts of the first of those left. */
const Place = z.discriminatedUnion("in", [
  z.object({ in: z.literal("users"), token: z.optional(Text) }),
  z.object({ in: z.literal("sets"), token: z.optional(Text) }),
  z.object({
    in: z.literal("accounts"),
    left: Left, // ids of permission sets
    token: z.optional(Text), // of the accounts of the first of them
    after: z.optional(Text), // of the permission sets, once none is left
  }),
]);
export type Place = z.infer<typeof Place>;
export type InAccounts = Extract<Place, { in: "accounts" }>;

export const written = (place: Place): string => JSON.stringify(place);

export function placeIn(cursor: string | undefined): Place {
  if (cursor === undefined) return { in: "users" };
  const place = Place.safeParse(jsonIn(cursor));
  if (place.success) return place.data;
  throw badInput("the list was of another form: begin it again", { where: "cursor" });
}
