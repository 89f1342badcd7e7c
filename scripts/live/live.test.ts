import { afterEach, describe, expect, it, vi } from "vitest";
import { live } from "./index.ts";

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [out, err] = [[] as string[], [] as string[]];
  const io = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  const exit = await live(argv, { ...io, env, stopped: () => new AbortController().signal });
  return { exit, out: out.join(""), err: err.join("") };
}

const PROFILE = ["--profile", "audit"];
const ACCOUNT = ["--account", "111122223333"];

describe("npm run live", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ["without a connector", PROFILE, {}, /name one connector/],
    ["without a profile", ["aws-iam"], {}, /name the AWS profile that asks/],
    ["without a profile, though one lies around", ["aws-iam"], { AWS_PROFILE: "audit" }, /name the AWS profile/],
    ["to act without an account", ["aws-iam", ...PROFILE, "--act"], {}, /say in which account/],
    ["to clean without an account", ["aws-iam", ...PROFILE, "--clean"], {}, /say in which account/],
    ["an account that is none", ["aws-iam", ...PROFILE, "--account", "12"], {}, /12 digits/],
    ["two things at once", ["aws-iam", ...PROFILE, ...ACCOUNT, "--act", "--clean"], {}, /one of them at a time/],
    ["in a pipeline", ["aws-iam", ...PROFILE], { CI: "true" }, /not in a pipeline/],
    ["to act in a pipeline", ["aws-iam", ...PROFILE, ...ACCOUNT, "--act"], { CI: "1" }, /not in a pipeline/],
    [
      "a connector without a canary",
      ["aws-bedrock", ...PROFILE, ...ACCOUNT, "--act"],
      {},
      /nobody has written a canary/,
    ],
    ["a connector of another vendor", ["okta", ...PROFILE], {}, /no such connector of AWS/],
    ["one that only listens", ["aws-sts", ...PROFILE], {}, /only listens/],
    ["a flag that there is none of", ["aws-iam", ...PROFILE, "--force"], {}, /--force/],
    ...["account=444455556666", "profile=other", "role=arn:aws:iam::111122223333:role/other", "source=host"].map(
      (set): [string, readonly string[], Readonly<Record<string, string>>, RegExp] => [
        `to be led elsewhere by ${set}`,
        ["aws-iam", ...PROFILE, ...ACCOUNT, "--set", set],
        {},
        /who asks, and in which account/,
      ],
    ),
    ["a setting without a value", ["aws-iam", ...PROFILE, "--set", "region"], {}, /a name and a value/],
  ])("refuses %s, and asks nobody", async (_title, argv, env, says) => {
    const sent = vi.fn(() => Promise.reject(new Error("no network here")));
    vi.stubGlobal("fetch", sent);
    const { exit, out, err } = await run(argv, env);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(sent).not.toHaveBeenCalled();
  });

  it("says what it does, its flags and how it ends", async () => {
    const { exit, out } = await run(["--help"]);
    expect(exit).toBe(0);
    for (const said of ["--profile", "--act", "--clean", "Exit codes: 0 fine"]) expect(out).toContain(said);
  });
});
