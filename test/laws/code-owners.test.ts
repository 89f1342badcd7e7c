import { explain } from "@leasehold/app/explain";
import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { type AccountId, canonical, derivedId, Instant, later } from "@leasehold/core/kernel";
import { CODE_OWNERS, emailAccount, lineageOf, type SubjectId, workflowMaker } from "@leasehold/core/lineage";
import { type Actor, Signal } from "@leasehold/core/signal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryWorld } from "../support/memory-world.ts";
import {
  inSession,
  issuedKey,
  madeIdentity,
  oktaUser,
  openedSession,
  person,
  role,
  seenKey,
  seenUser,
  sessionOf,
} from "../support/signals.ts";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const OPENED = "ASIA11I44QH8DEXAMPLE";
const AT = Instant.parse("2026-10-05T08:12:00Z");
const days = (n: number): Instant => later(AT, 24 * n);
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const MAIN = "repo:example/search:ref:refs/heads/main";
const REF = "example/search/.github/workflows/deploy.yml@refs/heads/main";
const [GRACE, SAM] = [5550101, 5550102].map((id) => derivedId("acc", "github", String(id))) as [AccountId, AccountId];

type Line = readonly [line: number, pattern: string, ...owners: readonly AccountId[]];
const file = (at: Instant, lines: readonly Line[], repository = "example/search"): Signal =>
  Signal.parse({
    kind: "repository.owned",
    source: { connector: CODE_OWNERS, eventId: `${repository}/.github/CODEOWNERS@${at}`, occurredAt: at },
    ...{ tenant: "example", repository },
    rules: lines.map(([line, pattern, ...owners]) => ({ line, pattern, owners })),
  });
const opened = (subject = MAIN, more: object = {}): Signal => {
  const by: Actor = { realm: "aws", name: subject, via: "workload" };
  return openedSession(OPENED, by, { how: "web-identity", provider: PROVIDER, subject, ...more }, AT);
};
const key = issuedKey(inSession(OPENED), later(AT, 0.1), KEY, "other");

async function heard(signals: readonly Signal[], now = days(30)) {
  const world = memoryWorld();
  world.now = now;
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return world;
}
const told = async (signals: readonly Signal[], id: string = KEY, now = days(30)): Promise<Who> =>
  who(await heard(signals, now), id);
const named = ({ candidates }: Who) => candidates.map(({ account }) => account);

describe("whom a repository's CODEOWNERS names", () => {
  it("is possible, and shown as declared, with file and line, and who could have written it", async () => {
    const answer = await told([opened(), key, file(days(1), [[4, "*", GRACE]])]);
    expect(answer.owner).toMatchObject({ account: GRACE, word: "possible", unforgeable: false, stated: false });
    expect(answer.candidates[0]?.evidence).toMatchObject([
      {
        ...{ kind: "declared-in-code", source: "code-owners", forgeableBy: "pusher", at: days(1) },
        eventId: `example/search/.github/CODEOWNERS@${days(1)}#L4`,
        reason: expect.stringContaining("declared, by no deed"),
      },
    ]);
    const { chains } = await explain(await heard([opened(), key, file(days(1), [[4, "*", GRACE]])]), KEY);
    expect(chains.flatMap(({ hops }) => hops.map(({ eventId, forgeableBy }) => `${forgeableBy} ${eventId}`))).toContain(
      `pusher example/search/.github/CODEOWNERS@${days(1)}#L4`,
    );
    expect(answer.wouldRaise).toContainEqual(expect.stringContaining("or may push to its repository"));
    expect(Object.keys(answer.subject.facts).join()).not.toContain("owners/");
  });

  it.each<[string, string, Signal]>([
    ["a key", KEY, key],
    ["a role or an agent", role("search"), madeIdentity("search", inSession(OPENED), AT)],
    ["the session itself", OPENED, key],
  ])("answers for what its pipelines made: %s", async (_title, id, made) => {
    expect(named(await told([file(days(1), [[1, "*", GRACE]]), opened(), made], id))).toEqual([GRACE]);
  });

  it("answers for the credentials of a role that they made, and of a session opened from theirs", async () => {
    const held = issuedKey({ realm: "aws", name: "root", via: "unknown" }, days(1), KEY, "search");
    const all = [file(days(1), [[1, "*", GRACE]]), held, madeIdentity("search", inSession(OPENED), AT), opened()];
    expect(named(await told(all))).toEqual([GRACE]);
    const next = openedSession("ASIA22I44QH8DEXAMPLE", inSession(OPENED), {}, later(AT, 0.05));
    const far = issuedKey(inSession("ASIA22I44QH8DEXAMPLE"), later(AT, 0.1), KEY, "other");
    expect(named(await told([file(days(1), [[1, "*", GRACE]]), far, opened(), next]))).toEqual([GRACE]);
  });

  type Row = [title: string, subject: string, lines: readonly Line[], whose: readonly AccountId[]];
  const lines: readonly Line[] = [
    [1, "*", GRACE],
    [2, "/.github/workflows/deploy.yml", SAM],
  ];
  it.each<Row>([
    ["nobody says which workflow", MAIN, lines, [GRACE]],
    ["the subject says which", `repo:example/search:job_workflow_ref:${REF}`, lines, [SAM]],
    ["it says so after the environment", `repo:example/search:environment:prod:workflow_ref:${REF}`, lines, [SAM]],
    ["it is another workflow", `repo:example/search:workflow_ref:${REF.replace("deploy", "test")}`, lines, [GRACE]],
    ["it is one of another repository", `repo:example/search:job_workflow_ref:x/${REF.split("/").slice(1).join("/")}`, lines, [GRACE]],
    ["the line takes everybody out", `repo:example/search:workflow_ref:${REF}`, [[1, "*", GRACE], [2, ".github/"]], []],
    ["the last line that speaks of it holds", MAIN, [[1, "/.github/", SAM], [2, "*", GRACE]], [GRACE]],
    ["no line speaks of workflows", MAIN, [[1, "/src/", GRACE]], []],
    ["the repository is spelt in other letters", "repo:Example/Search:ref:refs/heads/main", lines, [GRACE]],
    ["the repository has numbers in its subject", "repo:example@42/search@9001:ref:refs/heads/main", lines, [GRACE]],
    ["it is another repository's", "repo:example/search-2:ref:refs/heads/main", lines, []],
  ])("where %s", async (_title, subject, of, whose) => {
    expect(named(await told([opened(subject), key, file(days(1), of)]))).toEqual(whose);
  }); // biome-ignore format: rows

  it("is nothing to a session that another provider vouched for", async () => {
    const evil = opened(MAIN, { provider: "arn:aws:iam::111122223333:oidc-provider/evil.example" });
    expect(named(await told([evil, key, file(days(1), [[1, "*", GRACE]])]))).toEqual([]);
  });
});

const ref = `repo:example/search:workflow_ref:${REF}`;

it("one more session of a workflow goes through none of its others", async () => {
  const world = memoryWorld();
  world.now = days(30);
  const deploy = file(days(1), [[2, "/.github/workflows/deploy.yml", SAM]]);
  const hear = (one: Signal) => ingest(world, [one], { live: true, recordedAt: world.now });
  const session = (n: number) =>
    openedSession(
      `ASIA${n}`,
      { realm: "aws", name: ref, via: "workload" },
      {
        ...{ how: "web-identity", provider: PROVIDER, subject: ref },
      },
    );
  for (const one of [deploy, session(1), session(2)]) await hear(one);
  const listed: unknown[] = [];
  world.hook = (call, args) => void (call === "graph.edges" && listed.push((args as unknown[])[0]));
  await hear(session(3));
  expect(listed).not.toContain(workflowMaker("example/search", ".github/workflows/deploy.yml"));
  expect(named(await who(world, sessionOf("ASIA3").id))).toEqual([SAM]);
});

describe("a later file", () => {
  const history = [
    ...[opened(), opened(ref), key, madeIdentity("search", inSession(OPENED), AT)],
    issuedKey({ realm: "aws", name: "root", via: "unknown" }, days(1), "AKIAI44QH8DHBEXAMPLE", "search"),
    file(days(1), [[1, "*", GRACE, SAM]]),
    file(days(3), [[7, "*", SAM]]),
    file(days(2), [[1, "*", GRACE]]),
  ];

  it("takes somebody out wherever they were named, in any order and however often both are told", async () => {
    const whole = canonical(lineageOf(history));
    const told2 = fc.shuffledSubarray([...history, ...history], { minLength: 2 * history.length });
    await fc.assert(
      fc.asyncProperty(told2, fc.integer({ min: 1, max: 4 }), async (again, size) => {
        expect(canonical(lineageOf(again))).toBe(whole);
        const world = memoryWorld();
        world.now = days(30);
        for (let at = 0; at < again.length; at += size)
          await ingest(world, again.slice(at, at + size), { live: at % 2 === 0, recordedAt: world.now });
        const subjects = await Promise.all(
          lineageOf(history).subjects.map(async ({ id }) => (await world.graph.node(id as SubjectId))?.value.subject),
        );
        expect(canonical(subjects)).toBe(canonical(lineageOf(history).subjects));
        for (const id of [KEY, "AKIAI44QH8DHBEXAMPLE"]) expect(named(await who(world, id))).toEqual([SAM]);
      }),
      { numRuns: 40 },
    );
  });

  it("that names nobody leaves nobody", async () => {
    expect(named(await told([...history, file(days(4), [])]))).toEqual([]);
  });

  it("of another repository changes nothing", async () => {
    expect(named(await told([...history, file(days(4), [], "example/other")]))).toEqual([SAM]);
  });
});

describe("somebody in it who left", () => {
  const declared = (at: Instant) => file(at, [[1, "*", emailAccount("ada@example.com")]]);
  const tagged = (at: Instant) => seenKey({ owner: emailAccount("ada@example.com") }, at, KEY);
  const weight = (one: Who) => one.candidates[0]?.confidence ?? 0;
  const left = [seenUser("ada", {}, days(-100)), person("left", "ada", days(5))];

  it.each([
    ["a line of CODEOWNERS", declared],
    ["a tag", tagged],
  ])("decays from the day they left, though it is told again every month: %s", async (_title, say) => {
    const months = [0, 1, 2, 3, 4, 5, 6].map((n) => say(days(1 + 100 * n)));
    const kept = await told([opened(), key, seenUser("ada", {}, days(-100)), ...months], KEY, days(610));
    const gone = await told([opened(), key, ...left, ...months], KEY, days(610));
    expect(gone.candidates[0]).toMatchObject({ account: oktaUser("ada"), standing: "departed" });
    expect(weight(gone)).toBeLessThan(weight(kept) - 0.05);
    const later2 = await told([opened(), key, ...left, ...months], KEY, days(1_200));
    expect(weight(later2)).toBeLessThan(weight(gone));
  });

  it("is no candidate for what began after", async () => {
    const began = seenKey({ createdAt: days(9) }, days(9), KEY);
    const answer = await told([opened(), key, ...left, declared(days(10)), began]);
    expect(answer.candidates.map(({ confidence }) => confidence)).toEqual([0]);
  });
});

describe("whoever may push to the repository", () => {
  const victim = emailAccount("ada@example.com");

  it("makes nobody more than possible, with all that a push and the pipeline can write", async () => {
    const signal = fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((n) => file(days(n), [[1, "*", victim]])),
      fc.integer({ min: 0, max: 20 }).map((n) => file(days(n), [[1, "*", victim]], "example/other")),
      fc.integer({ min: 1, max: 20 }).map((n) => seenKey({ owner: victim }, days(n), KEY, "other")),
      fc.constant(opened(MAIN, { sessionName: "ada@example.com", sourceIdentity: "ada@example.com" })),
      fc.constant(madeIdentity("other", inSession(OPENED), AT)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(signal, { minLength: 1, maxLength: 12 }), async (forged) => {
        const answer = await told([opened(), key, seenUser("ada", {}, days(-100)), ...forged]);
        for (const { confidence } of answer.candidates) expect(confidence).toBeLessThan(0.8);
        expect(answer.owner?.unforgeable ?? false).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("cannot name it after the tag's owner and count twice: one class counts once", async () => {
    const tag = seenKey({ owner: victim }, days(1), KEY, "other");
    const [one, two] = [
      await told([opened(), key, tag]),
      await told([opened(), key, tag, file(days(1), [[1, "*", victim]])]),
    ];
    expect(two.candidates[0]?.confidence).toBe(one.candidates[0]?.confidence);
  });
});
