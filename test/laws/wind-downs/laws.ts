import { type CredentialId, later, type WindDownId } from "@leasehold/core/kernel";
import type { Chronicle, Happened, Of } from "./chronicle.ts";
import {
  credentialOf,
  isAgainst,
  isDeparted,
  isSame,
  isSurelyDeparted,
  modeIn,
  nameOf,
  ourEffects,
  ownerOf,
  standing,
  type Told,
  windDownsOf,
} from "./model.ts";
import { CREDENTIALS, MANAGERS } from "./town.ts";

/** What is wrong with an effect, or nothing. Each stands for a sentence of the protocol. */
type Law = (seen: Chronicle, told: Told) => string | undefined;

const onSilence = ({ effect, voices }: Told) => effect.down && voices.length === 0;

/** "On silence only R1. R2 and R3 need a person's answer to that item, given after the rung above was reached." */
const nothingFinalOnSilence: Law = (_seen, told) =>
  told.effect.cost !== "R1" && onSilence(told) ? `${told.effect.cost} without a yes` : undefined;

/** "R3 needs the grace: at least 168 h standing disabled by an R1 act without a break; where there is no R1 way: two people, one from security." */
const nothingFinalEarly: Law = (seen, { effect, voices }) => {
  if (effect.cost !== "R3") return undefined;
  if (kindOf(effect.credential) === "bare") {
    const speakers = new Set(voices.map(({ speaker }) => nameOf(speaker)));
    return speakers.size > 1 && speakers.has("sam") ? undefined : "final, without two people of whom one is security";
  }
  const last = touches(seen, effect.credential, effect.n).at(-1);
  const stood = last?.what === "effect" && last.verb === "disable" && last.down && later(last.at, 168) <= effect.at;
  return stood || foundOff(seen, effect) ? undefined : "deleted before it stood switched off for 168 hours";
};

/** Somebody's hand had switched it off before us: the act changed nothing, and it has stood so since the receipt all the same. */
function foundOff(seen: Chronicle, { credential, n, at }: Told["effect"]): boolean {
  const last = touches(seen, credential, n).at(-1);
  if (last?.what !== "hand" || last.after?.["status"] !== "Inactive") return false;
  const its = windDownsOf(seen, credential);
  return seen
    .of("entry")
    .some(
      ({ windDown, did, facts, n: of, at: since }) =>
        its.includes(windDown) &&
        did === "act.done" &&
        facts["to"] === "disabled" &&
        of > last.n &&
        of < n &&
        later(since, 168) <= at,
    );
}

/** "Only a confirmed departure, still true when read live at the moment of the act, may be acted on in silence." */
const noSilenceAboutTheActive: Law = (seen, told) => {
  const owner = ownerOf(seen, told.effect.credential, told.began);
  if (!onSilence(told) || isDeparted(seen, owner, told.began, told.effect.n)) return undefined;
  return `${owner} has not left, as their directory says`;
};

/** "Over a limit every plan freezes before its next act"; "security's is not braked" where something has leaked. */
const nothingWhileBraked: Law = (seen, { effect, looked, voices }) => {
  if (!effect.down || isUrgent(seen, effect, looked, voices)) return undefined;
  const brakes = seen.of("brake").filter(({ n }) => n < looked);
  if (brakes.findLast(({ as }) => as === "on" || as === "off")?.as === "on") return "a hand is on the brake";
  const released = new Set(brakes.flatMap((one) => (one.as === "released" ? [one.of] : [])));
  const trips = brakes.filter((one) => one.as === "tripped" && !released.has(one.of));
  return trips.length > 0 ? "the brake has tripped" : undefined;
};

const isUrgent = (seen: Chronicle, { credential }: Told["effect"], looked: number, voices: Told["voices"]): boolean =>
  seen.of("leaked").some((one) => one.credential === credential && one.n < looked) &&
  voices.some(({ speaker }) => nameOf(speaker) === "sam");

/** "After a restore of the store every executor starts frozen", until somebody has compared it with the providers. */
const nothingInARestoredStore: Law = (seen, { effect }) => {
  const since = seen.of("put back").findLast(({ n }) => n < effect.n)?.n;
  if (!effect.down || since === undefined) return undefined;
  const reconciled = seen.of("reconciled").some(({ n }) => n > since && n < effect.n);
  return reconciled ? undefined : "the store is an older copy, and nobody has reconciled it";
};

/** What was done, and is known to nobody any more, "may have been us": silence goes no further on it, until somebody has kept it. */
const noSilenceOnWhatWasLost: Law = (seen, told) => {
  if (!onSilence(told)) return undefined;
  const { credential, n } = told.effect;
  const found = seen.of("reconciled").find((one) => one.n < n && one.differs.includes(credential));
  const kept = seen
    .of("entry")
    .some(
      (one) =>
        one.n > (found?.n ?? n) &&
        one.n < n &&
        one.did === "wind-down.closed" &&
        one.facts["as"] === "kept" &&
        credentialOf(seen, one.windDown) === credential,
    );
  return found && !kept ? "silence, and what had been done before is lost" : undefined;
};

/** "A release covers only what it names, and expires"; "a backlog is held as one batch": but what was begun is let go on. */
const nothingOfWhoIsHeld: Law = (seen, told) => {
  const { effect, began, looked, voices } = told;
  const owner = ownerOf(seen, effect.credential, began);
  if (!effect.down || isUrgent(seen, effect, looked, voices) || ourActs(seen, effect).length > 0) return undefined;
  if (!isSurelyDeparted(seen, owner, began, effect.n)) return undefined;
  const verdict = seen
    .of("brake")
    .findLast((one) => "accounts" in one && one.n < began && one.accounts.some((account) => nameOf(account) === owner));
  if (verdict?.as !== "held") return undefined;
  const release = seen
    .of("brake")
    .findLast((one) => one.as === "released" && one.of === verdict.of && one.n < effect.n && one.covers >= verdict.nth);
  const stands = release?.as === "released" && effect.at <= later(release.until, 1 / 30);
  return stands ? undefined : `the departure of ${owner} is held by ${verdict.of}`;
};

/** "An answer stored before that look wins"; "a keep or hold outlasts everything but its end." */
const nothingAgainstAWord: Law = (_seen, { effect, stands }) =>
  effect.down && isAgainst(stands, effect.at) ? `somebody has said: ${stands.kind}` : undefined;

/** "A yes is to what was shown: one plan, its owner, and whether that one has left; a reinstatement voids it." */
const nothingOnAVoidYes: Law = (seen, { effect, windDown, voices, began }) => {
  const said = voices.at(-1)?.n;
  if (!effect.down || said === undefined) return undefined;
  const asked = seen
    .of("asked")
    .findLast(({ n, message: { items } }) => n < said && items.some(({ item }) => item === windDown));
  const owner = ownerOf(seen, effect.credential, began);
  const left = seen.of("told").find(({ person }) => person === owner)?.n;
  if (asked === undefined || left === undefined || ownerOf(seen, effect.credential, asked.n) !== owner)
    return undefined;
  const shownAsLeft = isSurelyDeparted(seen, owner, left + 2, asked.n); // the directory says so right after it was told
  const isHere = !isDeparted(seen, owner, began, effect.n);
  return shownAsLeft && isHere ? `${owner} is back, and the yes was to what was shown of one who had left` : undefined;
};

/** "Silence counts from the instant a desk accepted it, for at least four hours, and only where what it said holds"; "every act ends its question." */
const noSilenceUnasked: Law = (seen, told) => {
  const { effect, windDown } = told;
  if (!onSilence(told)) return undefined;
  const last = ourEffects(seen, effect.credential, effect.n).at(-1)?.n ?? -1;
  const lapsed = told.stands.until;
  const asked = seen
    .of("asked")
    .filter(
      ({ message: { state, items }, n, at }) =>
        state !== "closed" &&
        n > last &&
        n < effect.n &&
        later(at, 4) <= effect.at &&
        (lapsed === undefined || at >= lapsed) &&
        items.some(({ item, lines }) => item === windDown && lines.some((line) => line.includes("it is switched off"))),
    );
  return asked.length > 0 ? undefined : "nobody was asked, or the question did not say that silence does this";
};

/** "No act on silence outside staffed hours." */
const noSilenceAtNight: Law = (_seen, told) => {
  if (!onSilence(told)) return undefined;
  const at = new Date(told.effect.at);
  const [day, hour] = [at.getUTCDay(), at.getUTCHours()];
  return day > 0 && day < 6 && hour >= 8 && hour < 18 ? undefined : `on day ${day} at ${hour} h`;
};

/** "On silence an in-use credential stays flagged"; "in use = a call in the last 30 days, read again just before the act." */
const noSilenceInUse: Law = (seen, told) => {
  const used = seen.of("used").findLast(({ credential, n }) => credential === told.effect.credential && n < told.began);
  return onSilence(told) && used && later(used.at, 720) > told.effect.at ? "it is in use" : undefined;
};

/** "Silence never again acts on what was switched on again after us, undone, or left unknown, until its owner changes." */
const noSilenceTwice: Law = (seen, told) => {
  if (!onSilence(told)) return undefined;
  const its = windDownsOf(seen, told.effect.credential);
  const ended = ({ did, facts }: { did: string; facts: Readonly<Record<string, unknown>> }) =>
    did === "wind-down.reopened" ||
    did === "outcome.unknown" ||
    (did === "wind-down.closed" && facts["as"] === "undone");
  const all = seen.of("entry").filter(({ windDown, n }) => its.includes(windDown) && n < told.began);
  const bad = all.findLast(ended);
  const kept = all.findLast(({ did, facts }) => did === "wind-down.closed" && facts["as"] === "kept");
  return bad && (kept === undefined || kept.n < bad.n) ? `silence, after ${bad.did}` : undefined;
};

/** "observe: no intent but an undo, whatever anybody answered; ask: acts only on a person's yes." */
const nothingBeyondTheMode: Law = (seen, told) => {
  if (!told.effect.down) return undefined;
  const modes = modeIn(seen, told.began, told.effect.n);
  if (modes.every((mode) => mode === "observe")) return "the connector only observes";
  return onSilence(told) && !modes.includes("act") ? "silence, and the mode is not act" : undefined;
};

/** "An intent found open is never carried out"; the run that wrote it acts once, in its time. */
const onceForItsIntent: Law = (seen, { effect, intent, windDown }) => {
  if (intent === undefined || intent.intent.plan.token !== effect.token) return "done for no intent of its own";
  if (credentialOf(seen, windDown) !== effect.credential) return "done to another credential than was intended";
  if (seen.of("effect").some(({ by, n }) => by === effect.by && n > intent.n && n < effect.n))
    return "done twice for one intent";
  const closed = seen
    .of("entry")
    .find(
      ({ facts, n }) =>
        n > intent.n && n < effect.n && String(facts["intent"]).startsWith(`${windDown}/${intent.intent.version}/`),
    );
  if (closed) return `done after ${closed.did}`;
  return effect.at <= later(intent.intent.actBy, 30 / 3_600) ? undefined : "done after its time";
};

/**
 * "Undo restores the prior state; only our own acts; an adopted receipt is undone only on a person's yes"; "it is refused for what
 * somebody changed since". Only a person takes back what nobody knows of.
 */
const backOnlyWhatWasOurs: Law = (seen, { effect, windDown, stands }) => {
  if (effect.down) return undefined;
  const top = ourActs(seen, effect).at(-1);
  const ours = top && isSame(top.after, effect.before) && isSame(top.before, effect.after);
  const { adopted, doubt } = recorded(seen, windDown, effect.n);
  const wanted = standing(seen, windDown, effect.n);
  const byPerson = [stands, wanted].some(({ kind, person }) => person && (kind === "undo" || kind === "keep"));
  if (adopted || doubt) return byPerson ? undefined : "taken back, it may not have been ours, and no person wants it";
  return ours ? undefined : "taken back, and it was not ours";
};

/** Of the newest act that its trail says stands: whether it was adopted; and whether nobody knows what came of one since. */
function recorded(seen: Chronicle, windDown: WindDownId, before: number) {
  let acts: readonly boolean[] = [];
  let doubt = false;
  for (const { did, facts } of seen.of("entry").filter((one) => one.windDown === windDown && one.n < before)) {
    if (did === "act.done") acts = [...acts, facts["adopted"] === true];
    else if (did === "act.undone") acts = acts.slice(0, -1);
    else if (did === "wind-down.reopened") acts = [];
    else if (did !== "outcome.unknown") continue;
    doubt = did === "outcome.unknown";
  }
  return { adopted: acts.at(-1) === true, doubt };
}

/** Which of our acts on it still stood, oldest first: until somebody's hand was seen on it. */
function ourActs(seen: Chronicle, { credential, n }: Told["effect"]): readonly Told["effect"][] {
  const its = windDownsOf(seen, credential);
  const ended = seen.of("entry").findLast((one) => one.n < n && isReopened(one) && its.includes(one.windDown))?.n ?? -1;
  const since = ourEffects(seen, credential, n).filter((one) => one.n > ended);
  const stack: Told["effect"][] = [];
  for (const one of since)
    if (one.down) stack.push(one);
    else stack.pop();
  return stack;
}
const isReopened = ({ did }: { readonly did: string }) => did === "wind-down.reopened";

const ofEffects = {
  ...{ nothingFinalOnSilence, nothingFinalEarly, noSilenceAboutTheActive, nothingWhileBraked, nothingAgainstAWord },
  ...{ nothingOfWhoIsHeld, nothingOnAVoidYes },
  ...{ noSilenceUnasked, noSilenceAtNight, noSilenceInUse, noSilenceTwice, nothingBeyondTheMode },
  ...{ onceForItsIntent, backOnlyWhatWasOurs, nothingInARestoredStore, noSilenceOnWhatWasLost },
} as const satisfies Record<string, Law>;

export const brokenBy = (seen: Chronicle, told: Told): readonly string[] =>
  Object.entries(ofEffects).flatMap(([name, law]) => {
    const wrong = law(seen, told);
    return wrong === undefined ? [] : [`${name}: ${wrong}`];
  });

/**
 * "One message per person with only their items": whoever answers for the holder, who was offered it, and about a leak its owner
 * and security. Whom it was once rightly shown to is told there how it went on, whoever has it by then.
 */
export function onlyTheirItems(
  seen: Chronicle,
  { message, n, what }: Happened & { readonly what: "asked" | "edited" },
): readonly string[] {
  const to = message.to.email?.split("@")[0] ?? "nobody";
  const items = message.items.map(({ item }) => item);
  if (new Set(items).size < items.length) return [`onlyTheirItems: ${to} is shown one thing twice`];
  const asked = (item: string) =>
    what === "edited" &&
    seen
      .of("asked")
      .find(
        (one) =>
          one.n < n && one.message.to.email === message.to.email && one.message.items.some((it) => it.item === item),
      );
  return message.items.flatMap(({ item }) => {
    const credential = credentialOf(seen, item as `wdc_${string}`);
    if (credential === undefined) return [`onlyTheirItems: ${item} is nothing`];
    const since = asked(item);
    if (since && audience(seen, credential, since.n).has(to)) return [];
    return audience(seen, credential, n).has(to) ? [] : [`onlyTheirItems: ${to} sees ${credential}`];
  });
}

/** "The chain of custodians skips the departed": first of all whoever manages the one who left is asked, where they were always here. */
export function inTheirTurn(seen: Chronicle, { message, n }: Of<"asked">): readonly string[] {
  return message.items.flatMap(({ item }) => {
    const credential = credentialOf(seen, item as WindDownId);
    const holder = CREDENTIALS.find(({ id }) => id === credential)?.holder;
    const manager = holder && MANAGERS[holder];
    if (credential === undefined || manager === undefined || ownerOf(seen, credential, n) !== holder) return [];
    const was = (one: { readonly n: number }) => one.n < n;
    const others =
      seen.of("asked").some((one) => was(one) && one.message.items.some((it) => it.item === item)) ||
      seen.of("leaked").some((one) => was(one) && one.credential === credential) ||
      seen.of("entry").some((one) => was(one) && one.did === "answer.given" && one.windDown === item) ||
      [...seen.of("told"), ...seen.of("directory")].some((one) => was(one) && one.person === manager) ||
      !seen.of("told").some((one) => was(one) && one.person === holder && one.change === "left");
    const to = message.to.email?.split("@")[0];
    return others || to === manager ? [] : [`inTheirTurn: ${to} is asked of ${holder} first, and not ${manager}`];
  });
}

/** "Every question has a last custodian": nothing ends unanswered before somebody was asked since our last act, and had four hours. */
export function nothingEndsUnasked(seen: Chronicle, { windDown, did, facts, n, at }: Of<"entry">): readonly string[] {
  if (did !== "wind-down.closed" || (facts["as"] !== "bottom" && facts["as"] !== "unresolved")) return [];
  if (standing(seen, windDown, n).kind === "leave-off") return [];
  const acted =
    seen.of("entry").findLast((one) => one.windDown === windDown && one.n < n && one.did === "act.done")?.n ?? -1;
  const asked = seen
    .of("asked")
    .some(
      (one) =>
        one.n > acted && one.n < n && later(one.at, 4) <= at && one.message.items.some(({ item }) => item === windDown),
    );
  return asked ? [] : [`nothingEndsUnasked: ${windDown} ends as ${facts["as"]}`];
}

function audience(seen: Chronicle, credential: CredentialId, before: number): ReadonlySet<string> {
  const owner = ownerOf(seen, credential, before);
  const holder = CREDENTIALS.find(({ id }) => id === credential)?.holder ?? "nobody";
  const all = new Set([...above(holder), ...above(owner), "last"]);
  if (seen.of("leaked").some((one) => one.credential === credential && one.n < before)) all.add(owner).add("sam");
  if (owner !== holder) all.add(owner); // a review asks who kept it
  for (const { windDown, answer, n } of seen.of("entry"))
    if (n < before && answer?.kind === "keep" && credentialOf(seen, windDown) === credential)
      for (const name of withManagers(answer.newOwner)) all.add(name);
  return all;
}
const above = (name: string): readonly string[] => {
  const manager = MANAGERS[name];
  return manager === undefined ? [] : [manager, ...above(manager)];
};
const withManagers = (account: string): readonly string[] => {
  const name = nameOf(account);
  return name === undefined ? [] : [name, ...above(name)];
};

const kindOf = (credential: CredentialId) => CREDENTIALS.find(({ id }) => id === credential)?.kind;

const touches = (seen: Chronicle, credential: CredentialId, before: number) =>
  seen.all.filter(
    (one): one is Extract<Happened, { what: "effect" | "hand" }> =>
      (one.what === "effect" || (one.what === "hand" && !isSame(one.before, one.after))) &&
      one.credential === credential &&
      one.n < before,
  );
