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
import type { Given } from "./given.ts";
import { fedBy, grantsOf, merged, ownLog, type Stage, sendTo, takeFrom } from "./grants.ts";
import type { Linked } from "./linked.ts";
import { thingsOf } from "./place.ts";
import { fencesOf, type Routing, receiver, routesOf } from "./routing.ts";
import type { Statement } from "./statement.ts";
import { isSpokenTo, readsSecrets, rightsOf, vendorGrants } from "./vendors.ts";

/** One function as it will stand in the account. */
export interface Lambda {
  readonly called: string;
  readonly handler: string;
  readonly seconds: number;
  readonly env: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
  readonly vendor: string | undefined; // whose settings it gets, if anybody's
  readonly leaves: boolean; // what it cannot do goes to the queue `unhandled`; never a raw event
}

// The executor claims an intent for act by + 30 s (LONGEST_CALL in packages/app/src/winddown): a provider's call ends before.
const PROVIDER = 25;
const EDGE = 10; // a vendor waits three seconds for an answer; the rest is for a cold start
const STEP = 60;
const LONGER: { readonly [R in Run]?: number } = {
  call: 28, // the HTTP API hangs up after 30
  "sweep-estate": 900,
  "keep-roots": 900,
  "restart-overdue": 300,
  "review-unresolved": 300,
};

export function stageOf({ stage, aws, linked }: Given, routing: Routing): Stage {
  const place = { stage, account: aws.account, region: aws.region };
  return { place, linked, fences: fencesOf(routing, aws.region) };
}

/** Every function of a stage: the steps of the table, then each vendor's own. */
export function lambdasOf(given: Given, stage: Stage): readonly Lambda[] {
  const steps = (Object.keys(functions) as Run[]).filter((run) => run !== "receive").map((run) => stepOf(run, stage));
  const receivers = routesOf(given.linked).map((route) => {
    const called = receiver(given.stage, route);
    return made({ ...ofTable(routes[route], stage), called, more: { LEASEHOLD_ROUTE: route } }, stage);
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
  const feed = fedBy(run);
  return {
    handler: `packages/functions/src/${run}.handler`,
    seconds: LONGER[run] ?? STEP,
    needs,
    statements: [
      ...needs.flatMap((need) => grantsOf(need, stage)),
      ...(feed === undefined ? [] : [takeFrom(queue(feed).arn)]),
    ],
  };
}

function vendorsOf(linked: Linked, stage: Stage): readonly Lambda[] {
  const providers = rightsOf(linked.declared).map((right) => providerOf(linked, right, stage));
  return isSpokenTo(linked) ? [...providers, ingressOf(linked, stage)] : providers;
}

function providerOf(linked: Linked, right: Right, stage: Stage): Lambda {
  const { place } = stage;
  return made(
    {
      called: nameOn(place.stage, linked.id, right),
      handler: `packages/functions/src/providers/${linked.id}.handler`,
      seconds: PROVIDER,
      needs: [],
      more: { LEASEHOLD_RIGHT: right },
      statements: vendorGrants(linked, right, place),
      vendor: linked.id,
    },
    stage,
  );
}

/** The public door of one vendor: it reads that vendor's secrets and puts into one queue, or two where it is both hook and desk. */
function ingressOf({ id, connector }: Linked, stage: Stage): Lambda {
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
        readsSecrets(id, stage.place),
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
}

function made(
  { called, handler, seconds, needs, statements, more, vendor, leaves = false }: Making,
  stage: Stage,
): Lambda {
  const unhandled = leaves ? [sendTo(thingsOf(stage.place).queue("unhandled").arn)] : [];
  return {
    ...{ called, handler, seconds, vendor, leaves },
    env: { ...envOf(needs, stage), ...more },
    statements: merged([...statements, ...unhandled, ownLog(stage.place, called)]),
  };
}
