import { type Dice, dice } from "./dice.ts";
import { ACCOUNT } from "./places.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX = "0123456789abcdef";

/** An id of IAM as documentation would print it: never one that could be somebody's. */
export const iamId = (prefix: "AKIA" | "ASIA" | "AIDA" | "AROA" | "ACCA", from: Dice): string =>
  `${prefix}${from.text(prefix.startsWith("AK") || prefix.startsWith("AS") ? 9 : 10, BASE32)}EXAMPLE`;

/** The unique id of a user or role: the same name has the same one. */
export const principalId = (prefix: "AIDA" | "AROA", name: string): string => iamId(prefix, dice(prefix, name));

export const oktaId = (prefix: "00u" | "0oa" | "oag", from: Dice): string => `${prefix}${from.text(10, BASE62)}example`;

export function uuid(from: Dice): string {
  const hex = from.text(31, HEX);
  const variant = "89ab"[Number.parseInt(hex[30] ?? "0", 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

export const userArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;
export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
