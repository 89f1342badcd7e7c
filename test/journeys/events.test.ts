import { readdirSync, readFileSync } from "node:fs";
import { connectors } from "@leasehold/connectors";
import { onlyCounts } from "@leasehold/core/connector";
import { hoursBetween, type Instant } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { accountsOf, demoHistory, demoWorlds, KEYS, PIPELINE_KEY } from "@leasehold/local/demo";
import { matches } from "@leasehold/local/pattern";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";

const HOME = new URL("events/", import.meta.url);
const loaded = await Promise.all(Object.values(connectors).map((load) => load()));

/** A file is one event as EventBridge delivers it, or several in the order of their arrival. */
function eventsIn(file: string): readonly unknown[] {
  const read: unknown = JSON.parse(readFileSync(new URL(file, HOME), "utf8"));
  return Array.isArray(read) ? read : [read];
}

/** By every connector whose pattern takes it, and who says something. */
function heard(event: unknown): readonly (readonly Signal[])[] {
  return loaded.flatMap(({ listens }) => {
    const patterns = Object.values(listens?.patterns ?? {}).flat();
    const isRouted = patterns.some((pattern) => matches(pattern, event));
    return listens && isRouted && !onlyCounts(listens) ? [listens.normalise(listens.event.parse(event))] : [];
  });
}

const signalsIn = (file: string): readonly Signal[] => eventsIn(file).flatMap(heard).flat();

function gist(signal: Signal): string {
  if ("account" in signal) return `${signal.kind} ${signal.account}`;
  if (signal.kind === "access.refused") return `${signal.kind} to ${signal.by.credential}`;
  if (signal.kind === "pipeline.ran") return `${signal.kind} ${signal.run.id}`;
  if (signal.kind === "repository.owned") return `${signal.kind} ${signal.repository}`;
  if (signal.kind === "access.judged") return `${signal.kind} ${signal.about}`;
  if (signal.kind === "session.issued") return `${signal.kind} ${signal.session.id}`;
  return `${signal.kind} ${"credential" in signal ? signal.credential : signal.identity.id}`;
}

const { okta: sue, identityCenter: sueAtAws } = accountsOf("sue");
const { okta: nia, identityCenter: niaAtAws } = accountsOf("nia");
const [userMade, keyMade] = [`identity.created ${KEYS.triage.identity}`, `credential.issued ${KEYS.triage.credential}`];
const [gone, goneAtAws] = [`person.left ${nia}`, `person.left ${niaAtAws}`];

const moved = (who: Parameters<typeof accountsOf>[0]) => [`person.moved ${accountsOf(who).okta}`];
const left = (who: Parameters<typeof accountsOf>[0]) => `person.left ${accountsOf(who).okta}`;

/** What a vendor sends by its own request, signed: their journeys let it through the edge. */
const SENT = ["a14-workflow-run.json", "a5-organisation-token.json", "a5-workflow-run.json", "b19-key-exposed.json"];
/** Of a team that is gone: nothing of ours listens to that yet, and its journey says so. */
const UNHEARD = ["a9-group-deleted.json"];
/** Calls that are counted, and say nothing to the graph. */
const COUNTED = ["a3-gateway-called.json", "a4-agent-refused.json"];
/** Imported, as what was long ago is. */
const PAST = ["a9-sandbox-agent-deployed.json"];

const says: Readonly<Record<string, readonly string[]>> = {
  "a1-role-made.json": [
    "identity.created idn_gqw2hy7kzf8byp1hwd4d",
    "identity.seen idn_gqw2hy7kzf8byp1hwd4d",
    "identity.changed idn_gqw2hy7kzf8byp1hwd4d",
    "identity.seen idn_gqw2hy7kzf8byp1hwd4d",
  ],
  "a3-gateway-naked.json": ["identity.created idn_xk93fqxscr02x41b0kx4"],
  "a3-gateway-asks.json": [
    "credential.issued crd_bwynf83eee1c9e123cxq",
    "identity.created idn_dfnrfm0b1tw7j26rbg4f",
    "identity.created idn_n72qq3mpj9k7j6c9f80v",
  ],
  "a3-gateway-asks-now.json": ["identity.changed idn_xk93fqxscr02x41b0kx4"],
  "a1-support-agent-deployed.json": [
    ...["identity.created idn_13bz4ycw335gg0rez8z0", "identity.created idn_tyyj374n7bhs1x1gfca5"],
    "credential.issued crd_10nkbtmcjzr53b9hvjmk",
  ],
  "a10-identity-center-user-updated.json": [`person.moved ${sueAtAws}`],
  "a10-okta-ada-moved.json": moved("ada"),
  "a10-okta-moved-again.json": moved("sue"),
  "a10-okta-profile-updated.json": moved("sue"),
  "a10-okta-title-updated.json": moved("sue"),
  "a14-key-by-workflow.json": ["session.issued ses_jm0ra81bgvmk10eed4t8", "credential.issued crd_34jpznejrd2b090cvqf2"],
  "a9-okta-deployer-moved.json": moved("nia"),
  "a9-sandbox-agent-deployed.json": ["identity.created idn_n34j133v7nh1at1h6gt8"],
  "b7-okta-consent-of-pat.json": [
    ...["grant.created crd_hsqx75z36y85tcnn5gpa", "grant.created crd_wj2b3z5k5fa133xnkn4n"],
    "grant.created crd_adw7w6nyt7g67zbq6s63",
  ],
  "b7-okta-two-deactivated.json": [left("sue"), left("pat")],
  "b8-key-of-mia.json": ["identity.created idn_nxyewx2tr3hmrafpcjfr", "credential.issued crd_q8edfyjp2pvy2mf0qrj5"],
  "b8-nia-uses-hers.json": [`access.refused to ${KEYS.triage.credential}`],
  "b8-okta-grace-deactivated.json": [left("grace")],
  "b8-okta-mia-deactivated.json": ["person.left acc_ervx1f7dt10stsbbfth5"],
  "b8-okta-nia-deactivated.json": [left("nia")],
  "a14-key-by-pipeline.json": [`credential.issued ${PIPELINE_KEY.credential}`],
  "a15-okta-consent.json": [
    ...["grant.created crd_c0s3k16mp39ssb5s2at5", "grant.created crd_7fdhya21yytkpfzh8ys5"],
    ...["grant.created crd_wc8xszbv7wankbdvnegq", "grant.created crd_3qe91y9akyzmpme30rcj"],
  ],
  "a7-cloudtrail-delete-user.json": [`person.left ${sueAtAws}`],
  "a7-identity-center-user-deleted.json": [`person.left ${sueAtAws}`],
  "a7-identity-center-user-updated.json": [`person.held ${sueAtAws}`],
  "a7-okta-deactivated.json": [`person.left ${sue}`],
  "a8-okta-deactivated.json": [`person.left ${accountsOf("pat").okta}`],
  "a8-okta-suspended-on-schedule.json": [`person.held ${accountsOf("pat").okta}`],
  "b4-one-key-used.json": [`access.refused to ${KEYS.reportUsed.credential}`, `person.left ${sue}`],
  "b5-key-used-before-the-act.json": [`access.refused to ${KEYS.support.credential}`],
  "b6-duplicates-and-late.json": [
    ...[gone, goneAtAws, gone, keyMade, userMade, goneAtAws, userMade, keyMade, goneAtAws, gone],
  ],
  "b6-out-of-order.json": [`person.reinstated ${nia}`, gone, `person.reinstated ${nia}`, gone],
  "b9-break-glass.json": [`person.left ${accountsOf("sam").okta}`],
};

it("every file is known here, and every journey's file is there", () => {
  expect(readdirSync(HOME).sort()).toEqual([...Object.keys(says), ...SENT, ...UNHEARD, ...COUNTED].sort());
});

it.each([...SENT, ...UNHEARD, ...COUNTED])("%s is taken by no rule of the graph's", (file) => {
  expect(eventsIn(file).flatMap(heard)).toEqual([]);
});

describe.each(Object.entries(says))("%s", (file, gists) => {
  it("is taken by exactly one connector's pattern each, and says what its journey is about", () => {
    for (const event of eventsIn(file)) expect(heard(event)).toHaveLength(1);
    expect(signalsIn(file).map(gist)).toEqual(gists);
    for (const signal of signalsIn(file)) expect(Signal.parse(signal)).toEqual(signal);
  });

  it("happens minutes after the present at which every journey begins, but for what is late", () => {
    const late = demoHistory(MONDAY).map((event) => JSON.stringify(event));
    const present = eventsIn(file).filter((event) => !late.includes(JSON.stringify(event)));
    const passed = present
      .flatMap(heard)
      .flat()
      .map(({ source }) => hoursBetween(MONDAY, source.occurredAt as Instant));
    expect(passed.length).toBeGreaterThan(0);
    for (const hours of passed) expect(PAST.includes(file) ? hours < 0 : hours > 0 && hours < 1 / 6).toBe(true); // ten minutes: what is further ahead is kept aside
  });

  it("names only accounts and stores that the demo organisation has", () => {
    const worlds = JSON.stringify(demoWorlds(MONDAY));
    const named = JSON.stringify(eventsIn(file)).match(
      /00u[\w]{17}|d-\d{10}|\d{8}-89ab-4def-8123-456789abcdef|(?<!-)\b\d{12}\b/g,
    );
    for (const id of named ?? []) expect(worlds).toContain(id);
  });
});

it("the pipeline's key names its session and nobody else", () => {
  expect(signalsIn("a14-key-by-pipeline.json")).toMatchObject([
    { kind: "credential.issued", by: { via: "session-name", name: expect.stringMatching(/\/ci-deploy\/run-4711$/) } },
  ]);
  expect(JSON.stringify(signalsIn("a14-key-by-pipeline.json"))).not.toContain("acc_");
});

it("the consent is Ada's, of one application, and each of its scopes is graded", () => {
  const grants = signalsIn("a15-okta-consent.json").flatMap((signal) =>
    signal.kind === "grant.created" ? [signal] : [],
  );
  expect(grants.map(({ scopes, reach }) => [...scopes, reach])).toEqual([
    ["calendar.events.read", "read"],
    ["tickets.write", "write"],
    ["assistant", "unknown"],
    ["okta.groups.manage", "admin"],
  ]);
  expect(new Set(grants.map(({ authoriser }) => authoriser))).toEqual(new Set([accountsOf("ada").okta]));
  expect(new Set(grants.map(({ identity }) => identity.name))).toEqual(new Set(["Standup Pilot"]));
});

it("what is duplicated is the same event to the letter", () => {
  const texts = eventsIn("b6-duplicates-and-late.json").map((event) => JSON.stringify(event));
  expect(texts).toHaveLength(10);
  expect(new Set(texts).size).toBe(5);
});
