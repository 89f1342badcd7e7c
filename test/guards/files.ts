import type { Guard } from "./model.ts";

const HOME = "packages/functions/src/files";
const NOTICE = { file: `${HOME}/notice.ts`, test: `${HOME}/notice.test.ts` };
const OBJECTS = { file: `${HOME}/objects.ts`, test: `${HOME}/objects.test.ts` };
const COUNT = { file: `${HOME}/count.ts`, test: `${HOME}/read.test.ts` };
const READ = { file: `${HOME}/read.ts`, test: `${HOME}/read.test.ts` };

/** What keeps a trail's files to one bucket, and each of them counted once and whole. */
export const files: readonly Guard[] = [
  {
    ...NOTICE,
    name: "files: a notice of another bucket is passed over",
    from: "bucket === under.bucket && key",
    to: "key",
  },
  {
    ...NOTICE,
    name: "files: a key outside the prefix is passed over",
    from: "key.startsWith(under.prefix) && ",
    to: "",
  },
  {
    ...NOTICE,
    name: "files: a key that steps out of the prefix is passed over",
    from: " && !/(^|\\/)[.]{1,2}(\\/|$)/.test(key)",
    to: "",
  },
  {
    ...NOTICE,
    name: "files: a key of S3's own notice is decoded",
    from: 'decodeURIComponent(key.replaceAll("+", " "))',
    to: "key",
  },
  {
    ...OBJECTS,
    name: "files: what says that it is too large is not fetched, and what does not say so is not read on",
    from: "if (size > most)",
    to: "if (size < 0)",
    also: [{ file: OBJECTS.file, from: "> most;", to: "> Number.POSITIVE_INFINITY;" }],
  },
  {
    ...OBJECTS,
    name: "files: an object is not unpacked on the way, behind its limit",
    from: 'query: { "response-content-encoding": "identity" },',
    to: "query: {},",
  },
  {
    ...OBJECTS,
    name: "files: a bucket of the same name and another owner is not read",
    from: 'headers: { "x-amz-expected-bucket-owner": account },',
    to: "headers: {},",
  },
  {
    ...COUNT,
    name: "files: of a file that cannot be read to its end nothing is counted",
    from: "else return { unreadable: read.broken };",
    to: "else break;",
  },
  {
    name: "files: what is unpacked has a limit",
    file: "packages/connectors/kit/records/gunzip.ts",
    from: "if (size > most) throw badInput(LARGE);",
    to: "",
    test: `${HOME}/read.test.ts`,
    filter: "unpacks to more",
  },
  {
    ...COUNT,
    name: "files: what is counted of one has a limit",
    from: "if (left < 0)",
    to: "if (left < -1_000_000)",
    filter: "more calls than there is memory",
  },
  {
    name: "files: a file is the same in every place, and another file is another",
    file: "packages/core/src/usage/content.ts",
    from: "return {\n    add: ({ credential, eventId }",
    to: "content.update(String(Math.random()));\n  return {\n    add: ({ credential, eventId }",
    test: `${HOME}/read.test.ts`,
  },
  {
    ...COUNT,
    name: "files: what they tell is exact, and the bus is never added to it",
    from: "approximate: false",
    to: "approximate: true",
    filter: "hold where the bus",
  },
  {
    ...READ,
    name: "files: where nobody counts no file is let go",
    from: "if (counting.length > 0) return",
    to: "return",
  },
  {
    ...READ,
    name: "files: what cannot be read is left by its key",
    from: 'if ("unreadable" in done) return letters({ bucket: under.bucket, key, why: done.unreadable });',
    to: 'if ("unreadable" in done) return;',
  },
  {
    name: "files: a message that no time is left for is not begun",
    file: "packages/functions/src/kit/queue.ts",
    from: "context.getRemainingTimeInMillis() >= half",
    to: "true || half",
    test: `${HOME}/read.test.ts`,
  },
];
