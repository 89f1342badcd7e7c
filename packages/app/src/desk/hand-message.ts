import type { Frozen, HandId, Lifted, Window } from "@leasehold/core/brake";
import type { Message } from "@leasehold/core/connector";
import { digest, localTime } from "@leasehold/core/kernel";
import { handIdOf } from "../brake/index.ts";

/** A person's hand on the brake, as a message shows it: there, or taken off again. */
export interface HandShown {
  readonly id: HandId;
  readonly hand: Frozen;
  readonly lifted: Lifted["lifted"] | undefined;
}

export const isHand = (id: string): id is HandId => id.startsWith("hnd_");

export function handIn({ frozen, last }: Window, id: HandId): HandShown | undefined {
  if (frozen !== undefined && handIdOf(frozen) === id) return { id, hand: frozen, lifted: undefined };
  return last !== undefined && handIdOf(last) === id ? { id, hand: last, lifted: last.lifted } : undefined;
}

export const handToken = ({ id, lifted }: HandShown): string => digest([id, lifted?.at ?? ""]);

interface To extends Pick<Message, "key" | "to"> {
  readonly named: (account: string) => Promise<string>;
}

/** For each of security: whose hand it is, why, and the one button. */
export async function handMessage({ id, hand, lifted }: HandShown, { key, to, named }: To): Promise<Message> {
  const since = localTime(hand.at, to.timeZone);
  const by = hand.by === "terminal" ? "whoever sits at the laptop" : await named(hand.by);
  return {
    ...{ key, to, deadline: undefined, state: lifted ? "closed" : "open" },
    title: "The brake is on",
    why: "You are of security. Nothing is acted, also on a yes, until one of security takes the hand off. Undo and messages go on.",
    items: [
      {
        ...{ item: id, title: `On since ${since}` },
        lines: [
          `Put on by ${by}: ${hand.because}`,
          "Find out why before you take it off. What was counted stays counted, and what is held stays held.",
        ],
        choices: lifted ? [] : ["release"],
        state: lifted ? `taken off by ${await named(lifted.by)} at ${localTime(lifted.at, to.timeZone)}` : "on",
      },
    ],
  };
}
