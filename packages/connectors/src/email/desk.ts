import type { Desk, Message, Ticket } from "@leasehold/core/connector";
import type { Api } from "./api.ts";
import { mailOf, shownOf } from "./mail.ts";
import { PERMISSION } from "./smtp.ts";

/**
 * A mail is neither edited nor taken back, and no click comes from it: there is nothing in it that could prove one. So a
 * crash at the wrong moment sends it twice, under one Message-ID.
 */
export const desk: Desk<Api> = { permissions: [PERMISSION], ask, edit, withdraw: async () => 0 };

async function ask(api: Api, message: Message): Promise<Ticket> {
  await send(api, message);
  const shown = shownOf(message);
  return { desk: "email", ref: { key: message.key }, ...(shown < message.items.length && { shown }) };
}

/** A second mail only for what the first one's reader must know: that nothing is asked any more, and what came of each. */
async function edit(api: Api, _ticket: Ticket, message: Message): Promise<void> {
  if (message.state === "closed" && message.items.length > 0) await send(api, message);
}

const send = (api: Api, message: Message) =>
  api.send(mailOf(message, { from: api.from, stage: api.stage, at: api.now() }));
