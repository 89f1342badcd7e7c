import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Signal } from "@leasehold/core/signal";
import { understanding } from "@leasehold/local/history";
import { afterAll, expect, it } from "vitest";
import { unseenIn } from "../../scripts/generate-docs.ts";
import { connectors, prepared } from "./prepared.ts";

const scratch = mkdtempSync(join(tmpdir(), "leasehold-unseen-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const nameOf = ({ kind, source }: Signal) => `${source.connector} ${kind}`;
const formOf = (signal: Signal) => ("type" in signal ? signal.type : "how" in signal ? signal.how : undefined);
const understand = understanding(connectors);
const seen = new Set(
  (await prepared(scratch)).flatMap(({ items }) =>
    items
      .flatMap((item) => ("record" in item ? understand(item.record) : []))
      .flatMap((one) => ("signals" in one ? one.signals : []))
      .flatMap((signal) => [nameOf(signal), `${nameOf(signal)}: ${formOf(signal)}`]),
  ),
);

/** Its records are made in a form of our own: no vendor writes them. */
const OURS = ["ingest"];
const heard = connectors.filter(({ id, listens }) => listens !== undefined && !OURS.includes(id));

it.each(heard)("$id says in docs/connectors.md of which of its signals no real record was seen", ({ id, listens }) => {
  const never = listens?.emits.filter((kind) => !seen.has(`${id} ${kind}`)) ?? [];
  const [forms, kinds] = [true, false].map((of) =>
    Object.keys(unseenIn(id)).filter((one) => one.includes(": ") === of),
  );
  expect(kinds?.sort()).toEqual([...never].sort());
  expect(forms?.filter((one) => seen.has(`${id} ${one}`))).toEqual([]); // one form of a signal that is seen in others
});
