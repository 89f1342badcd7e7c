import * as z from "zod/mini";

const SECRETS = [
  /-----BEGIN/,
  /^(xox[a-z]-|xapp-|gh[pousr]_|github_pat_|glpat-|sk-|ATATT|SSWS |Bearer |Basic )/,
  /^eyJ[\w-]+[.]/, // a token that is signed
  /^AKIA[A-Z0-9]{16}$/,
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/=]{40}$/, // the secret half of an AWS access key
  /^00[\w-]{40}$/, // an API token of Okta
];

/** Settings hold names of secrets, never a secret; what looks like one is refused before it can be written down anywhere. */
const looksSecret = (text: string): boolean => SECRETS.some((shape) => shape.test(text));

const PLAIN = "this looks like a secret: put it into the secret store and write its name here";

export const SettingText = z.string().check(
  z.minLength(1),
  z.maxLength(512),
  z.refine((text) => !looksSecret(text), PLAIN),
);

/** The name under which one of our own vendor secrets is kept. */
export const SecretName = SettingText.check(
  z.regex(/^[\w./+=@-]+$/, "the name of a secret, as in leasehold/prod/slack"),
);

/** A secret by which a vendor, or a source of ours, proves itself: in this connector's part of the store, where only its own functions read. */
export const signingNameOf = (connector: string) =>
  SecretName.check(
    z.maxLength(128),
    z.refine(
      (name) => name.startsWith(`${connector}.`) && /^[a-z0-9-]+[.][\w-]+$/.test(name),
      `the name of a secret that begins with ${connector}., as in ${connector}.signing`,
    ),
  );
