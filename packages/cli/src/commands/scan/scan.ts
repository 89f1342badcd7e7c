import { badInput, FAULTS } from "@leasehold/core/kernel";
import type { Listing, Scanned } from "@leasehold/local/scan";
import type { Call, Command, Exit } from "../../command/index.ts";
import { logTo } from "../../estate/index.ts";
import { table } from "../../terminal/index.ts";
import { isClean, linesOf } from "./lines.ts";

/** One AWS account as it is, before anything is installed. */
export const scanned: Command = {
  about: "a first look at an AWS account, by a profile of yours: read-only, with no stage, and no file left behind",
  args: [],
  flags: {
    profile: { value: "name", about: "the AWS profile that asks; no other credentials of the environment are taken" },
    account: { value: "id", about: "whose account it must be; any other is refused" },
    region: { value: "region,…", about: "where to look for what lives in Regions (the profile's own, or us-east-1)" },
  },
  notOnStage: "a stage has looked by itself: `leasehold first look --stage <name>` shows it",
  more: [
    "It lists, and nothing more: docs/permissions.md has what each connector's list needs (SecurityAudit has most).",
    "Where a list is refused the others are shown, and it says what was not seen.",
    "No directory is asked: whether an owner still works here only an installation knows.",
  ],
  no: "something stands open, or was not seen",
  run: async (call) => {
    const place = placeOf(call);
    const { scan } = await import("@leasehold/local/scan");
    const answer = await scan({ ...place, note: call.note, log: logTo(call, "error") });
    return { json: answer, text: textOf(answer), exit: exitOf(answer) };
  },
};

function placeOf({ flags }: Pick<Call, "flags">) {
  for (const flag of ["store", "config"])
    if (flags[flag] !== undefined)
      throw badInput("a scan reads no configuration and keeps nothing: leave this flag out", { flag: `--${flag}` });
  const text = (name: string) => (typeof flags[name] === "string" ? flags[name] : undefined);
  const [profile, account, given] = ["profile", "account", "region"].map(text);
  if (profile === undefined) throw badInput("name the AWS profile that asks", { flag: "--profile" });
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw badInput("an AWS account id has 12 digits", { flag: "--account" });
  return { profile, account, regions: given?.split(",").map((one) => one.trim()) };
}

/** What can be tried again says so; what stands open, or cannot be seen, is the estate's. */
function exitOf({ lists, look }: Scanned): Exit {
  if (lists.some(({ stopped }) => stopped !== undefined && FAULTS[stopped] === "retry")) return 3;
  return look.whole && isClean(look) ? 0 : 1;
}

const textOf = ({ account, regions, lists, look }: Scanned): readonly string[] => [
  `Account ${account}, ${regions.join(", ")}. Nothing was changed, and nothing is kept.`,
  ...table(["LIST OF", "", "SEEN"], lists.map(rowOf)),
  ...linesOf(look),
];
const rowOf = ({ title, whole, seen, stopped }: Listing) => [title, stopped ?? (whole ? "whole" : "in part"), seen];
