import { GenerateCredentialReportCommand, GetCredentialReportCommand, type UserDetail } from "@aws-sdk/client-iam";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import { type CredentialReport, type Line, reportOf } from "../report/index.ts";
import { ask, type Look } from "./look.ts";

/** What IAM wrote down of every user at once, and when. It makes a new one after four hours, and not before. */
export interface Report extends CredentialReport {
  readonly madeAt: Instant;
}

const TRIES = 10;
const BETWEEN = 2_000; // ms

/** Undefined where there is none, or none that is read: then every user is asked about all. Refused, the look is no whole one. */
export async function askReport(look: Look, now: Instant): Promise<Report | undefined> {
  if (!(await isReady(look))) return undefined;
  const { api } = look;
  const told = await ask(look, "iam:GetCredentialReport", () => api.send(new GetCredentialReportCommand({})));
  if (told?.Content === undefined || told.GeneratedTime === undefined) return undefined;
  const made = instantOf(told.GeneratedTime.getTime());
  return { ...reportOf(new TextDecoder().decode(told.Content)), madeAt: made < now ? made : now };
}

async function isReady(look: Look): Promise<boolean> {
  const { api } = look;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await api.pause?.(BETWEEN);
    const told = await ask(look, "iam:GenerateCredentialReport", () =>
      api.send(new GenerateCredentialReportCommand({})),
    );
    if (told?.State === undefined) return false;
    if (told.State === "COMPLETE") return true;
  }
  return false;
}

/** What the report says of this very user; undefined of one whom it does not know yet, or made again since under the name. */
export function lineOf(report: Report | undefined, { UserName = "", CreateDate }: UserDetail): Line | undefined {
  const line = report?.lines.get(UserName);
  if (line?.madeAt === undefined || CreateDate === undefined) return undefined;
  return line.madeAt.slice(0, SECONDS) === CreateDate.toISOString().slice(0, SECONDS) ? line : undefined;
}

const SECONDS = "2026-11-02T09:00:00".length; // the report has no parts of them
