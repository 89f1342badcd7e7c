import type { CaseId, CredentialId, Instant, WindDownId } from "../kernel/index.ts";
import type { Entry } from "../trail/index.ts";
import type { Acted, CaseStory, GateRead, ItemStory } from "./model.ts";

const OFF: readonly string[] = ["disabled", "deleted"];

/** What a wind-down's trail tells, entry by entry. An entry that is not known is passed over. */
export function itemStory(windDown: WindDownId, entries: readonly Entry[]): ItemStory {
  return entries.reduce(tell, {
    ...{ windDown, case: undefined, credential: undefined, connector: "unknown", type: "unknown", opened: undefined },
    ...{ rung: "flagged", questions: [], answers: [], wishes: [], acts: [] },
    ...{ askedAt: undefined, disabledAt: undefined, verifiedAt: undefined },
    ...{ undoAsked: undefined, closed: undefined, waits: undefined },
  });
}

function tell(story: ItemStory, entry: Entry): ItemStory {
  const { at, by } = entry;
  const fact = factIn(entry);
  switch (entry.did) {
    case "wind-down.opened":
      return {
        ...{ ...story, opened: at, connector: fact("connector", "unknown"), type: fact("type", "unknown") },
        case: (fact("case") || undefined) as CaseId | undefined,
        credential: (fact("credential") || undefined) as CredentialId | undefined,
      };
    case "question.wanted":
      return { ...story, waits: fact("because") };
    case "question.asked": {
      const asked = { at, of: fact("custodian"), until: fact("until"), ifSilent: fact("ifSilent") };
      return { ...story, askedAt: story.askedAt ?? at, questions: [...story.questions, asked] };
    }
    case "answer.given":
      return { ...story, answers: [...story.answers, { at, by, choice: fact("choice") }] };
    case "wish.given":
      return { ...story, wishes: [...story.wishes, { at, by }] };
    case "undo.asked":
      return { ...story, undoAsked: { at, by }, closed: undefined };
    case "wind-down.reopened":
      return { ...story, rung: "flagged", waits: fact("because") };
    case "wind-down.closed":
      return { ...story, closed: { as: fact("as"), at }, waits: undefined };
    case "credential.verified":
      return proven(story, at, fact("verdict"));
    default:
      return acted(story, entry);
  }
}

function acted(story: ItemStory, entry: Entry): ItemStory {
  const { at, did, facts } = entry;
  if (did !== "act.done" && did !== "act.undone" && did !== "outcome.unknown") return story;
  const to = factIn(entry)("to");
  const act: Acted = {
    ...{ at, verb: factIn(entry)("verb"), to, verdict: "not yet", provenAt: undefined },
    does: did === "act.undone" ? "undo" : "descend",
    how: did === "outcome.unknown" ? "outcome unknown" : facts["adopted"] === true ? "adopted" : "done",
  };
  const off = did === "act.done" && OFF.includes(to);
  return {
    ...{ ...story, acts: [...story.acts, act], waits: undefined },
    rung: did === "outcome.unknown" ? "flagged" : to,
    disabledAt: story.disabledAt ?? (off ? at : undefined),
  };
}

/** What is read back is the newest act. Dead is only what was switched off, and that only where the proof says so. */
function proven(story: ItemStory, at: Instant, verdict: string): ItemStory {
  const last = story.acts.at(-1);
  if (last === undefined) return story;
  const dead = last.does === "descend" && OFF.includes(last.to) && verdict === "confirmed";
  return {
    ...{ ...story, acts: story.acts.with(-1, { ...last, verdict, provenAt: at }) },
    verifiedAt: story.verifiedAt ?? (dead ? at : undefined),
  };
}

/** What a case's trail tells. */
export function caseStory(id: CaseId, entries: readonly Entry[]): CaseStory {
  const triggers = all(entries, "case.opened", "trigger.joined").map((entry) => {
    const fact = factIn(entry);
    return {
      ...{ kind: fact("trigger", "unknown"), subject: fact("subject") },
      occurredAt: fact("occurredAt", entry.at) as Instant,
      recordedAt: fact("recordedAt", entry.at) as Instant,
    };
  });
  const closing = entries.findLast(({ did }) => did === "case.closed" || did === "case.reopened");
  return {
    ...{ case: id, triggers, drill: triggers[0]?.kind === "drill" },
    gates: all(entries, "gate.read").map(gateRead),
    reinstated: all(entries, "person.reinstated").at(-1)?.at,
    asked: all(entries, "question.begun").map((entry) => ({ at: entry.at, of: factIn(entry)("custodian") })),
    closed: closing?.did === "case.closed" ? { at: closing.at, because: factIn(closing)("because") } : undefined,
  };
}

function gateRead(entry: Entry): GateRead {
  const fact = factIn(entry);
  const says = { says: fact("gate"), certainty: fact("certainty", "unknown"), because: fact("because") };
  return { at: entry.at, ...says, live: fact("live"), said: fact("said") };
}

const all = (entries: readonly Entry[], ...did: readonly string[]) => entries.filter((one) => did.includes(one.did));
const factIn =
  ({ facts }: Entry) =>
  (name: string, otherwise = ""): string =>
    String(facts[name] ?? otherwise);
