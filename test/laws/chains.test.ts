import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { emailAccount, googleAccount, iamUserAccount, identityCenterAccount } from "@leasehold/connectors/kit";
import { canonical, later } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { fixturesOf } from "../support/connectors.ts";
import { handedOn } from "../support/handed.ts";
import { memoryWorld, writesOf } from "../support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  inSession,
  issuedKey,
  madeIdentity,
  oktaUser,
  openedSession,
  seenUser,
  sessionOf,
} from "../support/signals.ts";

const [sts, iam] = await Promise.all([connectors["aws-sts"](), connectors["aws-iam"]()]);
const ADA = emailAccount("ada@example.com");
const USER = iamUserAccount("arn:aws:iam::111122223333:user/ada", "AIDACKCEVSQ6C2EXAMPLE");
const KEY = "AKIAIOSFODNN7EXAMPLE";
const LATER = hours(900);

type Json = Record<string, unknown>;
interface Trail {
  readonly detail: Json & {
    readonly userIdentity: Json;
    readonly responseElements: Json & { readonly credentials: Json };
  };
}
const eventOf = (file: string) =>
  structuredClone(fixturesOf("aws-sts").find((one) => one.file === `${file}.json`)?.event) as unknown as Trail;

/** The session of a fixture, and the key that was made in it: as CloudTrail would have recorded both. */
function madeIn(file: string): readonly Signal[] {
  const opened = eventOf(file);
  const created = structuredClone(
    fixturesOf("aws-iam").find((one) => one.file === "create-access-key-by-session.json")?.event,
  ) as unknown as Trail;
  const { userIdentity } = created.detail;
  userIdentity["accessKeyId"] = opened.detail.responseElements.credentials["accessKeyId"];
  userIdentity["arn"] = "arn:aws:sts::111122223333:assumed-role/deploy/run-42";
  const read = (listens: typeof sts.listens, event: unknown) => listens?.normalise(listens.event.parse(event)) ?? [];
  return [...read(sts.listens, opened), ...read(iam.listens, created)];
}

async function told(signals: readonly Signal[], id = KEY): Promise<Who> {
  const world = memoryWorld();
  world.now = LATER;
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, id);
}
const chainEnds = ({ notVisible }: Who) => notVisible.filter((one) => /chain|session|workload/.test(one));

type Row = [
  file: string,
  owner: string | undefined,
  word: string | undefined,
  forgeable: string | undefined,
  ends: RegExp[],
];

describe("a key that was made in a session of a role", () => {
  it.each<Row>([
    ["assume-role", USER, "likely", "nobody", []],
    ["assume-role-in-session", ADA, "likely", "administrator", []],
    [
      "assume-role-on-behalf",
      identityCenterAccount("d-1234567890", "01234567-89ab-cdef-0123-456789abcdef"),
      "likely",
      "nobody",
      [],
    ],
    ["assume-role-with-saml", ADA, "likely", "administrator", []],
    ["assume-role-with-saml-named-otherwise", ADA, "likely", "administrator", []],
    ["assume-role-with-saml-of-identity-center", ADA, "likely", "administrator", []],
    ["assume-role-with-web-identity-of-google", googleAccount("104857600000000000001"), "likely", "nobody", []],
    ["assume-root", USER, "likely", "nobody", []],
    ["get-federation-token", USER, "likely", "nobody", []],
    ["get-session-token", USER, "likely", "nobody", []],
    [
      "assume-role-with-web-identity-of-a-pipeline",
      emailAccount("grace@example.com"),
      "possible",
      "holder",
      [/repository example\/search: the person is not visible/],
    ],
    [
      "assume-role-with-web-identity-of-others",
      emailAccount("grace@example.com"),
      "possible",
      "holder",
      [/of whom nobody says whether it is a person/],
    ],
    [
      "assume-role-by-service",
      undefined,
      undefined,
      undefined,
      [/lambda.amazonaws.com names the workload, not a person/],
    ],
    ["assume-role-phantom", undefined, undefined, undefined, [/BedrockAPIKey-ab12 names the workload/]],
    [
      "assume-role-in-function",
      undefined,
      undefined,
      undefined,
      [/ASIA8IOSFODNNEXAMPLE in which it was made was never seen being opened.*names the workload/],
    ],
    ["assume-role-from-another-account", undefined, undefined, undefined, [/chain ends at unknown/]],
    [
      "assume-role-from-console",
      undefined,
      undefined,
      undefined,
      [/AROACKCEVSQ6C2EXAMPLE:run-41 since .* never seen being opened. A role is shared/],
    ],
  ])("%s", async (file, owner, word, forgeable, ends) => {
    const answer = await told(madeIn(file));
    expect([answer.owner?.account, answer.owner?.word]).toEqual([owner, word]);
    expect(answer.candidates[0]?.evidence[0]?.forgeableBy).toBe(forgeable);
    expect(chainEnds(answer)).toEqual(ends.map((end) => expect.stringMatching(end)));
  });

  it("shows each hop: its id, how it was opened, by whom, and who could have forged it", async () => {
    const { candidates } = await told(madeIn("assume-role-in-session"));
    expect(candidates[0]?.evidence[0]?.hops).toEqual([
      {
        ...{ session: sessionOf("ASIA2I44QH8DHEXAMPLE").id, name: "ASIA2I44QH8DHEXAMPLE", how: "assume-role" },
        role: "arn:aws:iam::111122223333:role/deploy",
        by: expect.stringContaining("AWSReservedSSO_Admin"),
        forgeableBy: "administrator",
      },
    ]);
  });

  it("names nobody where only the role is visible, and says which hop was not seen", async () => {
    const answer = await told(madeIn("assume-role").slice(1));
    expect(answer.owner).toBeUndefined();
    expect(chainEnds(answer)).toEqual([
      "The session ASIAI44QH8DHBEXAMPLE in which it was made was never seen being opened. A role is shared, and is nobody.",
    ]);
  });

  it("is told by the session's own key id too", async () => {
    const answer = await told(madeIn("assume-role"), "ASIAI44QH8DHBEXAMPLE");
    expect(answer).toMatchObject({ subject: { kind: "session" }, owner: { account: USER, word: "likely" } });
    expect(answer.candidates[0]?.evidence.map(({ kind }) => kind)).toEqual(["opened-by"]);
  });
});

it("whoever chooses the names makes nobody more than possible, and takes nothing from whoever it was", async () => {
  const forged = madeIn("assume-role-named-after-somebody");
  const answer = await told(forged);
  expect(answer.owner).toMatchObject({ account: USER, word: "likely" });
  expect(answer.owner?.confidence).toBeCloseTo((await told(madeIn("assume-role"))).owner?.confidence ?? 0, 6);
  const alone = [
    openedSession(
      "ASIA1EXAMPLE1234",
      { realm: "aws", name: "x", via: "unknown" },
      { sessionName: "sam@example.com", sourceIdentity: "sam@example.com" },
    ),
    issuedKey(inSession("ASIA1EXAMPLE1234", "sam@example.com"), hours(1), KEY),
  ];
  const { owner } = await told(alone);
  expect(owner).toMatchObject({ account: emailAccount("sam@example.com"), word: "possible", unforgeable: false });
});

const SSO = {
  realm: "aws",
  name: "x/ada@example.com",
  via: "sso-session",
  account: ADA,
  session: sessionOf("ASIA1EXAMPLE1234"),
} as const;
const long: readonly Signal[] = [
  openedSession("ASIA2EXAMPLE1234", SSO, {}, hours(1)),
  openedSession("ASIA3EXAMPLE1234", inSession("ASIA2EXAMPLE1234"), {}, hours(2)),
  madeIdentity("deploy", inSession("ASIA3EXAMPLE1234"), hours(3)),
  issuedKey(inSession("ASIA3EXAMPLE1234"), hours(4), KEY),
  seenUser(
    "ada",
    { sameAs: [{ account: identityCenterAccount("d-1234567890", "u1"), how: "external-id" }] },
    hours(-9),
  ),
];

it("a key, two sessions of roles, one of Identity Center, a person of the identity provider: three systems, four types", async () => {
  const answer = await told(long);
  expect(answer.owner).toMatchObject({ account: oktaUser("ada"), unforgeable: true });
  expect(answer.owner?.confidence).toBeGreaterThan(0.9); // made the identity as well
  const alone = await told(long.filter(({ kind }) => kind !== "identity.created"));
  expect(alone.owner?.word).toBe("likely");
  expect(alone.candidates[0]?.evidence[0]?.hops?.map(({ name, forgeableBy }) => [name, forgeableBy])).toEqual([
    ["ASIA3EXAMPLE1234", "nobody"],
    ["ASIA2EXAMPLE1234", "administrator"],
  ]);
  expect(chainEnds(alone)).toEqual([]);
});

function* orders<T>(all: readonly T[]): Generator<readonly T[]> {
  if (all.length === 0) yield all;
  for (const [n, one] of all.entries()) for (const rest of orders(all.toSpliced(n, 1))) yield [one, ...rest];
}

it("a hop that comes late completes all that waited for it: any order, one by one, gives the same graph", async () => {
  const whole = lineageOf(long);
  let count = 0;
  for (const order of orders(long)) {
    const world = memoryWorld();
    world.now = LATER;
    for (const signal of order) await ingest(world, [signal], { live: count % 2 === 0, recordedAt: world.now });
    for (const subject of whole.subjects)
      expect(canonical((await world.graph.node(subject.id))?.value.subject)).toBe(canonical(subject));
    count += 1;
  }
  expect(count).toBe(120);
});

const name = (n: number) => `ASIAEXAMPLE${String(n).padStart(5, "0")}`;
const opens = (n: number): Signal => openedSession(name(n + 1), inSession(name(n)), {}, later(hours(0), n));

it.each([
  [8, "likely"],
  [9, undefined],
])("a chain of %d sessions comes to %s", async (length, word) => {
  const chain = Array.from({ length: length - 1 }, (_, n) => opens(n));
  const signals = [
    openedSession(name(0), byUser("ada")),
    ...chain,
    issuedKey(inSession(name(length - 1)), hours(20), KEY),
  ];
  for (const order of [signals, signals.toReversed()]) {
    const answer = await told(order);
    expect(answer.owner?.word).toBe(word);
    expect(answer.notVisible.some((one) => one.includes("longer than"))).toBe(length > 8);
  }
});

it("sessions that were opened in each other end, and name whoever is behind them", async () => {
  const ring = [
    opens(0),
    opens(1),
    openedSession(name(0), inSession(name(2)), {}, hours(5)),
    openedSession(name(1), byUser("ada"), {}, hours(6)),
  ];
  const answer = await told([...ring, issuedKey(inSession(name(2)), hours(20), KEY)]);
  expect(answer.owner).toMatchObject({ account: oktaUser("ada"), word: "likely" });
});

it("two people's sessions of one role say nothing of each other", async () => {
  const other = "AKIAI44QH8DHBEXAMPLE";
  const signals = [
    openedSession(name(1), byUser("ada")),
    openedSession(name(2), byUser("bob")),
    issuedKey(inSession(name(1)), hours(1), KEY, "search"),
    issuedKey(inSession(name(2)), hours(1), other, "search"),
  ];
  expect((await told(signals)).candidates.map(({ account }) => account)).toEqual([oktaUser("ada")]);
  expect((await told(signals, other)).candidates.map(({ account }) => account)).toEqual([oktaUser("bob")]);
});

it("a session costs one node, an edge for what was made in it, and nothing when it is told again", async () => {
  const world = memoryWorld();
  world.now = LATER;
  const tell = (...signals: Signal[]) => ingest(world, signals, { live: true, recordedAt: world.now });
  expect(await tell(openedSession(name(1), byUser("ada")))).toMatchObject({ writes: 1 });
  writesOf(world);
  const made = issuedKey(inSession(name(1)), hours(1), KEY);
  expect(await tell(made)).toMatchObject({ writes: 2 }); // the credential, and the identity that holds it
  expect((await world.graph.edges(sessionOf(name(1)).id, "made")).map(({ to }) => to)).toEqual([accessKey(KEY)]);
  expect(await tell(made, openedSession(name(1), byUser("ada")))).toMatchObject({ writes: 0 });
});

it("what is learned of a session while something is written that was made in it is not missed", async () => {
  const world = memoryWorld();
  world.now = LATER;
  const tell = (...signals: Signal[]) => ingest(world, signals, { live: true, recordedAt: world.now });
  const opened = sessionOf(name(2)).id;
  let once = true;
  world.hook = async (call, [node]) => {
    const { subject } = (node ?? {}) as { subject?: { id: string } };
    if (call !== "graph.put" || subject?.id !== opened || !once) return;
    once = false;
    await tell(openedSession(name(1), byUser("ada"))); // after its writer looked, before it wrote
  };
  await tell(opens(1));
  expect(once).toBe(false);
  expect((await world.graph.node(opened))?.value.owner).toMatchObject({ account: oktaUser("ada") });
});

it("of two accounts' records of one call, the one that hides the caller hides nothing", async () => {
  const shown = openedSession(name(1), { realm: "aws", name: "lambda.amazonaws.com", via: "workload" }, {}, hours(1));
  const hidden = openedSession(name(1), { realm: "aws", name: "unknown", via: "unknown" }, {}, hours(2));
  const answer = await told([shown, hidden, issuedKey(inSession(name(1)), hours(9), KEY)]);
  expect(chainEnds(answer)).toEqual(["lambda.amazonaws.com names the workload, not a person."]);
});

it("a consent is the authoriser's, in whose session it may have been recorded", async () => {
  const consent = Signal.parse({
    ...{ kind: "grant.created", source: { connector: "okta", eventId: "g", occurredAt: hours(2) }, tenant: "example" },
    ...{ by: inSession(name(1)), credential: accessKey(KEY), identity: { id: "idn_x", realm: "okta", name: "x" } },
    ...{ authoriser: oktaUser("bob"), scopes: [], reach: "read", handle: {} },
  });
  const { candidates } = await told([openedSession(name(1), byUser("ada")), consent]);
  expect(candidates.map(({ account }) => account)).toEqual([oktaUser("bob")]);
});

it("a kill in the middle of a late hop is mended by its next delivery", async () => {
  const opened = openedSession(name(1), byUser("ada"));
  for (let dies = 0; dies < 24; dies += 1) {
    const world = memoryWorld();
    world.now = LATER;
    const tell = (...signals: Signal[]) => ingest(world, signals, { live: true, recordedAt: world.now });
    await tell(opens(1), issuedKey(inSession(name(2)), hours(9), KEY));
    let call = 0;
    world.hook = () => {
      if (call++ === dies) throw new Error("killed");
    };
    await tell(opened).catch(() => {});
    world.hook = () => {};
    await tell(opened);
    expect((await world.graph.node(accessKey(KEY)))?.value.owner).toMatchObject({ account: oktaUser("ada") });
  }
});

const SIGN_IN = sessionOf("arn:aws:signin:eu-west-1:111122223333:session/6f1c9f0a-1111-4222-8333-444455556666");
const under = <A extends object>(actor: A) => ({ ...actor, signIn: SIGN_IN });
const signedIn: readonly Signal[] = [
  openedSession("ASIA2EXAMPLE1234", under(SSO), {}, hours(1)), // the only call whose service says who it is
  openedSession("ASIA4EXAMPLE1234", under(inSession("ASIA3EXAMPLE1234")), {}, hours(2)),
  issuedKey(inSession("ASIA4EXAMPLE1234"), hours(3), KEY),
];

it("what one service says of a sign-in holds for every key that it was given, in any order", async () => {
  const answers: unknown[] = [];
  for (const order of orders(signedIn)) {
    const answer = await told(order);
    expect(answer.owner).toMatchObject({ account: ADA, word: "likely" });
    expect(chainEnds(answer)).toEqual([]);
    answers.push(answer.candidates);
  }
  expect(answers).toHaveLength(6);
  expect(new Set(answers.map((one) => canonical(one))).size).toBe(1);
});

it("and shows the sign-in among the hops", async () => {
  const { candidates } = await told(signedIn);
  expect(candidates[0]?.evidence[0]?.hops?.map(({ name, forgeableBy }) => [name, forgeableBy])).toEqual([
    ["ASIA4EXAMPLE1234", "nobody"],
    ["ASIA3EXAMPLE1234", "nobody"],
    [SIGN_IN.name, "administrator"],
  ]);
});

it("two sign-ins say nothing of each other", async () => {
  const other = { ...sessionOf("arn:aws:signin:eu-west-1:111122223333:session/another") };
  const signals = [
    signedIn[0]!,
    openedSession("ASIA4EXAMPLE1234", { ...inSession("ASIA3EXAMPLE1234"), signIn: other }),
  ];
  expect((await told([...signals, signedIn[2]!])).candidates).toEqual([]);
});

describe("the token that a call issued", () => {
  const fixtures = fixturesOf("aws-sts");
  it("stands in what we are given to test with", () => {
    expect(
      fixtures.filter(({ event }) => JSON.stringify(event).includes("that/nobody/may/keep")).length,
    ).toBeGreaterThan(10);
  });

  it.each(fixtures)("is not handed on, and nothing that we read is missed: $file", ({ event, signals }) => {
    for (const nothing of ["", null, undefined]) {
      const given = handedOn(sts, event, nothing);
      expect(JSON.stringify(given)).not.toMatch(/that.nobody.may.keep/);
      expect(sts.listens?.normalise(sts.listens.event.parse(given))).toEqual(signals);
    }
  });

  it("comes into no signal, even from the whole event", () => {
    for (const { event } of fixtures)
      expect(JSON.stringify(sts.listens?.normalise(sts.listens.event.parse(event)))).not.toMatch(
        /that.nobody.may.keep/,
      );
  });
});
