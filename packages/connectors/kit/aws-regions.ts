import type { Page } from "@leasehold/core/connector";
import { badInput, type Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";

const Region = z
  .string()
  .check(z.maxLength(32), z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "each is a Region, as in eu-west-1"));

/** For the settings of a connector whose things live in Regions. What lies in a Region that is not named is not seen. */
export const awsRegions = z
  .array(Region)
  .check(z.minLength(1), z.maxLength(40), z.describe('the Regions to look in, as in ["eu-west-1"]'));

/** One list of one Region: `token` is the provider's own word where to go on. */
export interface RegionalList<Api> {
  readonly name: string;
  page(api: Api, region: string, token: string | undefined, now: Instant): Promise<Page>;
}

/** Several lists of several Regions, as one: each Region's lists one after the other. A cursor says in which it is, and where. */
export async function pageOfRegions<Api extends { readonly regions: readonly string[] }>(
  lists: readonly RegionalList<Api>[],
  api: Api,
  cursor: string | undefined,
  now: Instant,
): Promise<Page> {
  const places = api.regions.flatMap((region) => lists.map((list) => ({ region, list })));
  const [name, token] = readCursor(cursor);
  const n = name === undefined ? 0 : places.findIndex((place) => nameOf(place) === name);
  const place = places[n];
  if (place === undefined) throw badInput("the list was of other Regions: begin it again", { where: "cursor" });
  const { next, ...rest } = await place.list.page(api, place.region, token, now);
  const after = next === undefined ? places[n + 1] : place;
  return { ...rest, next: after && `${nameOf(after)} ${next ?? ""}` };
}

const nameOf = ({ region, list }: { readonly region: string; readonly list: { readonly name: string } }) =>
  `${region}/${list.name}`;

function readCursor(cursor: string | undefined): readonly [name: string | undefined, token: string | undefined] {
  if (cursor === undefined) return [undefined, undefined];
  const at = cursor.indexOf(" ");
  return [cursor.slice(0, at), cursor.slice(at + 1) || undefined];
}
