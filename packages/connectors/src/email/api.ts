import type { Secrets } from "@leasehold/core/connector";
import { type Clock, millisOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { SecretName, SettingText } from "../../kit/index.ts";
import { isAddress, type Mail } from "./mail.ts";
import { deliver } from "./smtp.ts";
import { type Dial, dialTls } from "./wire.ts";

export interface Api {
  readonly from: string;
  readonly stage: string | undefined;
  readonly now: () => Date;
  send(mail: Mail): Promise<void>;
}

export const Settings = z.strictObject({
  host: SettingText.check(
    z.regex(
      /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*[.][a-z]([a-z0-9-]*[a-z0-9])?$/,
      "the name of the server",
    ),
    z.describe("the name of the submission server, as email-smtp.eu-central-1.amazonaws.com"),
  ),
  port: z
    ._default(z.union([z.literal(587), z.literal(465), z.literal(2587), z.literal(2465)]), 587)
    .check(z.describe("587 or 2587 begins TLS with STARTTLS, 465 or 2465 with TLS; nothing is ever sent without TLS")),
  from: SettingText.check(
    z.refine(isAddress, "one e-mail address in plain ASCII"),
    z.describe("the address that mails come from, which the server lets this account send for"),
  ),
  account: SettingText.check(
    z.regex(/^[\x21-\x7e]{1,254}$/, "the name to sign in with, in plain ASCII"),
    z.describe("the name to sign in with: no secret; at Amazon SES the SMTP user name"),
  ),
  passwordName: SecretName.check(z.describe("the name of the secret that holds the SMTP password")),
  stage: z
    .optional(SettingText.check(z.regex(/^[a-z][a-z0-9-]{0,31}$/, "the name of a stage, as prod")))
    .check(z.describe("the stage that commands in a mail name with `--stage`")),
});
export type Settings = z.infer<typeof Settings>;

/** `dial` is given by tests and by the simulator only. */
export function connect(settings: Settings, secrets: Secrets, clock: Clock, dial: Dial = dialTls): Api {
  const { host, port, from, account, passwordName, stage } = settings;
  return {
    ...{ from, stage, now: () => new Date(millisOf(clock())) },
    send: async (mail) => {
      const password = await secrets(passwordName); // read for each mail: no value is kept here
      await deliver(() => dial({ host, port, tls: port === 465 || port === 2465 }), { account, password, from }, mail);
    },
  };
}
