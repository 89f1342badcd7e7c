import {
  functions,
  type Need,
  nameOn,
  type Right,
  type Run,
  reactions,
  routes,
  schedules,
  watches,
} from "@leasehold/workflows";
import { envOf } from "./env.ts";
import { filesIn, isThere } from "./files.ts";
import type { Given } from "./given.ts";
import { describesPartners, fedBy, grantsOf, merged, ownLog, type Stage, sendTo, takeFrom } from "./grants.ts";
import type { Linked } from "./linked.ts";
import { thingsOf } from "./place.ts";
import { fencesOf, lineOf, type Routing, receiver, routesOf } from "./routing.ts";
import type { Statement } from "./statement.ts";
import { isSpokenTo, readsSigning, rightsOf, vendorGrants } from "./vendors.ts";

/** One function as it will stand in the account. */
export interface Lambda {
  readonly called: string;
  readonly handler: string;
  readonly seconds: number;
  readonly env: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
  readonly vendor: string | undefined; // whose settings it gets, if anybody's
  readonly leaves: boolean; // what it cannot do goes to the queue `unhandled`; never a raw event
  readonly raw: boolean; // it takes outside events as they come
}

// The executor claims an intent for act by + 30 s (LONGEST_CALL in packages/app/src/winddown), and what changes something has
// ended by then: Lambda counts its start, up to ten seconds, beside the timeout.
const CHANGES = 20;
const LOOKS = 175; // a page of a list; the steps wait no longer than 25 s for anything else
const SPEAKS = 25;
const SECONDS = {
  read: LOOKS,
  act: CHANGES,
  contain: CHANGES,
  delete: CHANGES,
  desk: SPEAKS,
} as const satisfies Record<Right, number>;
const EDGE = 10; // a vendor waits three seconds for an answer; the rest is for a cold start
const STEP = 60;
const LONGER: { readonly [R in Run]?: number } = {
  "call-reads": 28, // the HTTP API hangs up after 30
  "call-plans": 28,
  "call-writes": 28,
  "call-persons": 28,
  "call-repairs": 28,
  "ingest-signals": 300, // a message holds some hundred signals, and ten of them come at once
  "read-files": 300, // ten files, and the largest has half a million calls
  "record-usage": 120, // a thousand calls, and a row for each credential that made some
  "sweep-estate": 900,
  "sweep-on": 900,
  "poll-feeds": 600, // twenty pages of each connector at most
  "keep-roots": 900,
  "restart-overdue": 300,
  "watch-use": 300,
  "review-unresolved": 300,
  "take-pulse": 300, // it looks at everything that is open
  "redrive-raw": 300, // up to a thousand messages from each fence; it hides them for longer
};

/** How long a step may take before Lambda ends it. */
export const secondsOf = (run: Run): number => LONGER[run] ?? STEP;

export function stageOf({ stage, aws, linked }: Given, routing: Routing): Stage {
  const files = filesIn(aws);
  const place = { stage, account: aws.account, region: aws.region, members: aws.accounts.map(({ id }) => id) };
  return { place, linked, fences: fencesOf(routing, aws.region), partners: Object.values(aws.partners), files };
}

/** Every function of a stage: the steps of the table, then each vendor's own. */
export function lambdasOf(given: Given, stage: Stage): readonly Lambda[] {
  const steps = (Object.keys(functions) as Run[])
    .filter((run) => run !== "receive" && isThere(run, stage))
    .map((run) => stepOf(run, stage));
  const receivers = routesOf(given.linked)
    .filter((route) => lineOf(route) === undefined)
    .map((route) => {
      const called = receiver(given.stage, route);
      const handler = `packages/functions/src/${routes[route]}/${route}.handler`; // with the listeners of this route alone
      return made({ ...ofTable(routes[route], stage), called, handler, raw: true }, stage);
    });
  return [...steps, ...receivers, ...given.linked.flatMap((one) => vendorsOf(one, stage))];
}

const asked: readonly string[] = [...reactions, ...schedules, ...watches].map(({ run }) => run);

function stepOf(run: Run, stage: Stage): Lambda {
  return made({ ...ofTable(run, stage), called: nameOn(stage.place.stage, run), leaves: asked.includes(run) }, stage);
}

function ofTable(run: Run, stage: Stage) {
  const { queue } = thingsOf(stage.place);
  const needs: readonly Need[] = functions[run].needs;
  const feed = fedBy(run, stage);
  return {
    handler: `packages/functions/src/${run}.handler`,
    seconds: secondsOf(run),
    needs,
    statements: [
      ...needs.flatMap((need) => grantsOf(need, stage)),
      ...(feed === undefined ? [] : [takeFrom(queue(feed).arn)]),
      ...(run === "take-pulse" ? describesPartners(stage) : []),
    ],
  };
}

function vendorsOf(linked: Linked, stage: Stage): readonly Lambda[] {
  const providers = rightsOf(linked).map((right) => providerOf(linked, right, stage));
  return isSpokenTo(linked) ? [...providers, ingressOf(linked, stage)] : providers;
}

function providerOf(linked: Linked, right: Right, stage: Stage): Lambda {
  const { place } = stage;
  return made(
    {
      called: nameOn(place.stage, linked.id, right),
      handler: `packages/functions/src/providers/${linked.id}.handler`,
      seconds: SECONDS[right],
      needs: [],
      more: { LEASEHOLD_RIGHT: right },
      statements: vendorGrants(linked, right, place),
      vendor: linked.id,
    },
    stage,
  );
}

/** The public door of one vendor: it reads that vendor's secrets and puts into one queue, or two where it is both hook and desk. */
function ingressOf(linked: Linked, stage: Stage): Lambda {
  const { id, connector } = linked;
  const { queue, name } = thingsOf(stage.place);
  const more: Record<string, string> = {
    ...(connector.hook && { LEASEHOLD_SIGNALS: queue("signals").url }),
    ...(connector.desk && { LEASEHOLD_HEARD: queue("heard").url }),
  };
  return made(
    {
      called: name(id, "in"),
      handler: `packages/functions/src/ingress/${id}.handler`,
      seconds: EDGE,
      needs: [],
      more,
      statements: [
        readsSigning(linked, stage.place),
        ...(connector.hook === undefined ? [] : [sendTo(queue("signals").arn)]),
        ...(connector.desk === undefined ? [] : [sendTo(queue("heard").arn)]),
      ],
      vendor: id,
    },
    stage,
  );
}

interface Making {
  readonly called: string;
  readonly handler: string;
  readonly seconds: number;
  readonly needs: readonly Need[];
  readonly statements: readonly Statement[];
  readonly more?: Readonly<Record<string, string>>;
  readonly vendor?: string;
  readonly leaves?: boolean;
  readonly raw?: boolean;
}

function made(
  { called, handler, seconds, needs, statements, more, vendor, leaves = false, raw = false }: Making,
  stage: Stage,
): Lambda {
  const unhandled = leaves ? [sendTo(thingsOf(stage.place).queue("unhandled").arn)] : [];
  return {
    ...{ called, handler, seconds, vendor, leaves, raw },
    env: { ...envOf(needs, stage), ...more },
    statements: merged([...statements, ...unhandled, ownLog(stage.place, called)]),
  };
}
