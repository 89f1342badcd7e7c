import type { Checkup } from "./checkup.ts";

/** Something that needs a person, and what that person should do. */
export interface Problem {
  readonly what: string;
  readonly next: string;
}

const STALE = 48; // hours: two daily sweeps

/** What a checkup means. Pure, so that each line has a test. */
export function problemsOf({ connectors, schedules, deadLetters, findings, overdue }: Checkup): readonly Problem[] {
  return [
    ...connectors.filter(({ lists }) => lists).flatMap(unlisted),
    ...(connectors.some(({ desk }) => desk)
      ? []
      : [{ what: "no desk is configured: nobody can be asked", next: "Configure slack or jira." }]),
    ...schedules.flatMap(({ name, fault }) =>
      fault === null
        ? []
        : [
            {
              what: `the schedule ${name} fails: ${fault}`,
              next: "It is tried again by itself; see the log of that time.",
            },
          ],
    ),
    ...deadLetters.map(({ event, target, fault }) => ({
      what: `event ${event} could not be given to ${target}: ${fault}`,
      next: "Correct what the fault names, then bring the event again.",
    })),
    ...findings.map(({ severity, kind, about, remedy }) => ({ what: `${severity}: ${kind} (${about})`, next: remedy })),
    ...overdue.map((id) => ({
      what: `${id} should have moved an hour ago`,
      next: `Run \`leasehold case retry ${id}\`, or keep \`leasehold start\` running.`,
    })),
  ];
}

function unlisted({ id, title, coverage }: Checkup["connectors"][number]): readonly Problem[] {
  const next = `Run \`leasehold sweep ${id}\`.`;
  if (coverage === undefined) return [{ what: `${title} was never listed: what it has is not known`, next }];
  if (!coverage.whole) return [{ what: `the last list of ${title} was not whole`, next }];
  return coverage.ageHours > STALE
    ? [{ what: `the last list of ${title} is ${coverage.ageHours} hours old`, next }]
    : [];
}
