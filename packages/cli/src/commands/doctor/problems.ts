import type { Checkup } from "./checkup.ts";
import type { Problem } from "./problem.ts";
import { wayProblems } from "./ways-in.ts";

const STALE = 48; // hours: two daily sweeps
const UNPOLLED = 1; // hour: four polls

/** What a checkup means. Pure, so that each line has a test. */
export function problemsOf(found: Checkup): readonly Problem[] {
  const { connectors, schedules = [], deadLetters = [], findings, overdue, brake, stage, voices = [] } = found;
  return [
    ...brakes(brake),
    ...voices.flatMap(unread),
    ...unreleasable(brake, voices),
    ...connectors.flatMap(unready),
    ...wayProblems(found),
    ...connectors.filter(({ lists }) => lists).flatMap((one) => unlisted(one, stage)),
    ...connectors.filter(({ polls }) => polls).flatMap((one) => unpolled(one, stage)),
    ...(connectors.some(({ desk }) => desk)
      ? []
      : [{ what: "no desk is configured: nobody can be asked", next: "Configure slack, jira or email." }]),
    ...schedules.flatMap(({ name, fault }) => (fault === null ? [] : [failing(name, fault)])),
    ...deadLetters.map(({ event, target, fault }) => ({
      what: `event ${event} could not be given to ${target}: ${fault}`,
      next: "Correct what the fault names, then bring the event again.",
    })),
    ...findings.map(({ severity, kind, about, remedy }) => ({ what: `${severity}: ${kind} (${about})`, next: remedy })),
    ...overdue.map((id) => ({
      what: `${id} should have moved an hour ago`,
      next:
        stage === undefined
          ? `Run \`leasehold case retry ${id}\`, or keep \`leasehold start\` running.`
          : `Run \`leasehold case retry ${id} --stage ${stage}\`.`,
    })),
  ];
}

/** Where a group cannot be read nobody is in it: so its list is looked at before somebody needs it. */
const unread = ({ as, unread }: NonNullable<Checkup["voices"]>[number]): readonly Problem[] =>
  unread.map(({ connector, group, fault, permission }) => ({
    what: `the group ${group} of ${connector} cannot be read, which ${as} names: ${permission ?? fault}`,
    next: permission
      ? `Grant ${permission} to Leasehold, and name it in the connector's settings where it has scopes.`
      : `See that ${as} in the configuration names the group's id, and that ${connector} is ready.`,
  }));

/**
 * Who takes a hand off the brake, and who releases what tripped, is of security, and an operator may be the second. Where too
 * few can be read there is a button, and nobody whose press counts. An older stage does not say who they are.
 */
function unreleasable({ frozen, held }: Checkup["brake"], voices: Voices): readonly Problem[] {
  const security = voices.find(({ as }) => as === "security");
  if (security === undefined) return [];
  const whose = security.unread.length > 0 ? "its group cannot be read" : "nobody is in it";
  if (security.people === 0) {
    const stands = frozen === undefined ? [] : ["a hand is on the brake, and no desk can take it off"];
    const holds = held.some(isHolding) ? ["the brake holds people, and no desk can let them go on"] : [];
    return [...stands, ...holds].map((what) => ({ what: `${what}: security is asked, and ${whose}`, next: FILL }));
  }
  const operators = voices.find(({ as }) => as === "operators")?.people ?? 0;
  if (security.people > 1 || operators > 0) return []; // an operator may be the second, and is perhaps the same person
  return held
    .filter((hold) => isHolding(hold) && hold.twoPeople)
    .map(({ id }) => ({ what: `two people must release ${id}, and security has one`, next: SECOND }));
}

type Voices = NonNullable<Checkup["voices"]>;
type Held = Checkup["brake"]["held"][number];
const isHolding = ({ released, waiting, kind }: Held) => released === undefined && (waiting > 0 || kind === "trip");
const FILL =
  "Name somebody in `security` in the configuration, or see that its group can be read and has people in it.";
const SECOND =
  "Put a second person in the group that `security` names, or name `operators`: one of them may be the second.";

const failing = (name: string, fault: string): Problem => ({
  what: `the schedule ${name} fails: ${fault}`,
  next: "It is tried again by itself; see the log of that time.",
});

function brakes({ frozen, held }: Checkup["brake"]): readonly Problem[] {
  const holds = held.filter(isHolding);
  return [
    ...(frozen === undefined
      ? []
      : [
          {
            what: `the brake is on since ${frozen.at} by ${frozen.by}: ${frozen.because}`,
            next: frozen.restored
              ? "Nothing is acted until `leasehold reconcile`."
              : "Nothing is acted until `leasehold brake release`.",
          },
        ]),
    ...holds.map(({ id, kind, at, waiting }) => ({
      what: `${kind === "trip" ? "the brake tripped" : "a backlog is held"} since ${at}: ${waiting} people wait`,
      next: `See \`leasehold brake status\`; then \`leasehold brake release ${id} --because "…"\`.`,
    })),
  ];
}

/** What the provider itself said when it was asked just now. */
function unready({ title, check }: Checkup["connectors"][number]): readonly Problem[] {
  if (check === undefined) return [];
  if ("missing" in check) return check.missing.map((next) => ({ what: `${title} is not ready`, next }));
  const { fault, permission, because } = check;
  const next =
    permission === undefined ? "See whether it is reachable and its settings are right." : `Grant ${permission}.`;
  return [{ what: `${title} could not be asked: ${because ?? fault}`, next }];
}

function unlisted({ id, title, coverage }: Checkup["connectors"][number], stage?: string): readonly Problem[] {
  const next =
    stage === undefined
      ? `Run \`leasehold sweep ${id}\`.`
      : "The daily sweep lists it; if it does not, see the log of sweep-estate.";
  if (coverage === undefined) return [{ what: `${title} was never listed: what it has is not known`, next }];
  if (!coverage.whole) return [{ what: `the last list of ${title} was not whole`, next }];
  return coverage.ageHours > STALE
    ? [{ what: `the last list of ${title} is ${coverage.ageHours} hours old`, next }]
    : [];
}

/** A list that was made an hour ago tells that we have run for so long. */
function unpolled({ title, feed, coverage }: Checkup["connectors"][number], stage?: string): readonly Problem[] {
  const age = feed.polled?.ageHours ?? coverage?.ageHours ?? 0;
  if (age <= UNPOLLED) return [];
  const next =
    stage === undefined
      ? "Keep `leasehold start` running: it is polled every fifteen minutes."
      : "It is polled every fifteen minutes; if not, see the log of poll-feeds.";
  return [{ what: feed.polled ? `the last poll of ${title} is ${age} hours old` : `${title} was never polled`, next }];
}
