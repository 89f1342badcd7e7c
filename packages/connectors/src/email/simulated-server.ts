import type { Wire } from "./wire.ts";

export const ACCOUNT = "leasehold";
export const PASSWORD = "demo password";

export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly text: string; // as it came over the wire
}

export interface Serving {
  readonly mailboxes: readonly string[];
  readonly took: (mail: Sent) => void;
  readonly refuses?: boolean; // the account is not let in
  readonly busy?: boolean;
  readonly offers?: readonly string[]; // before TLS
  readonly ways?: string; // to sign in, under TLS
  readonly replies?: Readonly<Record<string, string>>; // to a verb, instead of its own
  readonly heard?: (line: string, secured: boolean) => void;
}

interface Talk {
  signedIn: boolean;
  from: string;
  to: string;
  data: string[] | undefined; // the lines of the mail, while it comes
  login: string[] | undefined; // what came since AUTH LOGIN
}

/** A submission server. It speaks TLS in name only: what is encrypted is the wire's matter. */
export function smtpServer(serving: Serving): Wire {
  const out = [serving.replies?.["greeting"] ?? "220 mail.example.com ESMTP\r\n"];
  const talk: Talk = { signedIn: false, from: "", to: "", data: undefined, login: undefined };
  const wire = (secured: boolean): Wire => ({
    secured,
    write: async (text) => {
      for (const line of text.split("\r\n").slice(0, -1)) {
        serving.heard?.(line, secured);
        const said = answerTo(line, secured, talk, serving);
        if (said !== undefined) out.push(`${said}\r\n`);
      }
    },
    read: async () => out.shift() ?? "",
    secure: async () => {
      out.length = 0;
      return wire(true);
    },
    close: () => {},
  });
  return wire(false);
}

function answerTo(line: string, secured: boolean, talk: Talk, serving: Serving): string | undefined {
  if (talk.data !== undefined) return dataLine(line, talk, talk.data, serving);
  if (talk.login !== undefined) return loginLine(line, talk, talk.login, serving);
  const [verb = ""] = line.split(" ", 1);
  return serving.replies?.[verb] ?? VERBS[verb]?.(line, talk, { ...serving, secured }) ?? "502 5.5.2 Not recognised";
}

type Verb = (line: string, talk: Talk, serving: Serving & { readonly secured: boolean }) => string;

const VERBS: Readonly<Record<string, Verb>> = {
  EHLO: (_line, _talk, { secured, ways = "PLAIN LOGIN", offers = ["STARTTLS"] }) => {
    const lines = ["mail.example.com", ...(secured ? [`AUTH ${ways}`] : offers), "8BITMIME"];
    return lines.map((one, n) => `250${n === lines.length - 1 ? " " : "-"}${one}`).join("\r\n");
  },
  STARTTLS: () => "220 2.0.0 Ready to start TLS",
  AUTH: (line, talk, serving) => {
    const plain = /^AUTH PLAIN (\S+)$/.exec(line)?.[1];
    if (plain !== undefined) return judged(text(plain) === `\0${ACCOUNT}\0${PASSWORD}`, talk, serving);
    talk.login = [];
    return "334 VXNlcm5hbWU6";
  },
  MAIL: (line, talk, { busy }) => {
    if (!talk.signedIn) return "530 5.7.0 Authentication required";
    talk.from = addressIn(line);
    return busy === true ? "451 4.7.0 Try again later" : "250 2.1.0 Ok";
  },
  RCPT: (line, talk, { mailboxes }) => {
    talk.to = addressIn(line);
    return mailboxes.includes(talk.to) ? "250 2.1.5 Ok" : "550 5.1.1 User unknown";
  },
  DATA: (_line, talk) => {
    talk.data = [];
    return "354 End data with <CR><LF>.<CR><LF>";
  },
  QUIT: () => "221 2.0.0 Bye",
};

function dataLine(line: string, talk: Talk, data: string[], { took }: Serving): string | undefined {
  if (line !== ".") {
    data.push(line.startsWith(".") ? line.slice(1) : line);
    return undefined;
  }
  took({ from: talk.from, to: talk.to, text: data.join("\r\n") });
  talk.data = undefined;
  return "250 2.0.0 Ok: queued";
}

function loginLine(line: string, talk: Talk, login: string[], serving: Serving): string {
  login.push(line);
  if (login.length < 2) return "334 UGFzc3dvcmQ6";
  talk.login = undefined;
  return judged(login.map(text).join("/") === `${ACCOUNT}/${PASSWORD}`, talk, serving);
}

function judged(right: boolean, talk: Talk, { refuses = false }: Serving): string {
  talk.signedIn = right && !refuses;
  return talk.signedIn ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication credentials invalid";
}

const addressIn = (line: string) => /<([^<>]*)>/.exec(line)?.[1] ?? "";
const text = (encoded: string) => Buffer.from(encoded, "base64").toString("utf8");
