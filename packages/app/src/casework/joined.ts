import type { Decision } from "@leasehold/core/casework";
import { BEFOREHAND, type Message, type Ticket } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import type { People } from "../question/index.ts";
import { type About, messageOf, type Shown } from "./render.ts";

/** What one case shows in a message. `live`: something of it is still asked here. */
export interface Section {
  readonly decision: Decision;
  readonly about: About;
  readonly shown: readonly Shown[];
  readonly live: boolean;
}

/** One message for what one or several cases ask of one person; each item says of which case it is, and why them. */
export async function messageOfAll(
  people: People,
  key: string,
  sections: readonly Section[],
  state: Message["state"],
): Promise<Message> {
  const each = await Promise.all(
    sections.map(async (one) => {
      const message = await messageOf(people, one.decision, one.about, one.shown, one.live ? state : "closed");
      const items = one.live ? message.items : message.items.map((item) => ({ ...item, choices: [] }));
      return { ...message, items };
    }),
  );
  const [first] = each;
  if (first === undefined) throw new Fault("Unexpected", "a message about no case", { key });
  const rest = restOf(sections, state);
  const also = { key, state, ...(rest !== undefined && { rest }) };
  if (each.length === 1) return { ...first, ...also };
  const items = each.flatMap((one) => one.items.map((item) => ({ ...item, under: `${one.title}. ${one.why}` })));
  return {
    ...{ to: first.to, items, ...also },
    title: `Decide what becomes of ${items.length} credentials, in ${each.length} cases`,
    why: "These are the questions of one day, in one message. Each part says why you are asked, and each is answered for itself.",
    deadline: each.flatMap(({ deadline }) => deadline ?? []).sort()[0],
  };
}

const LATER = "Others are asked about in a later message; until then silence does nothing to them.";

/** Before a desk has taken it nobody knows how much each of them shows. */
function restOf(sections: readonly Section[], state: Message["state"]): string | undefined {
  if (state === "closed") return undefined;
  const [first] = sections;
  const tickets = first?.decision.tickets ?? [];
  if (tickets.length === 0) return BEFOREHAND;
  const total = sections.reduce((sum, { shown }) => sum + shown.length, 0);
  const whole = tickets.find(({ shown }) => shown === undefined || shown >= total);
  const part = tickets.some(({ shown = total }) => shown < total);
  const where = whole && part ? [`All ${total} are in ${nameOf(whole)}.`] : [];
  const cut = sections.some(({ decision }) => decision.cut) ? [LATER] : [];
  return where.length + cut.length === 0 ? undefined : [...where, ...cut].join(" ");
}

const nameOf = ({ desk, ref }: Ticket): string => (ref["issue"] === undefined ? desk : `${desk} ${ref["issue"]}`);
