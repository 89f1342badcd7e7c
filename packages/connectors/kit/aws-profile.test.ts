import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { profileKeys } from "./index.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-profile-"));
  writeFileSync(
    join(home, "credentials"),
    `[audit]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`,
  );
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "credentials"));
  vi.stubEnv("AWS_CONFIG_FILE", join(home, "none"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAI44QH8DHBEXAMPLE"); // what lies around
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
  vi.stubEnv("AWS_PROFILE", "other");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** AWS, as it says whose credentials these are. */
const sts = (account: string) => {
  const asked: string[] = [];
  const fetch = async (_url: string, { headers }: RequestInit) => {
    asked.push(JSON.stringify(headers));
    return new Response(`<Account>${account}</Account>`);
  };
  return { asked, parts: { region: "us-east-1", fetch, now: () => new Date(0) } };
};

it("are those of the profile that was named, once AWS has said whose they are", async () => {
  const { asked, parts } = sts("111122223333");
  const keys = profileKeys({ account: "111122223333", profile: "audit" }, parts);
  expect(await keys()).toMatchObject({ accessKeyId: "AKIAIOSFODNN7EXAMPLE" });
  await keys();
  expect(asked).toEqual([expect.stringContaining("AKIAIOSFODNN7EXAMPLE")]);
});

it("are refused where they are of another account", async () => {
  const keys = profileKeys({ account: "111122223333", profile: "audit" }, sts("444455556666").parts);
  await expect(keys()).rejects.toMatchObject({ name: "BadInput", facts: { where: "account", found: "444455556666" } });
});

it("are none where there is no such profile, whatever else lies around", async () => {
  const { asked, parts } = sts("111122223333");
  const fault = await profileKeys({ account: "111122223333", profile: "nobody" }, parts)().catch((one) => one);
  expect([fault.name, fault.facts, asked]).toEqual(["BadInput", { profile: "nobody" }, []]);
});
