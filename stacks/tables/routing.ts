import { type EventPattern, ROUTES, type Route } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { heardIn, nameOn, queues, routes } from "@leasehold/workflows";
import type { Given } from "./given.ts";
import type { Linked } from "./linked.ts";
import { type RuleState, stateOf } from "./reads.ts";
import { isOfPartner, PARTNER, sourcesOf } from "./sources.ts";

/** One pattern of a connector, under one route. */
export interface Listening {
  readonly connector: string;
  readonly route: Route;
  readonly pattern: EventPattern;
  readonly called: string; // the rules that carry it are named after this
  readonly state: RuleState;
  readonly input: Input;
}
/** What a function is handed. A bus on the way takes no transformer, so only the last step has one. */
export interface Input {
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string;
}

/** On a default bus, straight to the function: costs nothing. */
export interface Direct extends Listening {
  readonly region: string;
}
/** From where it is heard to the ingest bus at home. `bus`: a partner's; else the default one. */
export interface Hop extends Listening {
  readonly region: string;
  readonly bus: string | undefined;
}
/** On the ingest bus: only what these accounts sent. */
export interface Arriving extends Listening {
  readonly accounts: readonly string[];
}
/** In every further account, from where it is heard to the ingest bus at home. */
export interface Sent extends Listening {
  readonly region: string;
}
export interface Routing {
  readonly direct: readonly Direct[];
  readonly hops: readonly Hop[];
  readonly arriving: readonly Arriving[];
  readonly sent: readonly Sent[];
}

/** How long EventBridge tries to hand one on. */
export const RETRY = { maximumRetryAttempts: 8, maximumEventAgeInSeconds: 21_600 };

/** Every rule that a stage needs: from home straight to the function, from anywhere else over exactly one hop. */
export function routingOf({ stage, aws, linked }: Given): Routing {
  const all = linked.flatMap((one) => listeningOf(stage, one).map((listening) => ({ one, listening })));
  const hear = ({ one, listening }: (typeof all)[number]) => {
    const regions = regionsOf(listening, one, aws.region);
    const away = regions.filter((region) => region !== aws.region);
    const partner = isOfPartner(listening.pattern) ? aws.partners[one.id] : undefined;
    if (away.length > 0) refuseTokens(one, listening);
    const sent = sendersOf(one, listening, regions, aws);
    const accounts = [...(away.length > 0 || partner !== undefined ? [aws.account] : []), ...sent];
    return {
      direct: regions.includes(aws.region) ? [{ ...listening, region: aws.region }] : [],
      hops: [
        ...away.map((region) => ({ ...listening, region, bus: undefined })),
        ...(partner === undefined ? [] : [{ ...listening, region: aws.region, bus: partner }]),
      ],
      arriving: accounts.length === 0 ? [] : [{ ...listening, accounts }],
      sent: sentFrom(listening, regions, sent),
    };
  };
  const heard = all.map(hear);
  return {
    direct: heard.flatMap(({ direct }) => direct),
    hops: heard.flatMap(({ hops }) => hops),
    arriving: heard.flatMap(({ arriving }) => arriving),
    sent: heard.flatMap(({ sent }) => sent),
  };
}

const sentFrom = (listening: Listening, regions: readonly string[], senders: readonly string[]): readonly Sent[] =>
  senders.length === 0 ? [] : regions.map((region) => ({ ...listening, region }));

/** The regions in which a raw event may be left lying: each has a fence of its own. */
export function fencesOf({ direct, hops, arriving }: Routing, home: string): readonly string[] {
  const regions = [...direct, ...hops].map(({ region }) => region);
  return [...new Set([...(arriving.length > 0 ? [home] : []), ...regions])].sort();
}

/** The routes that some connector of this stage has patterns for. */
export const routesOf = (linked: readonly Linked[]) =>
  ROUTES.filter((route) => linked.some(({ connector }) => (connector.listens?.patterns[route] ?? []).length > 0));

/** The queue in which a route's events wait for their function, where they are worth it by the batch alone. */
export const lineOf = (route: Route) =>
  (Object.keys(queues) as (keyof typeof queues)[]).find((line) => queues[line] === routes[route]);

export const receiver = (stage: string, route: Route) => nameOn(stage, routes[route], route);

function listeningOf(stage: string, { id, connector, settings }: Linked): readonly Listening[] {
  const { listens } = connector;
  const all = ROUTES.flatMap((route) => (listens?.patterns[route] ?? []).map((pattern) => ({ route, pattern })));
  return all.map(({ route, pattern: whole }, n) => {
    const pattern = route === "usage" && settings["usage"] === "refused" ? onlyRefused(whole) : whole;
    if (Object.keys(pattern).length === 0)
      throw badInput("a rule without a pattern would hear everything", { connector: id });
    const called = nameOn(stage, id, String(n + 1));
    return { connector: id, route, pattern, called, state: stateOf(pattern), input: inputOf(id, listens?.handsOn) };
  });
}

/**
 * The event under the name of its connector. EventBridge knows the whole event as `aws.events.event.json`, without a path
 * (docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html); it is a value, so it stands unquoted.
 */
export function inputOf(connector: string, paths: readonly string[] | undefined): Input {
  if (paths === undefined)
    return { paths: {}, template: `{"connector":"${connector}","event":<aws.events.event.json>}` };
  const named = Object.fromEntries(paths.map((path, n) => [`p${n}`, path]));
  const event = nested(Object.entries(named).map(([name, path]) => [path.replace(/^[$][.]/, "").split("."), name]));
  return { paths: named, template: `{"connector":"${connector}","event":${event}}` };
}

type Leaf = readonly [path: readonly string[], name: string];

function nested(leaves: readonly Leaf[]): string {
  const [first] = leaves;
  if (first !== undefined && first[0].length === 0) return `<${first[1]}>`;
  const groups = new Map<string, Leaf[]>();
  for (const [[key = "", ...rest], name] of leaves) groups.set(key, [...(groups.get(key) ?? []), [rest, name]]);
  return `{${[...groups].map(([key, inner]) => `${JSON.stringify(key)}:${nested(inner)}`).join(",")}}`;
}

/** Of the calls those that AWS's services refused for want of a right; what else ends in these words the connector leaves. */
const onlyRefused = (pattern: EventPattern): EventPattern => ({
  ...pattern,
  detail: { ...(pattern["detail"] as EventPattern), errorCode: REFUSED.map((suffix) => ({ suffix })) },
});
const REFUSED = [
  ...["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Unauthorized", "UnauthorizedException"],
  "NotAuthorized",
];

/** In which regions AWS puts these events on the default bus: where the service is heard, where its settings say, or at home. */
function regionsOf({ route, pattern }: Listening, { settings }: Linked, home: string): readonly string[] {
  if (route === "usage") return ["bus", "refused"].includes(String(settings["usage"])) ? [home] : []; // every call of an account is very much
  const own = sourcesOf(pattern).filter(
    (one): one is string => typeof one === "string" && one.startsWith("aws.") && !one.startsWith(PARTNER),
  );
  const region = typeof settings["region"] === "string" ? settings["region"] : home;
  return [...new Set(own.map((source) => heardIn[source] ?? region))].sort();
}

/** Of usage nothing takes a hop: each forwarded call would cost twice what it costs to count it. Nor does what can carry a live token. */
const sendersOf = (
  { connector }: Linked,
  { route }: Listening,
  regions: readonly string[],
  { accounts }: Given["aws"],
): readonly string[] =>
  regions.length === 0 || route === "usage" || connector.listens?.handsOn !== undefined
    ? []
    : accounts.map(({ id }) => id);

/** What may not be handed on whole cannot take a hop: a bus takes no transformer. */
function refuseTokens({ id, connector }: Linked, { route }: Listening): void {
  if (connector.listens?.handsOn === undefined) return;
  throw badInput("these events can carry live tokens, and a hop would hand them on whole", { connector: id, route });
}
