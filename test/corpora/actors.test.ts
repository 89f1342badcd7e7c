import { readActor, UserIdentity } from "@leasehold/connectors/kit";
import { lineageOf } from "@leasehold/core/lineage";
import type { Actor, Signal } from "@leasehold/core/signal";
import { understanding } from "@leasehold/local/history";
import { describe, expect, it } from "vitest";
import { connectors } from "./prepared.ts";
import { actorsOf, allowedActors, type Entry, type ExpectedActor, entries, recordOf, recordsOf } from "./truth.ts";
import { sameActor } from "./words.ts";

const understand = understanding(connectors);
const said = (record: unknown): readonly Signal[] =>
  understand(record).flatMap((one) => ("signals" in one ? one.signals : []));

/** Where a reader of ours could have said who acted. Of all other systems there is none, and silence is all that is right. */
const HEARD = /^(aws_cloudtrail|aws_identity_center|aws_agentcore|aws_bedrock|github|google_workspace|okta)\//;

/** What we are silent about in systems that we hear, and why. */
const SILENT: Readonly<Record<string, string>> = {
  s070: "an administrator's privilege in Okta, of which no signal is made",
};

type Verdict = "right" | "wrong" | "silent";

/**
 * Who acted, by the record alone: as a signal says it, or as every reader of CloudTrail would. A log of a model's invocations shows an ARN
 * and no credential, so that nothing of it is counted: CloudTrail has the same call, with its key. Whom the ARN names is read all the same.
 */
function readAlone(record: unknown): Actor | undefined {
  const [signal] = said(record).filter((one) => "by" in one);
  if (signal !== undefined && "by" in signal) return signal.by;
  const { eventSource, schemaType, ...rest } = record as Record<string, unknown>;
  const { userIdentity, identity: invoker, sessionCredentialFromConsole: console } = rest;
  const isInvocation = schemaType === "ModelInvocationLog";
  const identity = UserIdentity.safeParse(isInvocation ? invoker : userIdentity);
  if ((typeof eventSource !== "string" && !isInvocation) || !identity.success) return undefined;
  return readActor(identity.data, typeof console === "string" ? console : undefined);
}

/** Where the record alone shows a session only, whoever opened it in the same file. */
function readWhole(entry: Entry, by: Actor): Actor {
  const opened = lineageOf(recordsOf(entry).flatMap(said)).subjects.find(({ id }) => id === by.session?.id);
  const fact = (name: string) => opened?.facts[name]?.value ?? "";
  const [first] = opened?.evidence ?? [];
  if (first !== undefined) return { ...by, via: "iam-user", account: first.candidate };
  return fact("madeVia") === "workload" ? { realm: "aws", via: "workload", name: fact("maker") } : by;
}

function verdictOn(entry: Entry, actor: ExpectedActor): Verdict {
  const alone = readAlone(recordOf(entry));
  if (alone === undefined || alone.via === "unknown") return actor.resolution === "not-visible" ? "right" : "silent";
  const by = actor.hops === undefined ? alone : readWhole(entry, alone);
  const { credential: _, ...whole } = actor; // the chain leads away from the key of the record
  const expected = [actor.hops === undefined ? (actor.alone ?? actor) : whole, ...allowedActors(entry)];
  return expected.some((one) => sameActor(by, one)) ? "right" : "wrong";
}

const all = entries().flatMap((entry) => actorsOf(entry).map((actor) => ({ entry, actor })));
const verdicts = all.map(({ entry, actor }) => ({ entry, verdict: verdictOn(entry, actor) }));
const count = (of: typeof verdicts) =>
  Object.fromEntries(
    (["right", "wrong", "silent"] as const).map((one) => [one, of.filter((v) => v.verdict === one).length]),
  );

describe("who acted, in real records", () => {
  it("is never somebody else", () => {
    expect(verdicts.filter(({ verdict }) => verdict === "wrong").map(({ entry }) => entry.id)).toEqual([]);
  });

  it("is right in at least 92 of a hundred, of the systems that are heard", () => {
    const heard = verdicts.filter(({ entry }) => HEARD.test(entry.file));
    const { right = 0 } = count(heard);
    expect(heard).toHaveLength(80);
    expect(right / heard.length).toBeGreaterThanOrEqual(0.92);
    const silent = heard.filter(({ verdict }) => verdict === "silent").map(({ entry }) => entry.id);
    expect(silent).toEqual(Object.keys(SILENT));
  });

  it("is not claimed where nothing of ours hears the system: a connector that comes raises this", () => {
    expect(count(verdicts.filter(({ entry }) => !HEARD.test(entry.file)))).toEqual({ right: 3, wrong: 0, silent: 4 });
  });

  it("all in all, in at least 92 of a hundred", () => {
    const { right = 0, wrong, silent } = count(verdicts);
    expect({ right, wrong, silent }).toEqual({ right: 82, wrong: 0, silent: 5 });
    expect(right / verdicts.length).toBeGreaterThanOrEqual(0.92);
  });
});
