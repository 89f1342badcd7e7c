import type { Page } from "@leasehold/core/connector";
import { badInput, Fault, type Instant } from "@leasehold/core/kernel";
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
  const page = await place.list.page(api, place.region, token, now).catch((error: unknown) => {
    if (isOff(error)) return undefined;
    throw error;
  });
  if (page === undefined) return offIn(place.region, places.slice(n + 1));
  const { next, ...rest } = page;
  const after = next === undefined ? places[n + 1] : place;
  return { ...rest, region: place.region, next: after && `${nameOf(after)} ${next ?? ""}` };
}

/** Every other list of that Region would say the same: they are left out, and that nothing of it was seen is said. */
function offIn<P extends Parameters<typeof nameOf>[0]>(off: string, others: readonly P[]): Page {
  const after = others.find(({ region }) => region !== off);
  const what = `Region ${off} was not seen: it is not enabled in this account, or does not take its credentials.`;
  return { signals: [], whole: false, gaps: [{ what }], next: after && `${nameOf(after)} ` };
}

const isOff = (error: unknown): boolean =>
  error instanceof Fault && OFF.test(String((error.cause as Partial<Error> | undefined)?.name));

/** https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html: a Region that is off does not know who signs. */
const OFF = /^(UnrecognizedClient|InvalidClientTokenId|AuthFailure|OptInRequired)(Exception)?$/;

const nameOf = ({ region, list }: { readonly region: string; readonly list: { readonly name: string } }) =>
  `${region}/${list.name}`;

function readCursor(cursor: string | undefined): readonly [name: string | undefined, token: string | undefined] {
  if (cursor === undefined) return [undefined, undefined];
  const at = cursor.indexOf(" ");
  return [cursor.slice(0, at), cursor.slice(at + 1) || undefined];
}
