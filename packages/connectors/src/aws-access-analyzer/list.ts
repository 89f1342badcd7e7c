import {
  type AnalyzerSummary,
  type FindingSummary,
  type FindingSummaryV2,
  GetFindingV2Command,
  ListAnalyzersCommand,
  ListFindingsCommand,
  ListFindingsV2Command,
} from "@aws-sdk/client-accessanalyzer";
import type { Gap, Lister, Page } from "@leasehold/core/connector";
import { badInput, instantOf } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, fewAtOnce, jsonIn, type Looking, lookAt, lookAtAll, pageOfRegions } from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { judgedIn, OUTSIDE, UNUSED_KEY, whomIn } from "./judged.ts";

/**
 * Findings of every status: of what was archived, or resolved in the last 90 days, the end is said as well, whoever missed its event.
 * What outsiders may use comes by the older list, which names them at once; the newer one would need a call for each.
 */
export const lister: Lister<Api> = {
  permissions: ["ListAnalyzers", "ListFindings", "GetFinding"].map((verb) => `access-analyzer:${verb}`),
  emits: ["access.judged"],
  page: (api, cursor, now) => pageOfRegions([{ name: "findings", page }], api, cursor, now),
};

interface Look extends Looking {
  whole: boolean;
  readonly api: Api;
  readonly region: string;
  readonly send: Send;
}

/** Analyzers whose findings are still to be read, and how far the first of them is. */
const Left = z.strictObject({
  analyzers: z
    .array(z.strictObject({ arn: z.string(), looksFor: z.enum(["outsiders", "unused"]) }))
    .check(z.minLength(1)),
  token: z.optional(z.string()),
});
type Left = z.infer<typeof Left>;
type Analyzer = Left["analyzers"][number];

async function page(api: Api, region: string, token: string | undefined): Promise<Page> {
  const look: Look = { api, region, send: api.in(region), whole: true };
  const { analyzers, gaps } = token === undefined ? await analyzersIn(look) : { analyzers: undefined, gaps: [] };
  const left = analyzers === undefined ? read(token) : { analyzers };
  const [first, ...others] = left.analyzers;
  if (first === undefined) return { signals: [], next: undefined, whole: look.whole, ...told(gaps) };
  const found = await findingsOf(look, first, left.token);
  const next = found.next === undefined ? { analyzers: others } : { analyzers: left.analyzers, token: found.next };
  return {
    signals: found.signals,
    next: next.analyzers.length === 0 ? undefined : JSON.stringify(next),
    whole: look.whole,
    ...told([...gaps, ...found.gaps]),
  };
}

const told = (gaps: readonly Gap[]): Pick<Page, "gaps"> => (gaps.length > 0 ? { gaps } : {});

function read(token: string | undefined): Left {
  const left = Left.safeParse(jsonIn(token ?? ""));
  if (!left.success) throw badInput("the list was begun in another form: begin it again", { where: "cursor" });
  return left.data;
}

const LOOKS: Readonly<Record<string, Analyzer["looksFor"]>> = {
  ...{ ACCOUNT: "outsiders", ORGANIZATION: "outsiders" },
  ...{ ACCOUNT_UNUSED_ACCESS: "unused", ORGANIZATION_UNUSED_ACCESS: "unused" },
};

async function analyzersIn(look: Look): Promise<{ readonly analyzers: Analyzer[]; readonly gaps: readonly Gap[] }> {
  const pages = await lookAtAll(look, "access-analyzer:ListAnalyzers", (nextToken) =>
    look.send(new ListAnalyzersCommand({ nextToken })),
  );
  const all = pages.flatMap(({ analyzers = [] }) => analyzers);
  const ours = all.filter(({ type }) => LOOKS[type ?? ""] !== undefined);
  const running = ours.filter(({ status }) => status === "ACTIVE");
  const analyzers = running.map(({ arn = "", type = "ACCOUNT" }) => ({
    ...{ arn: ofAccount(look.api, arn), looksFor: LOOKS[type] ?? "outsiders" },
  }));
  return { analyzers, gaps: look.whole ? gapsIn(look.region, ours, analyzers) : [] };
}

function gapsIn(region: string, all: readonly AnalyzerSummary[], running: readonly Analyzer[]): readonly Gap[] {
  const stopped = all.filter(({ status }) => status !== "ACTIVE");
  const looks = running.some(({ looksFor }) => looksFor === "outsiders");
  return [
    ...stopped.map(({ name, status }) => ({ what: `In ${region} the analyzer ${name} does not run: ${status}.` })),
    ...(looks ? [] : [{ what: `In ${region} no analyzer of Access Analyzer's looks for what outsiders may use.` }]),
  ];
}

/** The role answers for the account that the configuration names, or it is the wrong role. */
function ofAccount(api: Api, arn: string): string {
  if (accountOf(arn) !== api.account)
    throw badInput("the role is of another account than the configuration names", { where: "account" });
  return arn;
}

interface Found {
  readonly signals: readonly Signal[];
  readonly gaps: readonly Gap[];
  readonly next: string | undefined;
}
const LIST = "access-analyzer:ListFindings";

async function findingsOf(look: Look, { arn, looksFor }: Analyzer, nextToken: string | undefined): Promise<Found> {
  const { send } = look;
  if (looksFor === "unused") {
    const found = await lookAt(look, LIST, () => send(new ListFindingsV2Command({ analyzerArn: arn, nextToken })));
    const findings = (found?.findings ?? []).filter(({ error }) => !error);
    const signals = await fewAtOnce(findings, (one) => unusedIn(look, arn, one));
    return { signals: signals.flat(), gaps: gapsOf(found?.findings), next: found?.nextToken };
  }
  const filter = { resourceType: { eq: typesIn(look) } };
  const found = await lookAt(look, LIST, () => send(new ListFindingsCommand({ analyzerArn: arn, filter, nextToken })));
  return { signals: (found?.findings ?? []).flatMap(openedIn), gaps: gapsOf(found?.findings), next: found?.nextToken };
}

/** A role is of no Region, and the analyzer of each finds the same of it: it is read in the first that is named. */
const typesIn = ({ api, region }: Look): string[] => (region === api.regions[0] ? [...OUTSIDE] : OUTSIDE.slice(1));

const gapsOf = (findings: readonly (FindingSummary | FindingSummaryV2)[] = []): readonly Gap[] =>
  findings.flatMap(({ error, status, resource }) =>
    error && status === "ACTIVE" ? [{ what: `Access Analyzer could not look at ${resource}: ${error}.` }] : [],
  );

const toldBy = (one: FindingSummary | FindingSummaryV2) => ({
  ...{ id: one.id ?? "", tenant: one.resourceOwnerAccount ?? "", resource: one.resource ?? "" },
  ...{ status: one.status ?? "", at: instantOf((one.updatedAt ?? one.createdAt ?? EVER).getTime()) },
});
const EVER = new Date(0);

const openedIn = (one: FindingSummary): readonly Signal[] =>
  one.error ? [] : judgedIn({ ...toldBy(one), type: "ExternalAccess", whom: whomIn(one.isPublic, one.principal) });

async function unusedIn(look: Look, analyzerArn: string, one: FindingSummaryV2): Promise<readonly Signal[]> {
  const { findingType: type = "", id } = one;
  if (type !== UNUSED_KEY) return judgedIn({ ...toldBy(one), type });
  const found = await lookAt(look, "access-analyzer:GetFinding", () =>
    look.send(new GetFindingV2Command({ analyzerArn, id })),
  );
  const [key] = (found?.findingDetails ?? []).flatMap((one) => one.unusedIamUserAccessKeyDetails?.accessKeyId ?? []);
  return judgedIn({ ...toldBy(one), type, key });
}
