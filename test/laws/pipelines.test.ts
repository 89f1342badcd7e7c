import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { emailAccount } from "@leasehold/connectors/kit";
import { fold } from "@leasehold/core/attribution";
import { type AccountId, canonical, derivedId, Instant, later, laterBy } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { dice } from "@leasehold/local/estates";
import { describe, expect, it } from "vitest";
import { fixturesOf } from "../support/connectors.ts";
import { memoryWorld, writesOf } from "../support/memory-world.ts";
import {
  accessKey,
  inSession,
  issuedKey,
  madeIdentity,
  oktaUser,
  openedSession,
  seenUser,
  sessionOf,
} from "../support/signals.ts";

const [github, sts] = await Promise.all([connectors.github(), connectors["aws-sts"]()]);
const KEY = "AKIAIOSFODNN7EXAMPLE";
const OPENED = "ASIA11I44QH8DEXAMPLE";
const AT = Instant.parse("2026-10-05T08:12:00Z");
const LATER = later(AT, 900);
const MAIN = "repo:example/search:ref:refs/heads/main";
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const account = (id: number): AccountId => derivedId("acc", "github", String(id));
const [GRACE, SAM] = [account(5550101), account(5550102)];
const minutes = (n: number): Instant => later(AT, n / 60);

type Json = Record<string, unknown>;

/** GitHub's delivery of a fixture, as it would have been at another time and with other words in it. */
function ran(file: string, over: Json = {}, commit: Json = {}): readonly Signal[] {
  const { event } = structuredClone(fixturesOf("github").find((one) => one.file === `${file}.json`)) as unknown as {
    readonly event: { readonly detail: Json & { workflow_run: Json } };
  };
  const run = event.detail.workflow_run;
  const times = { run_started_at: minutes(-2), updated_at: minutes(-1) };
  const written = { ...(run["head_commit"] as Json), ...commit };
  event.detail.workflow_run = { ...run, ...times, ...over, head_commit: written };
  const { listens } = github;
  return listens?.normalise(listens.event.parse(event)) ?? [];
}

const session = (subject = MAIN, more: object = {}, key = OPENED): Signal =>
  openedSession(
    key,
    { realm: "aws", name: subject, via: "workload" },
    { how: "web-identity", provider: PROVIDER, subject, ...more },
    AT,
  );
const key = issuedKey(inSession(OPENED), minutes(1), KEY);
const [begun] = ran("run-begun") as [Signal];

async function told(signals: readonly Signal[], id = KEY): Promise<Who> {
  const world = memoryWorld();
  world.now = LATER;
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, id);
}
const ends = ({ notVisible }: Who) => notVisible.filter((one) => /chain|session|repository/.test(one));

describe("a key that a pipeline made (A14)", () => {
  it("is its whose run it was: GitHub's event, AWS's two records, as the vendors wrote them", async () => {
    const opened = fixturesOf("aws-sts").find(({ file }) => file.includes("of-a-pipeline"))?.event;
    const signals = [...ran("run-begun"), ...(sts.listens?.normalise(sts.listens.event.parse(opened)) ?? []), key];
    const answer = await told(signals);
    expect(answer.owner).toMatchObject({ account: GRACE, name: "grace-example", word: "likely", stated: false });
    expect(ends(answer)).toEqual([]);
    expect(answer.candidates[0]?.evidence[0]).toMatchObject({
      ...{ kind: "issued-in-run", source: "github", eventId: "example/search/actions/runs/9911000471/attempts/1" },
      reason: expect.stringContaining("probably created the credential"),
      hops: [
        { session: sessionOf(OPENED).id, how: "web-identity", forgeableBy: "nobody" },
        {
          ...{ by: "grace-example", how: "run", forgeableBy: "administrator" },
          run: { repository: "example/search", id: "9911000471", attempt: 1, inferredFrom: expect.any(String) },
        },
      ],
    });
  });

  it("without GitHub's word ends at the repository, and names nobody: not the role either", async () => {
    const answer = await told([session(), key]);
    expect(answer.owner).toBeUndefined();
    expect(ends(answer)).toEqual(["The chain ends at repository example/search: the person is not visible."]);
  });

  it("is called by the name that a directory gives, where the account is linked to one there", async () => {
    const linked = { sameAs: [{ account: GRACE, how: "external-id" }], name: "Grace" };
    expect(GRACE < oktaUser("grace")).toBe(true); // or it would come first of itself
    const answer = await told([begun, session(), key, seenUser("grace", linked, AT)]);
    expect(answer.owner).toMatchObject({ account: oktaUser("grace"), name: "Grace", word: "likely" });
  });

  it("is nobody's surely by an inferred hop alone, whatever was made in it", async () => {
    const { owner } = await told([begun, session(), madeIdentity("deploy", inSession(OPENED), AT), key]);
    expect(owner).toMatchObject({ account: GRACE, word: "likely" });
    expect(owner?.confidence).toBeLessThan(0.95);
  });

  type Row = [title: string, subject: string, more: object, signals: readonly Signal[], whose: AccountId | undefined];
  const elsewhere = { run_started_at: minutes(-200), updated_at: minutes(-190) };
  it.each<Row>([
    ["for the branch", MAIN, {}, [begun], GRACE],
    [
      "of a repository with numbers in its subject",
      "repo:example@42/search@9001:ref:refs/heads/main",
      {},
      [begun],
      GRACE,
    ],
    ["of a repository in other letters", "repo:Example/Search:ref:refs/heads/main", {}, [begun], GRACE],
    ["for an environment", "repo:example/search:environment:prod", {}, [begun], GRACE],
    ["with a subject of one's own", "repo:example/search:job_workflow_ref:x/y/.github/z@main", {}, [begun], GRACE],
    ["for a tag", "repo:example/search:ref:refs/tags/v1.4.0", {}, ran("run-for-tag"), GRACE],
    ["for a pull request", "repo:example/search:pull_request", {}, ran("run-for-pull-request"), GRACE],
    ["for the target of a pull request", MAIN, {}, ran("run-for-target-of-pull-request"), SAM],
    ["that somebody ran again", MAIN, {}, ran("run-again"), SAM],
    ["that ran for hours", MAIN, {}, ran("run-ended", { ...elsewhere, updated_at: minutes(30) }), GRACE],
    ["of which nobody said that it ran on", MAIN, {}, ran("run-begun", elsewhere), undefined],
    ["another branch's", "repo:example/search:ref:refs/heads/other", {}, [begun], undefined],
    ["a pull request's, where it was a push", "repo:example/search:pull_request", {}, [begun], undefined],
    ["a push's, where it was a pull request", MAIN, {}, ran("run-for-pull-request"), undefined],
    ["another repository's", "repo:example/search-2:ref:refs/heads/main", {}, [begun], undefined],
    [
      "another provider's, with the same subject",
      MAIN,
      { provider: "arn:aws:iam::1:oidc-provider/evil.example" },
      [begun],
      undefined,
    ],
    [
      "one that is called like GitHub",
      MAIN,
      { provider: "arn:aws:iam::1:oidc-provider/xtoken.actions.githubusercontent.com" },
      [begun],
      undefined,
    ],
    ["a bot's", "repo:example/search:pull_request", {}, ran("run-by-bot"), undefined],
    ["a schedule's", MAIN, {}, ran("run-on-schedule"), undefined],
    ["nobody's that is named", MAIN, {}, ran("run-again-by-nobody-named"), undefined],
  ])("a run %s", async (_title, subject, more, signals, whose) => {
    expect((await told([...signals, session(subject, more), key])).owner?.account).toBe(whose);
  });

  it.each<[string, Json, boolean]>([
    ["a little later", { run_started_at: minutes(-9), updated_at: minutes(-9) }, true],
    ["much later", { run_started_at: minutes(-25), updated_at: minutes(-25) }, false],
    ["when it had waited for an approval", { run_started_at: minutes(-500), updated_at: minutes(-1) }, true],
    ["before it began", { run_started_at: minutes(9), updated_at: minutes(10) }, false],
  ])("opened %s", async (_title, times, found) => {
    expect((await told([...ran("run-begun", times), session(), key])).owner?.account).toBe(found ? GRACE : undefined);
  });
});

describe("several runs in one place", () => {
  it("of two people share it: neither is more than unknown, and both are shown", async () => {
    const answer = await told([begun, ...ran("run-again"), session(), key]);
    expect(answer.candidates.map((one) => one.account).sort()).toEqual([GRACE, SAM].sort());
    for (const { confidence } of answer.candidates) expect(confidence).toBeLessThan(0.5);
  });

  it.each(["run-on-schedule", "run-by-bot"])(
    "one that nobody started by hand lowers whoever was there: %s",
    async (file) => {
      const bot = ran(file, {
        event: "push",
        ...(file === "run-on-schedule" && { event: "schedule" }),
        head_branch: "main",
      });
      const answer = await told([begun, ...bot, session(), key]);
      expect(answer.candidates.map((one) => one.account)).toEqual([GRACE]);
      expect(answer.owner?.word).toBe("unknown");
      expect(ends(answer)).toEqual([expect.stringContaining("that nobody started by hand may have opened")]);
    },
  );

  it("runs of one person are that person's", async () => {
    const second = ran("run-begun", { id: 9911000999, run_started_at: minutes(-1), updated_at: minutes(-1) });
    const [one, two] = [await told([begun, session(), key]), await told([begun, ...second, session(), key])];
    expect(two.owner?.confidence).toBeCloseTo(one.owner?.confidence ?? 0, 6);
  });
});

describe("an adversary", () => {
  const INNOCENT = emailAccount("ada@example.com");

  it("who writes an innocent's name into the commit of a run of their own blames themselves", async () => {
    const commit = { author: { name: "Ada", email: "ada@example.com", username: "ada" } };
    const answer = await told([...ran("run-begun", {}, commit), session(), key]);
    expect(answer.candidates.map((one) => one.account)).toEqual([GRACE]);
  });

  it("who names the session after somebody else's run, or somebody else, gains nothing by it", async () => {
    const theirs = ran("run-again", { id: 9911000500, head_branch: "other" }); // Sam's, of another branch
    for (const sessionName of ["GitHubActions-9911000500", "ada@example.com"]) {
      const answer = await told([begun, ...theirs, session(MAIN, { sessionName }), key]);
      expect(answer.owner).toMatchObject({ account: GRACE, word: "likely" });
      const blamed = answer.candidates.filter((one) => one.account === SAM || one.account === INNOCENT);
      for (const { confidence } of blamed) expect(confidence).toBe(0);
    }
  });

  it("who has no run that we heard of makes nobody more than possible by a name", async () => {
    const { owner } = await told([session(MAIN, { sessionName: "ada@example.com" }), key]);
    expect(owner).toMatchObject({ account: INNOCENT, word: "possible", unforgeable: false });
  });
});

function* orders<T>(all: readonly T[]): Generator<readonly T[]> {
  if (all.length === 0) yield all;
  for (const [n, one] of all.entries()) for (const rest of orders(all.toSpliced(n, 1))) yield [one, ...rest];
}

it("in any order, one by one or at once, live or not, it is the same graph bit for bit", async () => {
  const [ended, again] = [ran("run-ended", { updated_at: minutes(100) }), ran("run-again")];
  const all = [begun, ...ended, ...again, session(), key];
  const whole = lineageOf(all);
  let count = 0;
  for (const order of orders(all)) {
    const world = memoryWorld();
    world.now = LATER;
    const parts = count % 3 === 0 ? [order] : order.map((signal) => [signal]);
    for (const part of parts) await ingest(world, part, { live: count % 2 === 0, recordedAt: world.now });
    for (const subject of whole.subjects)
      expect(canonical((await world.graph.node(subject.id))?.value.subject)).toBe(canonical(subject));
    count += 1;
  }
  expect(count).toBe(120);
});

it("what GitHub says again of a run rewrites nothing that was made in it", async () => {
  const world = memoryWorld();
  world.now = LATER;
  const tell = (...signals: readonly Signal[]) => ingest(world, signals, { live: true, recordedAt: world.now });
  await tell(...ran("run-requested"), session(), key);
  expect(await tell(begun)).toMatchObject({ writes: 0 });
  expect(await tell(...ran("run-ended", { updated_at: minutes(9) }))).toMatchObject({ writes: 0 });
  expect(await tell(...ran("run-ended", { updated_at: minutes(30) }))).toMatchObject({ writes: 4 }); // two slots more, under two refs
  writesOf(world);
  const before = (await world.graph.node(accessKey(KEY)))?.version;
  await tell(begun, ...ran("run-ended"), session());
  expect((await world.graph.node(accessKey(KEY)))?.version).toBe(before);
});

it("a run from the future waits for its time", async () => {
  const world = memoryWorld();
  world.now = AT;
  const ahead = ran("run-begun", { run_started_at: later(AT, 48), updated_at: later(AT, 48) });
  expect(await ingest(world, ahead, { live: true, recordedAt: AT })).toMatchObject({ aside: 1, writes: 0 });
});

/** One busy ref of one repository: ten people, runs of 2 to 20 minutes, each opens a session soon, a tenth of GitHub's events is lost. */
function busy(perHour: number, runs = 1_500) {
  const from = dice("busy ref", String(perHour));
  const whose = new Map<string, AccountId>();
  const signals = Array.from({ length: runs }, (_, n) => {
    const start = from.between(0, Math.floor((runs / perHour) * 3_600));
    const [id, person] = [String(n), from.between(1, 10)];
    const [startedAt, endedAt] = [laterBy(AT, start), laterBy(AT, start + from.between(120, 1_200))];
    const opened = openedSession(
      `ASIA${id}`,
      { realm: "aws", name: MAIN, via: "workload" },
      { how: "web-identity", provider: PROVIDER, subject: MAIN },
      laterBy(AT, start + from.between(20, 110)),
    );
    whose.set(sessionOf(`ASIA${id}`).id, account(person));
    const by = { realm: "github", name: `login-${person}`, via: "idp-user", account: account(person) };
    const run = { repository: "example/search", ref: "main", event: "push", id, attempt: 1, startedAt, endedAt };
    const source = { connector: "github", eventId: id, occurredAt: endedAt };
    const told = Signal.parse({ kind: "pipeline.ran", source, tenant: "example", by, run });
    return from.chance(0.1) ? [opened] : [opened, told];
  });
  return { signals: signals.flat(), whose };
}

it.each([
  [0.1, 0.01],
  [0.5, 0.03],
  [1, 0.06],
  [3, 0.12],
])("with %d runs an hour, of those called likely at most %d are somebody else's", (perHour, most) => {
  const { signals, whose } = busy(perHour);
  const named = lineageOf(signals).subjects.flatMap(({ id, evidence }) => {
    const [first] = whose.has(id) ? fold(evidence, [], LATER) : [];
    return first !== undefined && first.confidence >= 0.8 ? [first.account === whose.get(id)] : [];
  });
  expect(named.length).toBeGreaterThan(500);
  expect(named.filter((right) => !right).length / named.length).toBeLessThan(most);
});
