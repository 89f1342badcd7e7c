import { wordFor } from "@leasehold/core/attribution";
import type { Decision } from "@leasehold/core/casework";
import { type Choice, leftOn, type Message, type MessageItem } from "@leasehold/core/connector";
import { type AccountId, type Instant, localTime } from "@leasehold/core/kernel";
import { nextOf, type WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import type { Looked } from "../winddown/index.ts";

/** What a message shows of one wind-down. Plain words; never a secret, a key, or why somebody left. */
export interface Shown {
  readonly windDown: WindDown;
  readonly looked: Looked;
  readonly ifSilent: "nothing" | "goes down";
  readonly reasons: readonly string[]; // why it is taken to be its owner's, each a sentence
  readonly noRoom?: readonly string[]; // that its identity can be given no other, each a sentence
  readonly affected: readonly string[]; // what else goes down with it, each a part of a sentence
}

/** Of whom a message speaks: of one who left, or of one who moved and is still there. */
export interface About {
  readonly account: AccountId;
  readonly moved: boolean;
  readonly orphan?: boolean; // of nobody: it is about one credential
  readonly leaked?: boolean;
  readonly drill?: boolean; // of a canary that is nobody's
  readonly timeZone: string; // where no directory says the reader's own
}

export async function messageOf(
  people: People,
  decision: Pick<Decision, "id" | "custodian" | "until" | "why">,
  about: About,
  shown: readonly Shown[],
  state: Message["state"],
): Promise<Message> {
  const message = await real(people, decision, about, shown, state);
  return about.drill ? { ...message, title: `Drill: ${message.title}`, why: `${DRILL} ${message.why}` } : message;
}

const DRILL =
  "This is a drill: nobody has left, and the credential is a canary on which nothing depends. Answer as you would, or not at all.";

async function real(
  people: People,
  { id, custodian, until, why }: Pick<Decision, "id" | "custodian" | "until" | "why">,
  about: About,
  shown: readonly Shown[],
  state: Message["state"],
): Promise<Message> {
  const whose = (await nameOf(people, about.account)) ?? (about.moved ? "somebody who moved" : "somebody who left");
  const to = await addressee(people, custodian, about.timeZone);
  const by = localTime(until, to.timeZone);
  const items = await Promise.all(shown.map(async (one) => itemOf(one, by, await wishLines(people, one.windDown))));
  if (about.orphan) return aboutOne({ id, until, to, why: await whyYou(people, ITS_OWNER, why), about, items, state });
  return {
    key: id,
    to,
    title: `Decide what becomes of ${count(shown.length)} of ${whose}`,
    why: about.moved ? whyMoved(whose) : await whyYou(people, whose, why),
    deadline: state === "closed" ? undefined : until,
    ...{ items, state },
  };
}

interface OfOne {
  readonly id: string;
  readonly until: Instant;
  readonly to: Message["to"];
  readonly why: string;
  readonly about: About;
  readonly items: readonly MessageItem[];
  readonly state: Message["state"];
}

const ITS_OWNER = "its owner";

function aboutOne({ id, until, to, why, about: { leaked }, items, state }: OfOne): Message {
  return {
    ...{ key: id, to, state, items },
    title: leaked
      ? "Leaked: decide now what becomes of one credential"
      : "Decide what becomes of one credential without an owner",
    why: leaked
      ? `A source says that this credential is known to others. ${why} Its owner and security are asked at once, and whoever answers first decides.`
      : `Nobody in good standing owns this credential. ${why}`,
    deadline: state === "closed" ? undefined : until,
  };
}

const whyMoved = (whose: string) =>
  `${whose} has another manager or team. You are asked because you answer for ${whose} now, or were named for it: look whether each of these should go on, and in whose hands. ${whose} is still there, so silence switches nothing off.`;

/** To whoever managed the mover before: told, and asked nothing. */
export async function noticeOf(
  people: People,
  { id, custodian }: Pick<Decision, "id" | "custodian">,
  told: Told,
): Promise<Message> {
  const whose = (await nameOf(people, told.account)) ?? "somebody who moved";
  const asked = await Promise.all(told.asked.map(async (one) => (await nameOf(people, one)) ?? "somebody else"));
  return {
    key: id,
    to: await addressee(people, custodian, told.timeZone),
    title: `${count(told.items)} of ${whose}: whoever manages ${whose} now is asked`,
    why: `You managed ${whose} before. ${asked.join(" and ")} was asked to look at ${count(told.items)}. Nothing was switched off, and nothing is asked of you.`,
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}
interface Told {
  readonly account: AccountId; // the mover
  readonly timeZone: string;
  readonly items: number;
  readonly asked: readonly AccountId[];
}

export async function addressee(people: People, account: AccountId, otherwise: string): Promise<Message["to"]> {
  const name = (await factOf(people, account, "name")) ?? "";
  const timeZone = (await factOf(people, account, "timeZone")) ?? otherwise;
  return { account, name, email: await factOf(people, account, "email"), timeZone };
}

/** Who was passed over is said; that somebody is on leave or suspended is nobody else's business. */
async function whyYou(people: People, whose: string, why: Decision["why"]): Promise<string> {
  const said = WHY[why?.as ?? "unknown"](whose);
  const over = (why?.skipped ?? []).map(async ({ account, because }) => {
    const name = (await nameOf(people, account)) ?? "somebody whom no directory names";
    return `${name} (${because === LEFT_TOO ? LEFT_TOO : "cannot be asked now"})`;
  });
  const skipped = await Promise.all(over);
  return skipped.length === 0 ? said : `${said} Not asked: ${skipped.join(", ")}.`;
}

const LEFT_TOO = "has left too";

const WHY = {
  offered: (whose: string) =>
    `You are offered what was ${whose}'s. Keep it, and it is yours; say nothing for a day, and it goes back to whoever offered it.`,
  manager: (whose: string) => `You are asked because you managed ${whose}.`,
  next: (whose: string) => `You are asked because you are next above whoever managed ${whose}.`,
  last: (whose: string) => `You are asked because you are named for what nobody else answers for, and ${whose} had it.`,
  owner: () => "You are asked because it is yours.",
  security: () => "You are asked as security.",
  unknown: (whose: string) => `You are asked because you answer for what ${whose} leaves behind, or were named for it.`,
} as const;

const count = (n: number) => (n === 1 ? "one credential" : `${n} credentials`);

/** It is no answer: the question beside it is as open as before. */
async function wishLines(people: People, { wishes = [] }: WindDown): Promise<readonly string[]> {
  const names = await Promise.all(wishes.map(async ({ account }) => (await nameOf(people, account)) ?? "somebody"));
  return names.length === 0 ? [] : [`Wish: move to short-lived, by ${names.join(" and ")}. It is no answer yet.`];
}

function itemOf(shown: Shown, until: string, wishes: readonly string[]): MessageItem {
  const { windDown, looked, reasons, noRoom = [] } = shown;
  const { facts } = looked.node.value.subject;
  const { standing } = looked.view;
  const last = facts["lastUsed"]?.value ?? "unknown";
  return {
    item: windDown.id,
    title: `${facts["type"]?.value ?? "credential"} of ${shortName(looked.identity)}`,
    lines: [
      `Reach: ${facts["reach"]?.value ?? "unknown"}. Last use listed: ${last}${standing.inUse === true ? "; in use: called within 30 days" : ""}.`,
      ...scopesOf(facts["scopes"]?.value),
      [`Owner: ${wordFor(standing.confidence)}.`, ...reasons, `Details: leasehold who ${windDown.credential}`].join(
        " ",
      ),
      ...(windDown.closed || noRoom.length === 0 ? [] : [noRoom.join(" ")]),
      ...wishes,
      ...(windDown.closed ? [] : ahead(shown, until)),
    ],
    choices: windDown.closed ? [] : choicesFor(windDown),
    state: stateOf(windDown),
  };
}

const shortName = (name: string | undefined) => name?.split("/").at(-1) ?? "an unknown identity";

/** What a grant lets its application do, in the provider's words. */
function scopesOf(scopes: string | undefined): readonly string[] {
  const all = scopes === undefined ? [] : (JSON.parse(scopes) as readonly string[]);
  return all.length === 0
    ? []
    : [`Scopes: ${all.slice(0, MOST_SCOPES).join(", ")}${all.length > MOST_SCOPES ? ", …" : ""}.`];
}

const MOST_SCOPES = 8;

const silenceSays = (ifSilent: Shown["ifSilent"], until: string) =>
  ifSilent === "goes down"
    ? `If nobody answers by ${until} it is switched off. It can be switched on again.`
    : "If nobody answers nothing is switched off, and the next person is asked.";

/** What may happen next, and what it would cost to take back. */
function ahead({ windDown, looked, ifSilent, affected }: Shown, until: string): readonly string[] {
  const { plan } = looked.view;
  const left = leftOn(plan?.wanted);
  return [
    silenceSays(ifSilent, until),
    ...(affected.length > 0 ? [`Also affects: ${affected.join(", ")}.`] : []),
    ...(left === undefined ? [] : [`Left on: ${left}.`]),
    ...(plan?.refusals ?? []),
    WAYS_BACK[nextOf(windDown)?.reversibility ?? "none"],
  ];
}

const WAYS_BACK = {
  R1: "Switching it off can be undone.",
  R2: "Undoing it needs somebody to consent again, or to start it again.",
  R3: "Deleting it cannot be undone.",
  none: "We cannot switch it off: somebody must, by hand.",
} as const;

function choicesFor({ rung, snoozed }: WindDown): readonly Choice[] {
  return [
    "retire",
    "keep",
    "transfer",
    ...(rung === "disabled" ? [] : (["migrate"] as const)),
    ...(snoozed ? [] : (["snooze"] as const)),
    ...(rung === "disabled" ? (["leave-off"] as const) : []),
  ];
}

const STATES = {
  flagged: "flagged: nothing was changed",
  quarantined: "quarantined: it authenticates and may do little",
  disabled: "switched off",
  deleted: "deleted",
} as const;

export function stateOf({ rung, closed, answer }: WindDown): string {
  const said = answer && !closed ? `, answered: ${answer.kind}` : "";
  return `${STATES[rung]}${closed ? `, closed: ${closed.as}` : said}`;
}

export const timeZoneOf = (people: People, account: AccountId) => factOf(people, account, "timeZone");

export const nameOf = (people: People, account: AccountId) => factOf(people, account, "name");

/** What the account itself says, and only then another of theirs: a name on the outside is whatever its holder likes. */
async function factOf(people: People, account: AccountId, name: "name" | "email" | "timeZone") {
  const { accounts } = await people.cluster(account);
  for (const one of [account, ...accounts]) {
    const said = (await people.subject(one))?.facts[name]?.value;
    if (said !== undefined) return said;
  }
  return undefined;
}
