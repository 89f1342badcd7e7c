import { describe, expect, it } from "vitest";
import { files, read } from "./tree.ts";

const texts = files()
  .filter((path) => !/[.](png|jpg|gif|ico|gz|woff2?)$/.test(path))
  .map((path) => ({ path, text: read(path) }));

/** Where a text matches, as path:line. */
const hits = (pattern: RegExp, among = texts) =>
  among.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : [])),
  );
const tests = texts.filter(({ path }) => path.endsWith(".ts") && /[.]test[.]ts$|^test\//.test(path));

describe("the repository", () => {
  it("names no machine's paths", () => {
    expect(hits(/(^|[\s"'`(=:])\/(home|root|Users|work|mnt|var\/folders)\/\w/)).toEqual([]);
  });

  it("names no host of a package registry", () => {
    expect(hits(/https?:\/\/[^\s"'/]*(registry|artifactory|nexus|npm)[^\s"'/]*\/|^registry\s*=|_auth[T]oken/)).toEqual(
      [],
    );
  });

  it("has no account of AWS but the documentation's", () => {
    const ids = texts.flatMap(({ text }) =>
      [...text.matchAll(/arn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g)].map(([, id]) => id),
    );
    expect([...new Set(ids)].filter((id) => !EXAMPLES.includes(id ?? ""))).toEqual([]);
  });

  it("has no access key of AWS but such as say that they are examples", () => {
    const keys = texts.flatMap(({ text }) => text.match(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g) ?? []);
    expect([...new Set(keys)].filter((key) => !/EXAMPLE/.test(key))).toEqual([]);
  });
});

describe("tests", () => {
  const called = (...names: string[]) => new RegExp(`\\b(it|test|describe|suite)[.](${names.join("|")})\\b`);

  it("are all run", () => {
    expect(hits(called("skip", "only", "todo", "skipIf", "runIf", "fails"), tests)).toEqual([]);
    expect(hits(/\b(xit|xdescribe|fit|fdescribe)\(/, tests)).toEqual([]);
  });

  it("mock no module, and retry nothing", () => {
    expect(hits(/\bvi[.](mock|doMock|hoisted|useFakeTimers)\(|\bretry:\s*[1-9]/, tests)).toEqual([]);
  });
});

/** The account ids that AWS's own documentation uses, and one digit twelve times. */
const EXAMPLES = ["111122223333", "123456789012", "444455556666", "777788889999", "999999999999", "000000000000"];
