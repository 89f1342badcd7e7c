import type { Broken, Piece } from "./model.ts";
import { ARRAY, COLON, COMMA, END_ARRAY, END_OBJECT, OBJECT, OTHER, QUOTE } from "./token.ts";

const LARGEST = 1_048_576; // bytes of one record; CloudTrail's own limit is a quarter of it
const DEEPEST = 200; // what is nested deeper is no event, and would cost whoever walks it his stack

/** Where the splitter stands. It is changed in place: a file of 200 MB has as many steps as bytes. */
export interface State {
  /** The first value decides: whole on its line, every line stands for itself; otherwise the file is one document. */
  mode: "undecided" | "lines" | "document" | "over";
  line: number;
  begun: boolean; // anything but white space was seen
  turned: boolean; // undecided, and the line has ended within a value
  skipping: boolean; // to the end of a line that cannot be read
  depth: number;
  readonly kinds: Uint8Array; // of what is open, the outermost first
  last: "opened" | "comma" | "colon" | "key" | "value" | "scalar";
  inString: boolean;
  escaped: boolean;
  name: string | undefined; // of the member, at the top of an object
  list: { readonly depth: number; next: number } | undefined; // whose elements are the records
  start: number; // the line on which what is captured begins
  from: number | undefined; // where it begins in this chunk
  parts: Buffer[];
  size: number;
  deep: boolean;
  held: Piece | undefined; // whole, but its line may yet turn out to be none
  readonly out: Piece[];
}

export const begin = (): State => ({
  ...{ mode: "undecided", line: 1, begun: false, turned: false, skipping: false, depth: 0 },
  ...{ kinds: new Uint8Array(DEEPEST), last: "value", inString: false, escaped: false, name: undefined },
  ...{ list: undefined, start: 1, from: undefined, parts: [], size: 0, deep: false, held: undefined, out: [] },
});

export const isDeep = ({ depth }: State): boolean => depth > DEEPEST;
export const inObject = ({ depth, kinds }: State): boolean => kinds[depth - 1] === OBJECT;

/** The grammar between the brackets: enough to know when a file is broken; each record is parsed whole later. */
export function fits(state: State, token: number): boolean {
  const { depth, last } = state;
  if (depth === 0) return token === OBJECT || token === ARRAY;
  if (isDeep(state)) return true; // no longer watched, only counted
  const named = inObject(state);
  const ended = last === "value" || last === "scalar";
  switch (token) {
    case COLON:
      return named && last === "key";
    case COMMA:
      return ended;
    case END_OBJECT:
    case END_ARRAY:
      return named === (token === END_OBJECT) && (ended || last === "opened");
    case QUOTE:
      return last === "colon" || last === "opened" || last === "comma";
    case OTHER:
      return last === "scalar" || valueFits(last, named);
    default:
      return valueFits(last, named);
  }
}

const valueFits = (last: State["last"], named: boolean): boolean =>
  last === "colon" || (!named && (last === "opened" || last === "comma"));

/** Notes a bracket that opens; below the deepest level it is only counted. */
export function descend(state: State, token: number): void {
  if (state.depth < DEEPEST) state.kinds[state.depth] = token;
  else state.deep = true;
  state.depth += 1;
  state.last = "opened";
}

export function capture(state: State, at: number): void {
  Object.assign(state, { from: at, start: state.line, parts: [], size: 0, deep: false });
}

export function letGo(state: State): void {
  Object.assign(state, { from: undefined, parts: [], size: 0 });
}

/** Takes what this chunk has of the record, up to `end`. Beyond the largest size nothing is kept. */
export function keep(state: State, bytes: Buffer, end: number): void {
  if (state.from === undefined) return;
  state.size += end - state.from;
  if (state.size > LARGEST) state.parts = [];
  else state.parts.push(bytes.subarray(state.from, end));
  state.from = 0; // of the next chunk
}

export function finish(state: State, bytes: Buffer, end: number): Piece {
  keep(state, bytes, end);
  const { parts, size, deep } = state;
  const spot = spotOf(state);
  letGo(state);
  if (size > LARGEST) return { ...spot, broken: "too large" };
  if (deep) return { ...spot, broken: "nested too deeply" };
  return { ...spot, text: Buffer.concat(parts).toString("utf8") };
}

/** Gives up what is open, without a trace of it. */
export function abandon(state: State, broken: Broken): void {
  state.out.push({ ...spotOf(state), broken });
  letGo(state);
  Object.assign(state, { depth: 0, last: "value", inString: false, escaped: false, turned: false });
  Object.assign(state, { name: undefined, list: undefined, held: undefined, begun: true });
}

function spotOf({ list, start, line, from }: State) {
  return { line: from === undefined ? line : start, ...(list && { index: list.next }) };
}
