import { dayOf, type Instant } from "@leasehold/core/kernel";
import { count, table } from "../../terminal/index.ts";
import type { Checkup, Connected, Probed } from "./checkup.ts";
import type { Problem } from "./problem.ts";

type Refused = NonNullable<Connected["refused"]>[number];

const FOUND: Readonly<Record<Probed["found"], string>> = {
  proved: "takes what this secret signs, and refuses it with one byte changed",
  open: "takes what is not signed",
  closed: "refuses what this secret signs",
  refuses: "refuses what is not signed",
  "no secret": "not asked: its secret is not here",
  "no probe": "cannot be probed",
  silent: "nobody answers",
  other: "somebody else answers",
};

/** What our own requests found at each way in, and how many of others' it refused. */
export function wayLines(
  waysIn: NonNullable<Checkup["waysIn"]>,
  connectors: readonly Connected[],
  now: Instant,
): readonly string[] {
  const rows = waysIn.map(({ title, secretName, at, found }) => [title, secretName, at, FOUND[found]]);
  const probes = rows.length === 0 ? [] : [...table(["WAY IN", "SECRET", "ADDRESS", "ASKED NOW"], rows), ""];
  const counts = connectors.flatMap(({ title, refused = [] }) => refused.map((day) => refusedLine(title, day, now)));
  return [...probes, ...counts, ...(counts.length === 0 ? [] : [""])];
}

export const wayProblems = ({ waysIn = [], connectors, now, stage }: Asked) => [
  ...waysIn.flatMap((one) => wrongWay(one, stage)),
  ...connectors.flatMap((one) => wrongCount(one, now)),
];

type Asked = Pick<Checkup, "waysIn" | "connectors" | "now" | "stage">;

const FINE: readonly Probed["found"][] = ["proved", "no probe", "refuses"];
const NEXT: Readonly<Partial<Record<Probed["found"], string>>> = {
  open: "Close this address to everybody now: whoever listens there does not verify. See that it is Leasehold, and its version.",
  closed:
    "Two values of the secret are about: give the running process and this one the same, and start it again; see that both clocks are right.",
  "no secret":
    "Give this command the secret too, as `leasehold start` has it; what it signs with cannot be probed without.",
  silent:
    "Keep `leasehold start --config` running, and let `laptop.port` and `laptop.url` in the configuration name where it listens.",
  other:
    "See that `laptop.port` and `laptop.url` lead to Leasehold, and that whatever stands between hands on headers and body as they are.",
};

const ON_STAGE: typeof NEXT = {
  open: "Close this address to everybody now: whoever listens there does not verify. See that it is the stage's, and its version.",
  silent: "See that the stage's API is there and that this machine reaches it; else deploy it again.",
  other: "See the log of that vendor's function: it is there, and answers nobody as it should.",
};

function wrongWay({ title, secretName, at, found }: Probed, stage: string | undefined): readonly Problem[] {
  if (FINE.includes(found)) return [];
  const next = (stage === undefined ? NEXT : ON_STAGE)[found] ?? "See docs/feeds.md.";
  const secret = stage === undefined ? ` (${secretName})` : "";
  return [{ what: `the way in of ${title} at ${at}${secret}: ${FOUND[found]}`, next }];
}

/** Whoever knocks without any proof is the world outside. What is signed and refused is a vendor who is not heard, or a forger. */
function wrongCount({ title, refused = [] }: Connected, now: Instant): readonly Problem[] {
  const today = refused.find(({ day }) => day === dayOf(now));
  if (today === undefined) return [];
  const { signature, time, content } = today.counts;
  const what = refusedLine(title, today, now);
  if (time > 0)
    return [
      { what, next: "See that this machine's clock and the sender's are right: what is late may also be a replay." },
    ];
  if (signature > 0)
    return [
      { what, next: `See that ${title} signs with the secret that is configured; if it does, somebody else knocks.` },
    ];
  return content > 0 ? [{ what, next: `See in the log which field of ${title}'s requests could not be read.` }] : [];
}

/** Slack: 12 requests refused today: 10 signature, 2 time (7 minutes behind our clock). */
function refusedLine(title: string, { day, counts, seconds }: Refused, now: Instant): string {
  const { unproved, signature, time, content } = counts;
  const parts = [
    ...(signature > 0 ? [`${signature} signature`] : []),
    ...(time > 0 ? [`${time} time${seconds === undefined ? "" : ` (${awayOf(seconds)})`}`] : []),
    ...(content > 0 ? [`${content} content`] : []),
    ...(unproved > 0 ? [`${unproved} without proof`] : []),
  ];
  const when = day === dayOf(now) ? "today" : `on ${day.slice(0, 10)}`;
  return `${title}: ${count(unproved + signature + time + content, "request")} refused ${when}: ${parts.join(", ")}`;
}

function awayOf(seconds: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  return `${count(minutes, "minute")} ${seconds < 0 ? "ahead of" : "behind"} our clock`;
}
