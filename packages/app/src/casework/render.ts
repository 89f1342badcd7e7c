import { wordFor } from "@leasehold/core/attribution";
import type { Decision } from "@leasehold/core/casework";
import type { Choice, Message, MessageItem, Plan } from "@leasehold/core/connector";
import type { AccountId, Instant } from "@leasehold/core/kernel";
import { nextOf, type WindDown } from "@leasehold/core/winddown";
import type { People } from "../question/index.ts";
import type { Looked } from "../winddown/index.ts";

/** What a message shows of one wind-down. Plain words; never a secret, a key, or why somebody left. */
export interface Shown {
  readonly windDown: WindDown;
  readonly looked: Looked;
  readonly ifSilent: "nothing" | "goes down";
}

/** Of whom a message speaks: of one who left, or of one who moved and is still there. */
export interface About {
  readonly account: AccountId;
  readonly moved: boolean;
  readonly orphan?: boolean; // of nobody: it is about one credential
  readonly leaked?: boolean;
}

export async function messageOf(
  people: People,
  { id, custodian, until }: Pick<Decision, "id" | "custodian" | "until">,
  about: About,
  shown: readonly Shown[],
  state: Message["state"],
): Promise<Message> {
  if (about.orphan) return aboutOne({ id, until, to: await addressee(people, custodian), about, shown, state });
  const whose = (await nameOf(people, about.account)) ?? (about.moved ? "somebody who moved" : "somebody who left");
  return {
    key: id,
    to: await addressee(people, custodian),
    title: `Decide what becomes of ${count(shown.length)} of ${whose}`,
    why: about.moved
      ? whyMoved(whose)
      : `You are asked because you answer for what ${whose} leaves behind, or were named for it.`,
    deadline: state === "closed" ? undefined : until,
    items: shown.map((one) => itemOf(one, until)),
    state,
  };
}

interface OfOne {
  readonly id: string;
  readonly until: Instant;
  readonly to: Message["to"];
  readonly about: About;
  readonly shown: readonly Shown[];
  readonly state: Message["state"];
}

function aboutOne({ id, until, to, about: { leaked }, shown, state }: OfOne): Message {
  return {
    ...{ key: id, to, state, items: shown.map((one) => itemOf(one, until)) },
    title: leaked
      ? "Leaked: decide now what becomes of one credential"
      : "Decide what becomes of one credential without an owner",
    why: leaked
      ? "A source says that this credential is known to others. You are asked because it is yours, because you answer for whoever owns it, or as security; whoever answers first decides. Nothing is switched off without an answer, unless it says so below."
      : "Nobody in good standing owns this credential. You are asked because it may be yours, or because you were named for what is nobody's.",
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
    to: await addressee(people, custodian),
    title: `${count(told.items)} of ${whose}: whoever manages ${whose} now is asked`,
    why: `You managed ${whose} before. ${asked.join(" and ")} was asked to look at ${count(told.items)}. Nothing was switched off, and nothing is asked of you.`,
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}
interface Told {
  readonly account: AccountId; // the mover
  readonly items: number;
  readonly asked: readonly AccountId[];
}

const addressee = async (people: People, account: AccountId): Promise<Message["to"]> => ({
  ...{ account, name: (await nameOf(people, account)) ?? "", email: await emailOf(people, account) },
});

const count = (n: number) => (n === 1 ? "one credential" : `${n} credentials`);

function itemOf({ windDown, looked, ifSilent }: Shown, until: Instant): MessageItem {
  const { facts } = looked.node.value.subject;
  const { standing, plan } = looked.view;
  const last = facts["lastUsed"]?.value ?? "unknown";
  return {
    item: windDown.id,
    title: `${facts["type"]?.value ?? "credential"} of ${shortName(looked.identity)}`,
    lines: [
      `Reach: ${facts["reach"]?.value ?? "unknown"}. Last use listed: ${last}${standing.inUse === true ? "; in use: called within 30 days" : ""}.`,
      ...scopesOf(facts["scopes"]?.value),
      `Owner: ${wordFor(standing.confidence)}. Details: leasehold who ${windDown.credential}`,
      ...(windDown.closed ? [] : ahead(windDown, plan, ifSilent, until)),
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

const silenceSays = (ifSilent: Shown["ifSilent"], until: Instant) =>
  ifSilent === "goes down"
    ? `If nobody answers by ${until} it is switched off. It can be switched on again.`
    : "If nobody answers nothing is switched off, and the next person is asked.";

/** What may happen next, and what it would cost to take back. */
function ahead(
  windDown: WindDown,
  plan: Plan | undefined,
  ifSilent: Shown["ifSilent"],
  until: Instant,
): readonly string[] {
  return [
    silenceSays(ifSilent, until),
    ...(plan?.alsoAffects.length ? [`Also affects: ${plan.alsoAffects.join(", ")}.`] : []),
    ...(plan?.refusals ?? []),
    WAYS_BACK[nextOf(windDown)?.reversibility ?? "none"],
  ];
}

const WAYS_BACK = {
  R1: "Switching it off can be undone.",
  R2: "Undoing it needs somebody to consent again.",
  R3: "Deleting it cannot be undone.",
  none: "We cannot switch it off: somebody must, by hand.",
} as const;

function choicesFor({ rung, snoozed }: WindDown): readonly Choice[] {
  return [
    "retire",
    "keep",
    "transfer",
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

async function nameOf(people: People, account: AccountId): Promise<string | undefined> {
  const { accounts } = await people.cluster(account);
  for (const one of accounts) {
    const name = (await people.subject(one))?.facts["name"]?.value;
    if (name !== undefined) return name;
  }
  return undefined;
}

async function emailOf(people: People, account: AccountId): Promise<string | undefined> {
  const { accounts } = await people.cluster(account);
  for (const one of accounts) {
    const email = (await people.subject(one))?.facts["email"]?.value;
    if (email !== undefined) return email;
  }
  return undefined;
}
