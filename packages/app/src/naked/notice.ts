import type { Message } from "@leasehold/core/connector";
import { type AccountId, derivedId, localTime } from "@leasehold/core/kernel";
import { addressee } from "../casework/index.ts";
import type { People } from "../question/index.ts";
import { few } from "../refused/index.ts";
import type { Whose } from "./whose.ts";

/** Told, and asked nothing. Its key is of what it tells, so that the same notice twice is one message. */
export async function noticeOf(
  people: People,
  account: AccountId,
  servers: readonly [Whose, ...Whose[]],
  otherwise: string,
): Promise<Message> {
  const to = await addressee(people, account, otherwise);
  const [{ finding, subject, instead }, ...others] = servers;
  const isOne = others.length === 0;
  const said = servers.map((one) => `${nameIn(one)} (since ${sinceOf(one, to.timeZone)})`);
  const them = isOne ? "its tools with the credentials that it holds" : "their tools with the credentials they hold";
  return {
    key: derivedId("dec", "naked", account, ...servers.map((one) => `${one.finding.id}@${one.finding.at}`).sort()),
    to,
    title: `Critical: ${isOne ? "an MCP server asks" : `${servers.length} MCP servers ask`} nobody who calls`,
    why: [
      `${few(said)}: whoever finds the address calls ${them}.`,
      `What to do: ${finding.remedy}`,
      instead === undefined
        ? `You are told because you answer for ${isOne ? "it" : "them"}: leasehold who ${subject.id}.`
        : `You are told in the owner's place: leasehold who ${subject.id}.`,
      "Nothing was switched off, and nothing is asked of you.",
    ].join(" "),
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}

const nameIn = ({ subject: { id, facts } }: Whose): string => facts["name"]?.value ?? id;

const sinceOf = ({ finding, instead }: Whose, timeZone: string): string =>
  [localTime(finding.at, timeZone), ...(instead === undefined ? [] : [instead])].join("; ");
