import type { Guard } from "./model.ts";

const PLACES = { file: "packages/app/src/world/places.ts", test: "packages/app/src/world/places.test.ts" };

/** What keeps one account from being taken for another. */
export const members: readonly Guard[] = [
  {
    ...PLACES,
    name: "members: an account that is not configured is refused, and the first is not tried in its place",
    from: "const place = all.find(({ id }) => id === of);",
    to: "const place = all.find(({ id }) => id === of) ?? all[0];",
    filter: "refuses an account",
  },
  {
    ...PLACES,
    name: "members: what is done is done in the account of the handle",
    from: "const of = ({ handle }: Target) => there(handle);",
    to: "const of = (_: Target) => hand;",
    filter: "acts in the account",
  },
  {
    ...PLACES,
    name: "members: an account that could not be seen makes its list not whole",
    from: "return { signals: [], next: undefined, whole: false, gaps: [page.gap], ...of };",
    to: "return { signals: [], next: undefined, whole: true, gaps: [page.gap], ...of };",
    filter: "is said",
  },
  {
    ...PLACES,
    name: "members: an account that could not be seen is said, with why",
    from: "return { gap: gapOf(place, whyOf(error)) };",
    to: "return { signals: [], next: undefined, whole: false };",
    filter: "stops no other",
  },
  {
    ...PLACES,
    name: "members: an account whose answer nobody planned for keeps none of the others off the list",
    from: "return knownWhy(error) ?? surprise(error);",
    to: "const why = knownWhy(error);\n  if (why === undefined) throw error;\n  return why;",
    filter: "nobody planned for",
  },
  {
    name: "members: a function enters by the role of its own right",
    file: "packages/functions/src/provider/members.ts",
    from: "nameOn(stage, right)",
    to: 'nameOn(stage, "act")',
    test: "packages/functions/src/provider/members.test.ts",
  },
  {
    name: "members: the external id is asked for",
    file: "packages/connectors/kit/aws-places.ts",
    from: "account: id, role, externalId, ...also",
    to: "account: id, role, ...also",
    test: "packages/connectors/kit/aws-places.test.ts",
  },
  {
    name: "members: credentials are not used up to their very end",
    file: "packages/connectors/kit/aws-kept.ts",
    from: "const BEFORE = 300_000;",
    to: "const BEFORE = 0;",
    test: "packages/connectors/kit/aws-kept.test.ts",
  },
];
