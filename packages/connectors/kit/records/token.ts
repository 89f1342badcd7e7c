/** What a byte outside a string can mean. All of these are ASCII, so that UTF-8 need not be decoded to find them. */
export const [SPACE, NEWLINE, QUOTE, OBJECT, ARRAY, END_OBJECT, END_ARRAY, COLON, COMMA, OTHER] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;

export const LINE_FEED = 0x0a;
export const DOUBLE_QUOTE = 0x22;
export const BACKSLASH = 0x5c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const MEANING = new Uint8Array(256).fill(OTHER);
for (const [signs, token] of [
  [" \t\r", SPACE],
  ["\n", NEWLINE],
  ['"', QUOTE],
  ["{", OBJECT],
  ["[", ARRAY],
  ["}", END_OBJECT],
  ["]", END_ARRAY],
  [":", COLON],
  [",", COMMA],
] as const)
  for (const sign of signs) MEANING[sign.charCodeAt(0)] = token;

export const tokenOf = (byte: number): number => MEANING[byte] as number;
export const isMark = (byte: number): boolean => BYTE_ORDER_MARK.includes(byte);
