import type { Choice } from "@leasehold/core/connector";
import { PEOPLE } from "./people.ts";

/** What a simulated person presses when they are asked. Shown as simulated wherever it appears. */
export interface SimulatedAnswer {
  readonly simulated: true;
  readonly custodian: string; // e-mail
  readonly about: { readonly identity?: string; readonly credential?: string }; // name of the holder, type of credential; all that is named must fit
  readonly choice: Choice;
  readonly afterHours: number; // from the instant that the desk took the question
  readonly to?: string; // transfer: e-mail
}

/** Who answers at all. Grace reads nothing about Sue's agents, and nobody answers for Nia: silence is part of the story. */
export const answers: readonly SimulatedAnswer[] = [
  {
    ...{ simulated: true, custodian: PEOPLE.leo.email, choice: "retire", afterHours: 2 },
    about: { identity: "Meeting Notes AI", credential: "oauth grant" },
  },
];

/** What this custodian will press for an item; undefined where they stay silent. */
export function answerFor(
  custodian: string,
  item: { readonly identity: string; readonly credential: string },
  table: readonly SimulatedAnswer[] = answers,
): SimulatedAnswer | undefined {
  return table.find(
    ({ custodian: who, about }) =>
      who === custodian &&
      (about.identity === undefined || nameOf(item.identity) === about.identity) &&
      (about.credential === undefined || item.credential === about.credential),
  );
}

/** An IAM user is known by its ARN, an application by its label. */
const nameOf = (identity: string) =>
  identity.startsWith("arn:") ? identity.slice(identity.lastIndexOf("/") + 1) : identity;
