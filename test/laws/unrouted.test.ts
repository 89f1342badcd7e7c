import { hearing } from "@leasehold/app/ingest";
import { connectors } from "@leasehold/connectors";
import { understanding } from "@leasehold/local/history";
import { expect, it } from "vitest";
import { fixturesOf } from "../support/connectors.ts";

const all = await Promise.all(Object.values(connectors).map((load) => load()));
const fixtures = all.filter(({ id }) => id.startsWith("aws-")).flatMap(({ id }) => fixturesOf(id));
const plain = (signals: readonly object[]) => signals.map((one) => JSON.parse(JSON.stringify(one))).sort(bySource);
const bySource = (a: object, b: object) => (JSON.stringify(keyOf(a)) < JSON.stringify(keyOf(b)) ? -1 : 1);
const keyOf = (one: object) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));

/** What is looked up comes by no rule: then the schemas choose, in a function that has no patterns, and must choose the same. */
it.each(fixtures)(
  "what no rule has chosen is heard by those whose rule would have, and by no others: $file",
  ({ event }) => {
    const routed = understanding(all)(event).flatMap((one) => ("signals" in one ? one.signals : []));
    expect(plain(hearing(all, () => {})(event))).toEqual(plain(routed));
  },
);

it("a call of another service that is called as one of ours is nobody's", () => {
  const [{ event } = { event: {} }] = fixturesOf("aws-sts").filter(({ file }) => file === "get-federation-token.json");
  const { detail } = event as { readonly detail: object };
  const other = { ...event, source: "aws.connect", detail: { ...detail, eventSource: "connect.amazonaws.com" } };
  expect(hearing(all, () => {})(event)).not.toEqual([]);
  expect(hearing(all, () => {})(other)).toEqual([]);
});
