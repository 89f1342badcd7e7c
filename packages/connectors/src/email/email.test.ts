import { isUnknownHere, type Message } from "@leasehold/core/connector";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { connect, type Settings } from "./api.ts";
import { desk } from "./desk.ts";
import { email } from "./index.ts";
import { mailOf } from "./mail.ts";
import { PASSWORD, type Sent, type Serving, smtpServer } from "./simulated-server.ts";
import type { Place, Wire } from "./wire.ts";

const SETTINGS: Settings = {
  ...{ host: "mail.example.com", port: 587, from: "leasehold@example.com", account: "leasehold" },
  ...{ passwordName: "email.password", stage: "prod" },
};
const MESSAGE: Message = {
  key: "dec_7f",
  to: { account: "acc_zoe", name: "Zoë", email: "zoe@example.com", timeZone: "Europe/Berlin" },
  title: "Decide what becomes of one credential of Ada Lovelace",
  why: "You managed Ada.",
  deadline: MONDAY,
  items: [
    {
      item: "wdc_1",
      title: "access key of deploy",
      lines: ["Reach: admin."],
      choices: ["keep", "transfer"],
      state: "flagged",
    },
  ],
  state: "open",
};

function server(more: Partial<Serving> = {}, settings: Partial<Settings> = {}) {
  const taken: Sent[] = [];
  const lines: [line: string, secured: boolean][] = [];
  const places: Place[] = [];
  const serving: Serving = {
    mailboxes: ["zoe@example.com"],
    took: (mail) => taken.push(mail),
    heard: (line, secured) => lines.push([line, secured]),
    ...more,
  };
  const dial = async (place: Place): Promise<Wire> => {
    places.push(place);
    const wire = smtpServer(serving);
    return place.tls ? wire.secure().then((over) => greeted(over)) : wire;
  };
  const api = connect(
    { ...SETTINGS, ...settings },
    async () => PASSWORD,
    () => MONDAY,
    dial,
  );
  return { api, taken, lines, places };
}

/** A server that speaks TLS from the start greets under it. */
function greeted(wire: Wire): Wire {
  let first = true;
  const read = async () => {
    if (!first) return wire.read();
    first = false;
    return "220 mail.example.com ESMTP\r\n";
  };
  return { ...wire, read };
}

const partsOf = ({ text }: Pick<Sent, "text">) => {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const headers = head.replace(/\r\n /g, " ").split("\r\n");
  return { headers, body: Buffer.from(body, "base64").toString("utf8") };
};
const decoded = (words: string) =>
  words.replace(/=[?]utf-8[?]B[?]([^?]*)[?]= ?/g, (_all, text: string) => Buffer.from(text, "base64").toString("utf8"));

describe("a mail", () => {
  it("says what is asked, how it is answered elsewhere, and that an answer by mail decides nothing", async () => {
    const { api, taken } = server();
    expect(await desk.ask(api, MESSAGE)).toEqual({ desk: "email", ref: { key: "dec_7f" } });
    const [mail, ...more] = taken;
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ from: "leasehold@example.com", to: "zoe@example.com" });
    const { headers, body } = partsOf(mail!);
    expect(headers).toEqual([
      "From: Leasehold <leasehold@example.com>",
      "To: <zoe@example.com>",
      expect.stringContaining("Subject: =?utf-8?B?"),
      "Date: Mon, 02 Nov 2026 09:00:00 +0000",
      "Message-ID: <dec_7f@example.com>",
      "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: All",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64",
    ]);
    for (const said of [
      "Why you: You managed Ada.",
      "  leasehold case answer dec_7f wdc_1 keep --stage prod",
      "  leasehold case answer dec_7f wdc_1 transfer --to <e-mail> --stage prod",
      "an answer by mail decides nothing",
    ])
      expect(body).toContain(said);
    expect(body).not.toContain("http");
  });

  it("that is over answers the first, and names no command any more", async () => {
    const { api, taken } = server();
    await desk.edit(api, { desk: "email", ref: {} }, { ...MESSAGE, state: "closed" });
    const { headers, body } = partsOf(taken[0]!);
    expect(headers).toContain("In-Reply-To: <dec_7f@example.com>");
    expect(headers).toContain("Message-ID: <dec_7f.closed@example.com>");
    expect(body).toContain("access key of deploy: flagged");
    expect(body).not.toContain("leasehold case answer");
  });

  const HOSTILE = "x\r\nBcc: everybody@example.com\r\n\r\n.\r\nMAIL FROM:<a@example.com>";

  it("takes no header, recipient or command from what people are called", async () => {
    const { api, taken, lines } = server();
    const [item] = MESSAGE.items;
    const items = [{ ...item!, title: HOSTILE, lines: [HOSTILE], state: HOSTILE }];
    await desk.ask(api, { ...MESSAGE, title: HOSTILE, why: HOSTILE, to: { ...MESSAGE.to, name: HOSTILE }, items });
    expect(taken).toHaveLength(1);
    expect(partsOf(taken[0]!).headers).toHaveLength(10);
    expect(lines.filter(([line]) => /^(MAIL|RCPT|Bcc)/.test(line))).toEqual([
      ["MAIL FROM:<leasehold@example.com>", true],
      ["RCPT TO:<zoe@example.com>", true],
    ]);
  });

  it.each(["https://evil.example/login", "www.evil.example", "javascript:alert(1)", "HTTP://evil.example"])(
    "has nothing to click in it, though an application is called %s",
    async (name) => {
      const { api, taken } = server();
      const items = [{ ...MESSAGE.items[0]!, title: `OAuth grant of ${name}` }];
      await desk.ask(api, { ...MESSAGE, items });
      const { body } = partsOf(taken[0]!);
      expect(body).toMatch(/OAuth grant of \S/);
      expect(body).not.toMatch(/:[/][/]|\bwww[.]|javascript:/i);
    },
  );

  it.each([
    undefined,
    "",
    "zoe@example.com\r\nRCPT TO:<eve@example.net>",
    "zoe@example.com>, <eve@example.net",
    "zoe@example.com,eve@example.net",
    "Zoe <zoe@example.com>",
    "zo\u00eb@example.com",
    "zoe",
    `${"z".repeat(65)}@example.com`,
  ])("goes to one plain address only, and not to %j", async (address) => {
    const { api, places } = server();
    const to = { ...MESSAGE.to, email: address };
    await expect(desk.ask(api, { ...MESSAGE, to })).rejects.toMatchObject({ name: "BadInput" });
    expect(places).toEqual([]);
  });

  it("is plain ASCII in short lines, whatever is said, and all of it comes back out", () => {
    const words = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(words, words, (title, line) => {
        const items = [{ ...MESSAGE.items[0]!, lines: [line] }];
        const { text } = mailOf(
          { ...MESSAGE, title, items },
          { from: SETTINGS.from, stage: undefined, at: new Date(0) },
        );
        for (const one of text.split("\r\n")) expect(one).toMatch(/^[\x20-\x7e]{0,250}$/);
        const { headers } = partsOf({ text });
        const wanted = title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
        const subject = decoded(headers.find((one) => one.startsWith("Subject: "))!.slice(9));
        expect(subject).toBe(Buffer.from(Array.from(wanted).slice(0, 150).join("")).toString());
      }),
    );
  });
});

describe("the server", () => {
  it("hears neither name nor password nor address before TLS", async () => {
    const { api, lines } = server();
    await desk.ask(api, MESSAGE);
    expect(lines.filter(([, secured]) => !secured).map(([line]) => line)).toEqual([
      "EHLO leasehold.invalid",
      "STARTTLS",
    ]);
  });

  it.each([465, 2465] as const)("on port %d is spoken to under TLS from the start", async (port) => {
    const { api, taken, lines, places } = server({}, { port });
    await desk.ask(api, MESSAGE);
    expect(places).toEqual([{ host: "mail.example.com", port, tls: true }]);
    expect([taken.length, lines.some(([line, secured]) => !secured || line === "STARTTLS")]).toEqual([1, false]);
  });

  it.each<[title: string, serving: Partial<Serving>, fault: string]>([
    ["offers no TLS", { offers: ["AUTH PLAIN LOGIN"] }, "Unexpected"],
    ["takes back its offer of TLS", { replies: { STARTTLS: "454 4.7.0 TLS not available" } }, "Unavailable"],
    ["talks ahead after STARTTLS", { replies: { STARTTLS: "220 Ready\r\n250 injected" } }, "Unexpected"],
    ["offers no way to sign in that we know", { ways: "CRAM-MD5" }, "PermissionMissing"],
    ["lets the account not in", { refuses: true }, "PermissionMissing"],
    ["lets it send for another address only", { replies: { MAIL: "550 5.7.1 CANARY not yours" } }, "PermissionMissing"],
    ["does not relay", { replies: { RCPT: "550 5.7.1 CANARY relaying denied" } }, "PermissionMissing"],
    ["asks us to slow down", { busy: true }, "Throttled"],
    ["shuts down", { replies: { DATA: "421 4.3.2 CANARY shutting down" } }, "Unavailable"],
    ["says no in the end", { replies: { DATA: "554 5.6.0 CANARY no" } }, "Unexpected"],
    ["is none", { replies: { greeting: "SSH-2.0-OpenSSH_9.6\r\n" } }, "Unavailable"],
    ["never ends what it says", { replies: { greeting: `${"220-hello\r\n".repeat(8_000)}` } }, "Unexpected"],
    ["says two things at once", { replies: { greeting: "220 hello\r\n550 go away\r\n" } }, "Unexpected"],
  ])("that %s takes no mail", async (_title, serving, name) => {
    const { api, taken, lines } = server(serving);
    const fault = await desk.ask(api, MESSAGE).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name });
    expect(isUnknownHere(fault)).toBe(false);
    expect(JSON.stringify([fault, (fault as Error).message])).not.toContain("CANARY");
    expect(taken).toEqual([]);
    const secret = [`\0leasehold\0${PASSWORD}`, PASSWORD].map((text) => Buffer.from(text).toString("base64"));
    expect(lines.filter(([line, secured]) => !secured && secret.some((one) => line.includes(one)))).toEqual([]);
  });

  it("that knows only AUTH LOGIN is signed in to by that", async () => {
    const { api, taken, lines } = server({ ways: "LOGIN XOAUTH2" });
    await desk.ask(api, MESSAGE);
    expect([taken.length, lines.some(([line]) => line === "AUTH LOGIN")]).toEqual([1, true]);
  });

  it("that has no such mailbox is told from one that is down", async () => {
    for (const mailboxes of [[], ["zoe@example.com"]]) {
      const { api } = server({ mailboxes, busy: mailboxes.length > 0 });
      const fault = await desk.ask(api, MESSAGE).catch((error: unknown) => error);
      expect(isUnknownHere(fault)).toBe(mailboxes.length === 0);
    }
  });
});

it.each([
  ["an address for the host", { host: "192.0.2.7" }],
  ["a port for mail without TLS", { port: 25 }],
  ["a sender that is two", { from: "a@example.com,b@example.com" }],
  ["a name that breaks the line", { account: "a\r\nb" }],
  ["the password itself", { passwordName: "abcdeFGHIJ1234567890abcdeFGHIJ1234567890" }],
])("settings with %s are refused", (_title, wrong) => {
  expect(email.settings.safeParse({ ...SETTINGS, ...wrong }).success).toBe(false);
});
