import { ingest } from "@leasehold/app/ingest";
import { type Who, who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { emailAccount, iamUserAccount } from "@leasehold/connectors/kit";
import type { Connector } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { fixturesOf } from "../support/connectors.ts";
import { handedOn } from "../support/handed.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { hours } from "../support/signals.ts";

const [bedrock, core, sts] = await Promise.all(
  (["aws-bedrock", "aws-agentcore", "aws-sts"] as const).map((id) => connectors[id]()),
);
const ADA = emailAccount("ada@example.com");
const GRACE = emailAccount("grace@example.com");
const USER = iamUserAccount("arn:aws:iam::111122223333:user/ada", "AIDACKCEVSQ6C2EXAMPLE");
const AGENT = "arn:aws:bedrock:eu-west-1:111122223333:agent/AGENT";
const RUNTIME = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/";

const read = (of: Connector | undefined, file: string): readonly Signal[] => {
  const { event } = fixturesOf(of?.id ?? "").find((one) => one.file === `${file}.json`) ?? {};
  return of?.listens?.normalise(of.listens.event.parse(event)) ?? [];
};

const readIn = (of: Connector | undefined, file: string) =>
  fixturesOf(of?.id ?? "").some((one) => one.file === `${file}.json`) ? read(of, file) : [];

async function told(signals: readonly Signal[], id: string): Promise<Who> {
  const world = memoryWorld();
  world.now = hours(900);
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, id);
}

type Row = [file: string, arn: string, candidates: readonly string[]];

describe("an agent, asked for by its ARN", () => {
  it.each<Row>([
    ["create-agent", `${AGENT}1EXAM`, [ADA, GRACE]], // who made it in a session of Identity Center, and whom a tag names
    ["create-agent-by-user", `${AGENT}2EXAM`, [USER]],
    ["create-agent-runtime", `${RUNTIME}search-aBcDeFgH12`, [ADA]],
    ["create-agent-runtime-of-control", `${RUNTIME}notes-aBcDeFgH34`, [USER]],
  ])("%s", async (file, arn, candidates) => {
    const answer = await told(read(file.includes("runtime") ? core : bedrock, file), arn);
    expect(answer.candidates.map(({ account }) => account)).toEqual(candidates);
    expect(answer.subject).toMatchObject({ kind: "identity", facts: { role: expect.stringContaining(":role/") } });
  });

  const pipeline = "assume-role-with-web-identity-of-a-pipeline";

  it.each([
    ["in order", [...read(sts, pipeline), ...read(bedrock, "create-agent-by-pipeline")]],
    ["the hop late", [...read(bedrock, "create-agent-by-pipeline"), ...read(sts, pipeline)]],
  ])("made in a pipeline's session ends at the repository, %s", async (_title, signals) => {
    const { owner, notVisible } = await told(signals, `${AGENT}3EXAM`);
    expect(owner?.word ?? "unknown").not.toMatch(/certain|likely/);
    expect(notVisible).toContainEqual(expect.stringMatching(/ends at repository example\/search: the person is not/));
  });

  it("made in a session that nobody saw being opened is nobody's, and says so", async () => {
    const { candidates, notVisible } = await told(read(bedrock, "create-agent-by-pipeline"), `${AGENT}3EXAM`);
    expect(candidates).toEqual([]);
    expect(notVisible).toContainEqual(expect.stringContaining("never seen being opened"));
  });

  it("is nobody's because of a tag alone, whoever wrote it", async () => {
    const tagged = read(bedrock, "create-agent").map(
      (signal) => ({ ...signal, by: { realm: "aws", name: "unknown", via: "unknown" } }) as Signal,
    );
    const { candidates } = await told(tagged, `${AGENT}1EXAM`);
    expect(candidates).toMatchObject([{ account: GRACE, word: "possible", evidence: [{ forgeableBy: "holder" }] }]);
  });

  it("is theirs who made it, whoever changes it afterwards", async () => {
    const later = ["update-agent", "prepare-agent", "create-agent-action-group"].flatMap((file) => read(bedrock, file));
    const made = read(bedrock, "create-agent");
    const [whole, alone] = await Promise.all([told([...made, ...later], `${AGENT}1EXAM`), told(made, `${AGENT}1EXAM`)]);
    expect(whole).toEqual(alone);
  });

  it("hands its maker on to its aliases", async () => {
    const all = [...read(bedrock, "create-agent"), ...read(bedrock, "create-agent-alias")];
    const [alias] = all.flatMap((signal) => (signal.kind === "credential.issued" ? [signal.credential] : []));
    const { candidates } = await told(all, alias ?? "");
    expect(candidates.map(({ account }) => account)).toContain(ADA);
  });

  it("is gone when it is deleted, and not when one version of it is", async () => {
    const deleted = async (file: string, made: string, arn: string) =>
      (
        await told(
          [bedrock, core].flatMap((of) => [made, file].flatMap((one) => readIn(of, one))),
          arn,
        )
      ).subject.facts["deleted"];
    const runtime = ["create-agent-runtime", `${RUNTIME}search-aBcDeFgH12`] as const;
    expect(await deleted("delete-agent", "create-agent-by-user", `${AGENT}2EXAM`)).toBe("no"); // another one
    expect(await deleted("delete-agent-runtime-version", ...runtime)).toBe("no");
    expect(await deleted("delete-agent-runtime-version-in-the-query", ...runtime)).toBe("no");
    const [gone] = read(core, "delete-agent-runtime");
    const later = { ...gone, source: { ...gone?.source, occurredAt: hours(800) } } as Signal;
    const { subject } = await told([...read(core, runtime[0]), later], runtime[1]);
    expect(subject.facts["deleted"]).toBe("yes");
  });
});

describe.each([bedrock, core].flatMap((one) => (one ? [one] : [])))(
  "what whoever made it wrote into a request: $id",
  (of) => {
    const fixtures = fixturesOf(of.id);
    const planted = /that.nobody.may.keep/;

    it("stands in what we are given to test with", () => {
      expect(fixtures.filter(({ event }) => planted.test(JSON.stringify(event))).length).toBeGreaterThan(8);
    });

    it.each(fixtures)("is not handed on, and nothing that we read is missed: $file", ({ event, signals }) => {
      for (const nothing of ["", null, undefined]) {
        const given = handedOn(of, event, nothing);
        expect(JSON.stringify(given)).not.toMatch(planted);
        expect(of.listens?.normalise(of.listens.event.parse(given))).toEqual(signals);
      }
    });

    it.each(fixtures)("comes into no signal, even from the whole event: $file", ({ event }) => {
      expect(JSON.stringify(of.listens?.normalise(of.listens.event.parse(event)))).not.toMatch(planted);
    });
  },
);
