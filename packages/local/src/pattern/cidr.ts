import { isIPv4, isIPv6 } from "node:net";
import type { Value } from "./flatten.ts";
import type { Test } from "./match.ts";
import { refuse } from "./refuse.ts";

/** Addresses of a network. A whole address is written as plain text: AWS refuses /32 and /128 here. */
export function cidr(operand: unknown, path: string): Test {
  if (typeof operand !== "string") refuse("a network is text: an address, a slash and the bits of its mask", path);
  const [address = "", mask = "", ...more] = operand.split("/");
  const network = bitsOf(address);
  if (network === undefined || more.length > 0 || !/^\d{1,3}$/.test(mask))
    refuse("a network is an address, a slash and the bits of its mask", path);
  const hostBits = BigInt(network.size - Number(mask));
  if (hostBits <= 0n) refuse("a network's mask is shorter than its address", path);
  if ((network.bits >> hostBits) << hostBits !== network.bits)
    refuse("the address has bits beyond its mask: AWS reads that differently from one release to the next", path);
  return (value) => within(network, hostBits, value);
}

function within(network: Bits, hostBits: bigint, value: Value): boolean {
  const seen = typeof value === "string" ? bitsOf(value) : undefined;
  return seen?.size === network.size && seen.bits >> hostBits === network.bits >> hostBits;
}

interface Bits {
  readonly size: 32 | 128;
  readonly bits: bigint;
}

function bitsOf(address: string): Bits | undefined {
  if (isIPv4(address)) return { size: 32, bits: joined(address.split(".").map(Number), 8n) };
  if (!isIPv6(address) || address.includes("%")) return undefined;
  const [head = "", tail] = address.split("::");
  const left = groups(head);
  const right = groups(tail ?? "");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return { size: 128, bits: joined([...left, ...Array<number>(gap).fill(0), ...right], 16n) };
}

function groups(text: string): readonly number[] {
  return text === ""
    ? []
    : text.split(":").flatMap((group) => (isIPv4(group) ? pairs(group) : [Number.parseInt(group, 16)]));
}

function pairs(address: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) + BigInt(part), 0n);
}
