import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listener } from "./events.ts";

const home = new URL("fixtures/compromised-credentials.json", import.meta.url);
const { event } = JSON.parse(readFileSync(home, "utf8"));
const kindsOf = (detail: object, service: object = {}) =>
  listener
    .normalise(
      listener.event.parse({
        ...event,
        detail: { ...event.detail, ...detail, service: { ...event.detail.service, ...service } },
      }),
    )
    .map(({ kind, source }) => `${kind} ${source.occurredAt}`);

it.each<[title: string, detail: object, service: object, said: readonly string[]]>([
  ["what is archived says nothing, though no rule brings it", {}, { archived: true }, []],
  ["a finding that does not say since when is dated by its sending", { createdAt: null }, {}, ["2026-11-02T09:15:04"]],
  [
    "what is put into its text beside the mark makes no sample of it",
    {},
    { additionalInfo: { value: "{" } },
    ["2026-"],
  ],
  ["one that names no key and nobody", { resource: { accessKeyDetails: null } }, {}, []],
])("%s", (_title, detail, service, said) => {
  expect(kindsOf(detail, service)).toEqual(said.map((at) => expect.stringContaining(`credential.exposed ${at}`)));
});

it("refuses what is none of the types that mean an exposure", () => {
  const other = { ...event, detail: { ...event.detail, type: "CredentialAccess:IAMUser/AnomalousBehavior" } };
  expect(listener.event.safeParse(other).success).toBe(false);
});
