import { type Clock, hoursBetween, instantOf, millisOf } from "@leasehold/core/kernel";
import { iamUserArn } from "../../kit/index.ts";
import type { Dated, Key, User, World } from "./simulated-account.ts";

const LASTS = 4; // hours in which IAM gives out the same report

/** IAM's credential report: as of when it was made, and made anew after four hours at the soonest. */
export function createReports(world: () => World, clock: Clock) {
  let made: NonNullable<World["report"]> | undefined;
  const current = () => {
    const report = made ?? world().report;
    return report !== undefined && hoursBetween(report.at, clock()) < LASTS ? report : undefined;
  };
  return {
    GenerateCredentialReport: () => {
      if (current() !== undefined) return { State: "COMPLETE" };
      made = { at: clock(), text: written(world()) };
      return { State: "STARTED" };
    },
    GetCredentialReport: () => {
      const { at, text } = current() ?? expired();
      const GeneratedTime = new Date(millisOf(at));
      return { Content: new TextEncoder().encode(text), GeneratedTime, ReportFormat: "text/csv" };
    },
  };
}

function expired(): never {
  throw Object.assign(new Error("no report"), { name: "CredentialReportNotPresentException" });
}

const slots = [1, 2];
const COLUMNS = [
  ...["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"],
  ...["password_next_rotation", "mfa_active"],
  ...slots.flatMap((nth) =>
    ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"].map(
      (one) => `access_key_${nth}_${one}`,
    ),
  ),
  ...slots.flatMap((nth) => [`cert_${nth}_active`, `cert_${nth}_last_rotated`]),
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
export const written = ({ account, users }: Pick<World, "account" | "users">): string =>
  [COLUMNS, ...users.map((user) => lineOf(account, user))].map((cells) => cells.join(",")).join("\n");

function lineOf(account: string, { userName, createdAt, password, keys, certificates = [] }: User): readonly string[] {
  return [
    ...[userName, iamUserArn(account, userName), at(createdAt), password === undefined ? "false" : "true"],
    ...(password === undefined
      ? ["N/A", "N/A", "N/A"]
      : [password.lastUsed === null ? "no_information" : at(password.lastUsed), at(password.createdAt), "N/A"]),
    "false",
    ...slots.flatMap((nth) => keyCells(keys[nth - 1])),
    ...slots.flatMap((nth) => certificateCells(certificates[nth - 1])),
  ];
}

function keyCells(key: Key | undefined): readonly string[] {
  if (key === undefined) return ["false", "N/A", "N/A", "N/A", "N/A"];
  const used = key.lastUsed === null ? "N/A" : at(key.lastUsed);
  return [String(key.status === "Active"), at(key.createdAt), used, "N/A", "N/A"];
}

/** As strictly as the page has it: of one that is not active it may say nothing. */
const certificateCells = (one: Dated | undefined): readonly string[] =>
  one?.status === "Active" ? ["true", at(one.createdAt)] : ["false", "N/A"];

const at = (text: string) => instantOf(Date.parse(text)).replace(/[.]\d+Z$/, "+00:00");
