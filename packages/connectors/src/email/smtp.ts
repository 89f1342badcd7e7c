import { unknownHere } from "@leasehold/core/connector";
import { denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import type { Mail } from "./mail.ts";
import type { Wire } from "./wire.ts";

/** What the account must be allowed to do; a server has no names for its rights. */
export const PERMISSION = "SMTP AUTH";

export interface Sender {
  readonly account: string;
  readonly password: string;
  readonly from: string;
}

const LONGEST = 65_536; // characters of one reply

/**
 * Hands one mail to a submission server (RFC 5321, 3207, 4954): TLS or nothing, signed in or nothing. Returns when the server
 * has taken the mail upon itself, which is its 250 after the text.
 */
export async function deliver(dial: () => Promise<Wire>, sender: Sender, mail: Mail): Promise<void> {
  let wire = await dial();
  try {
    await expected(wire, [220]);
    let offers = await hello(wire);
    if (!wire.secured) {
      if (!offers.has("STARTTLS")) throw noTls();
      await said(wire, "STARTTLS", [220]);
      wire = await wire.secure();
      offers = await hello(wire); // what was offered before TLS counts for nothing
    }
    await signIn(wire, offers, sender);
    await said(wire, `MAIL FROM:<${sender.from}>`, [250]);
    await said(wire, `RCPT TO:<${mail.to}>`, [250, 251], mail.account);
    await said(wire, "DATA", [354]);
    await said(wire, `${mail.text}\r\n.`, [250]);
    await wire.write("QUIT\r\n").catch(() => {}); // it has been taken: what comes after changes nothing
  } finally {
    wire.close();
  }
}

/** A server that does not offer it may be one that somebody put in between: no name and no password goes there. */
const noTls = () =>
  new Fault("Unexpected", "the mail server offers no TLS, so nothing was sent", { provider: "email" });

async function hello(wire: Wire): Promise<ReadonlyMap<string, string>> {
  const { lines } = await said(wire, "EHLO leasehold.invalid", [250]);
  return new Map(
    lines.slice(1).map((line) => {
      const [word = "", ...rest] = line.trim().toUpperCase().split(/\s+/);
      return [word, rest.join(" ")];
    }),
  );
}

async function signIn(wire: Wire, offers: ReadonlyMap<string, string>, { account, password }: Sender): Promise<void> {
  const ways = (offers.get("AUTH") ?? "").split(" ");
  if (ways.includes("PLAIN")) {
    await said(wire, `AUTH PLAIN ${base64(`\0${account}\0${password}`)}`, [235]);
  } else if (ways.includes("LOGIN")) {
    await said(wire, "AUTH LOGIN", [334]);
    await said(wire, base64(account), [334]);
    await said(wire, base64(password), [235]);
  } else throw denied("email", PERMISSION);
}

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

async function said(wire: Wire, line: string, wanted: readonly number[], recipient?: string): Promise<Reply> {
  await wire.write(`${line}\r\n`);
  return expected(wire, wanted, recipient);
}

interface Reply {
  readonly code: number;
  readonly lines: readonly string[]; // without their codes
}

async function expected(wire: Wire, wanted: readonly number[], recipient?: string): Promise<Reply> {
  const reply = await replyOf(wire);
  if (wanted.includes(reply.code)) return reply;
  throw faultOf(reply, recipient);
}

/** One reply, of one or several lines; more than one is somebody who talks ahead, and no SMTP server. */
async function replyOf(wire: Wire): Promise<Reply> {
  let text = "";
  while (!/^\d{3}(?: [^\n]*)?\r?\n/m.test(text)) {
    const more = await wire.read();
    if (more === "") throw unavailable("email");
    text += more;
    if (text.length > LONGEST) throw notSmtp();
  }
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const code = Number(lines.at(-1)?.slice(0, 3));
  const isOne = lines.every(
    (line, n) => line.startsWith(String(code)) && (n === lines.length - 1) === (line[3] !== "-"),
  );
  if (!isOne) throw notSmtp();
  return { code, lines: lines.map((line) => line.slice(4)) };
}

const notSmtp = () => new Fault("Unexpected", "the mail server answered in another shape", { provider: "email" });

const NO_MAILBOX = /^5[.]1[.][0-3]\b/; // RFC 3463: bad destination mailbox or system address

/** The server's words stay there: they may quote what was sent. Its code and its extended code say what to do. */
function faultOf({ code, lines }: Reply, recipient: string | undefined): Fault {
  const extended = lines.at(-1) ?? "";
  if (
    recipient !== undefined &&
    [550, 551, 553].includes(code) &&
    (NO_MAILBOX.test(extended) || !/^5[.]/.test(extended))
  )
    return unknownHere("email", recipient);
  if ([530, 534, 535, 538].includes(code) || /^5[.]7[.]/.test(extended)) return denied("email", PERMISSION);
  if ([450, 451, 452].includes(code)) return throttled("email");
  if (code >= 400 && code < 500) return unavailable("email");
  return new Fault("Unexpected", "the mail server refused the mail", { provider: "email", code });
}
