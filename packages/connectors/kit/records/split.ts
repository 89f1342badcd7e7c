import type { Broken, Piece } from "./model.ts";
import { abandon, begin, capture, descend, finish, fits, inObject, isDeep, keep, letGo, type State } from "./state.ts";
import {
  ARRAY,
  BACKSLASH,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  END_ARRAY,
  END_OBJECT,
  isMark,
  LINE_FEED,
  NEWLINE,
  OBJECT,
  OTHER,
  QUOTE,
  SPACE,
  tokenOf,
} from "./token.ts";

/** Splits a file into its records as its bytes come, and holds no more than one of them. */
export interface Splitter {
  feed(bytes: Buffer): readonly Piece[];
  /** What is still open is broken; `why` where the bytes ended before the file did. */
  end(why?: Broken): readonly Piece[];
}

const WRAPPER = "Records"; // CloudTrail's files: {"Records":[…]}

/**
 * A record is an object on a line of its own, an element of a list, an element of `Records`, or the whole document.
 * A broken line is passed over. In a document nothing tells where the next record begins: what follows is not read,
 * lest a part of a record be taken for one.
 */
export function createSplitter(): Splitter {
  const state = begin();
  return {
    feed: (bytes) => feed(state, bytes),
    end: (why) => end(state, why),
  };
}

function feed(state: State, bytes: Buffer): readonly Piece[] {
  for (let at = 0; at < bytes.length && state.mode !== "over"; ) {
    if (state.skipping) at = lineEnd(state, bytes, at);
    else at = state.inString ? stringEnd(state, bytes, at) : one(state, bytes, at);
  }
  keep(state, bytes, bytes.length);
  return state.out.splice(0);
}

function lineEnd(state: State, bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_FEED, at);
  if (end === -1) return bytes.length;
  state.skipping = false;
  return end;
}

function stringEnd(state: State, bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED) {
      broken(state, "truncated", true);
      return at;
    }
    if (state.escaped) state.escaped = false;
    else if (byte === BACKSLASH) state.escaped = true;
    else if (byte === DOUBLE_QUOTE) {
      named(state, bytes, from, at);
      state.inString = false;
      return at + 1;
    }
  }
  named(state, bytes, from, bytes.length);
  return bytes.length;
}

function named(state: State, bytes: Buffer, from: number, to: number): void {
  if (state.name === undefined || state.last !== "key") return;
  if (state.name.length <= WRAPPER.length) state.name += bytes.toString("latin1", from, Math.min(to, from + 16));
}

/** One byte outside a string. */
function one(state: State, bytes: Buffer, at: number): number {
  const byte = bytes[at] as number;
  const token = tokenOf(byte);
  if (token === SPACE || (!state.begun && isMark(byte))) {
    if (state.last === "scalar") state.last = "value";
    return at + 1;
  }
  if (token === NEWLINE) {
    newline(state);
    return at + 1;
  }
  if (state.turned && !goesOn(state, token)) return at; // read anew, as the first of its line
  if (!fits(state, token)) broken(state, "not JSON");
  else take(state, token, bytes, at);
  return at + 1;
}

/** A first line that ends within a value: either the document goes on, or the line was cut short. */
function goesOn(state: State, token: number): boolean {
  state.turned = false;
  const document = fits(state, token);
  if (!document) abandon(state, "truncated");
  state.mode = document ? "document" : "lines";
  return document;
}

function newline(state: State): void {
  if (state.last === "scalar") state.last = "value";
  if (state.depth === 0) {
    release(state);
    if (state.begun && state.mode === "undecided") state.mode = "lines";
  } else if (state.mode === "lines") abandon(state, "truncated");
  else if (state.mode === "undecided") state.turned = true;
  state.line += 1;
}

function broken(state: State, why: Broken, atLineEnd = false): void {
  const whole = state.mode === "document";
  abandon(state, whole ? "not JSON: what follows in this file was not read" : why);
  state.mode = whole ? "over" : "lines";
  state.skipping = !atLineEnd;
}

function take(state: State, token: number, bytes: Buffer, at: number): void {
  const { last, list, depth } = state;
  const element = list?.depth === depth;
  if (element && (token === COMMA || token === END_ARRAY)) endElement(state, bytes, at);
  else if (element && state.from === undefined) capture(state, at);
  switch (token) {
    case QUOTE:
      state.inString = true;
      state.last = inObject(state) && last !== "colon" && !isDeep(state) ? "key" : "value";
      if (depth === 1 && state.last === "key") state.name = "";
      return;
    case OBJECT:
    case ARRAY:
      open(state, token, at);
      return;
    case END_OBJECT:
    case END_ARRAY:
      close(state, bytes, at);
      return;
    case COLON:
    case COMMA:
      state.last = token === COLON ? "colon" : "comma";
      return;
    case OTHER:
      state.last = "scalar";
  }
}

function endElement(state: State, bytes: Buffer, at: number): void {
  if (state.list === undefined || state.from === undefined) return;
  state.out.push(finish(state, bytes, at));
  state.list.next += 1;
}

function open(state: State, token: number, at: number): void {
  const { depth, name, list } = state;
  const wrapped = depth === 1 && list === undefined && inObject(state) && name === WRAPPER;
  if (depth === 0) {
    release(state);
    Object.assign(state, { begun: true, name: undefined });
    capture(state, at);
  }
  if (token === ARRAY && (depth === 0 || wrapped)) {
    letGo(state);
    state.list = { depth: depth + 1, next: 0 };
  }
  descend(state, token);
}

function close(state: State, bytes: Buffer, at: number): void {
  if (state.list?.depth === state.depth) state.list = undefined;
  state.depth -= 1;
  state.last = "value";
  if (state.depth === 0 && state.from !== undefined) state.held = finish(state, bytes, at + 1);
}

/** A record on a line is one only if nothing else stands behind it but another. */
function release(state: State): void {
  if (state.held !== undefined) state.out.push(state.held);
  state.held = undefined;
}

function end(state: State, why: Broken | undefined): readonly Piece[] {
  release(state);
  if (state.mode === "over") return [...state.out.splice(0)];
  if (state.depth > 0 || state.inString) abandon(state, why ?? "truncated");
  else if (why !== undefined) abandon(state, why);
  return state.out.splice(0);
}
