import { type Clock, unavailable } from "@leasehold/core/kernel";
import type { Live, Memory, Simulator } from "../../kit/index.ts";
import { type Api, connect } from "./api.ts";
import { ACCOUNT, PASSWORD, type Sent, smtpServer } from "./simulated-server.ts";
import { PERMISSION } from "./smtp.ts";

/** The mailboxes as plain JSON. */
export interface World {
  readonly mailboxes: readonly string[];
  readonly mails: readonly Sent[];
}

export const empty: World = { mailboxes: [], mails: [] };

const SAMPLE: World = { mailboxes: ["grace@example.com", "sam@example.com"], mails: [] };

/** A submission server, and the mailboxes behind it. */
export const simulator: Simulator<Api, World> = { sample: { world: SAMPLE }, live };

function live(memory: Memory<World>, clock: Clock): Live<Api> & { readonly calls: string[] } {
  const world = () => memory.get() ?? empty;
  const calls: string[] = [];
  const settings = { host: "mail.example.com", port: 587, from: "leasehold@example.com", account: ACCOUNT } as const;
  const dial = async () => {
    calls.push(PERMISSION);
    if (running.mood === "unreachable") throw unavailable("email");
    const { mood } = running;
    const took = (mail: Sent) => memory.set({ ...world(), mails: [...world().mails, mail] });
    return smtpServer({ mailboxes: world().mailboxes, refuses: mood === "refusing", busy: mood === "busy", took });
  };
  const more = { passwordName: "email.password", stage: undefined };
  const running: Live<Api> & { readonly calls: string[] } = {
    api: connect({ ...settings, ...more }, async () => PASSWORD, clock, dial),
    calls,
    mood: "willing",
    absorb: () => {}, // nothing that happens elsewhere changes a mailbox
  };
  return running;
}
