import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  ListAccessKeysCommand,
  ListPoliciesCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { connectors } from "@leasehold/connectors";
import type { Action } from "@leasehold/core/connector";
import { instantOf } from "@leasehold/core/kernel";
import { settingsFor } from "@leasehold/local/scan";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { act } from "../../scripts/live/act.ts";
import { PATH, TAG } from "../../scripts/live/canary.ts";
import { live } from "../../scripts/live/index.ts";
import { type Io, toolsOf } from "../../scripts/live/io.ts";
import { type Asked, between, NO_ENTITY, NO_KEYS, NO_SERVICES, refusedByIam, type Said } from "./between.ts";
import { ACCOUNT, iam, reset } from "./moto.ts";

interface Shown {
  readonly whole: boolean;
  readonly seen: Readonly<Record<string, number>>;
  readonly permissions: Readonly<Record<"refused" | "neverNeeded" | "undeclared", readonly string[]>>;
  readonly steps: readonly { readonly step: string; readonly at: string }[];
  readonly failed?: string;
  readonly leftBehind: readonly string[];
  readonly leftOver: readonly string[];
  readonly gone: readonly string[];
  readonly left: readonly string[];
}

const SCRIPT = fileURLToPath(new URL("../../scripts/live.ts", import.meta.url));
const MARK = "0123456789abcdef";
const LEFT = `canary-of-leasehold-${MARK}`;
const MINUTE = 60_000;

export function living(): void {
  describe("live, in an account of moto's", () => {
    let home = "";
    let line: Awaited<ReturnType<typeof between>>;
    let instead: (asked: Asked) => Said | "lost" | undefined = () => undefined;
    let answers: string[] = [];

    beforeEach(async () => {
      await reset();
      await iam.send(new CreateUserCommand({ UserName: "agent-7" }));
      await iam.send(new CreateAccessKeyCommand({ UserName: "agent-7" }));
      answers = [];
      const known = (asked: Asked) => (asked.verb === "ListServiceSpecificCredentials" ? NO_SERVICES : undefined);
      const url = process.env["LEASEHOLD_MOTO"] ?? "";
      line = await between(
        url,
        (asked) => instead(asked) ?? known(asked),
        (answer) => answers.push(answer),
      );
      home = mkdtempSync(join(tmpdir(), "leasehold-live-"));
      writeFileSync(join(home, "config"), `[profile live]\nregion = us-east-1\nendpoint_url = ${line.url}\n`);
      const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none";
      writeFileSync(join(home, "credentials"), `[live]\n${keys}\n`);
      vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
      vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "credentials"));
      vi.stubEnv("AWS_PROFILE", "nobody"); // what lies around is not taken
      vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      line.close();
      rmSync(home, { recursive: true });
      instead = () => undefined;
    });

    /** Waits take no time, and the nth may bring an end. */
    const ioOf = (over: Partial<Io> & { readonly endsAt?: number } = {}) => {
      const [out, err, ended] = [[] as string[], [] as string[], new AbortController()];
      let waits = 0;
      const io: Io = {
        ...{ stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) }, env: {} },
        stopped: () => ended.signal,
        wait: async () => {
          waits += 1;
          if (waits === over.endsAt) ended.abort();
        },
        ...over,
      };
      return { io, said: () => [...out, ...err].join(""), shown: () => JSON.parse(out.join("")) as Shown };
    };
    const run = async (argv: readonly string[], over: Parameters<typeof ioOf>[0] = {}) => {
      const { io, said, shown } = ioOf(over);
      const exit = await live(["aws-iam", "--profile", "live", "--json", ...argv], io);
      return { exit, said: said(), shown: shown() };
    };
    const acting = ["--account", ACCOUNT, "--act"];
    const users = async () => (await iam.send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName).sort();
    const policies = async () =>
      (await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies?.map(({ PolicyName }) => PolicyName);
    const keyOfAgent = async () =>
      (await iam.send(new ListAccessKeysCommand({ UserName: "agent-7" }))).AccessKeyMetadata?.[0];
    const untouched = async () => {
      expect(await users()).toEqual(["agent-7"]);
      expect(await policies()).toEqual([]);
      expect((await keyOfAgent())?.Status).toBe("Active");
    };

    it("reads every page, counts by kind, and names nobody", async () => {
      const { exit, said, shown } = await run([]);
      expect(exit).toBe(0);
      expect(shown.whole).toBe(true);
      expect(shown.seen).toMatchObject({ "credential.seen, access key, on": 1 });
      expect(shown.permissions).toMatchObject({ refused: [], undeclared: [] });
      expect(line.asked.filter(({ reads }) => !reads)).toEqual([]);
      expect(line.asked.length).toBeGreaterThan(10);
      const key = (await keyOfAgent())?.AccessKeyId ?? "?";
      for (const name of ["agent-7", key]) expect(said).not.toContain(name);
      expect(readdirSync(home).sort()).toEqual(["config", "credentials"]);
    });

    it("says which declared permission is refused, and reads the rest", async () => {
      instead = ({ verb }) => (verb === "ListSSHPublicKeys" ? refusedByIam() : undefined);
      const { exit, shown } = await run([]);
      expect([exit, shown.whole]).toEqual([1, false]);
      expect(shown.permissions.refused).toEqual(["iam:ListSSHPublicKeys"]);
      expect(shown.seen).toMatchObject({ "credential.seen, access key, on": 1 });
    });

    it("refuses a profile of another account before it looks at anything", async () => {
      const { exit } = await run(["--account", "444455556666", "--act"]);
      expect(exit).toBe(2);
      expect(line.asked.map(({ service }) => service)).toEqual(["sts"]);
    });

    it("takes its canary down every rung and back, proves each step, and leaves nothing", async () => {
      const { exit, said, shown } = await run(acting);
      expect(exit).toBe(0);
      expect(shown.steps.map(({ step }) => step)).toEqual([
        "quarantine login profile",
        "undo quarantine login profile",
        "disable access key",
        "end-sessions temporary credentials",
        "undo end-sessions temporary credentials",
        "undo disable access key",
        "disable access key",
        "delete access key",
        "delete login profile",
      ]);
      for (const { at } of shown.steps) expect(said).toContain(`${at} `);
      const [, secret = ""] = /<SecretAccessKey>(.+)<\/SecretAccessKey>/.exec(answers.join("")) ?? [];
      expect(secret).toHaveLength(40);
      expect(said).not.toContain(secret);
      await untouched();
    });

    it.each<[verb: string, how: string, said: Said | "lost"]>([
      ["UpdateAccessKey", "is refused", refusedByIam()],
      ["PutUserPolicy", "is refused", refusedByIam()],
      ["AttachUserPolicy", "finds no room", refusedByIam("LimitExceeded")],
      ["CreateLoginProfile", "is against the account's rules", refusedByIam("PasswordPolicyViolation")],
      ["CreatePolicy", "is done and not answered", "lost"],
      ["CreateUser", "is done and not answered", "lost"],
      ["CreateAccessKey", "is done and not answered", "lost"],
      ["UpdateAccessKey", "is done and not answered", "lost"],
    ])("cleans up where %s %s", async (verb, _how, said) => {
      let failed = false;
      instead = (asked) => {
        if (asked.verb !== verb || failed) return undefined;
        failed = true;
        return said;
      };
      const { exit, shown } = await run(acting);
      expect([failed, exit, shown.leftBehind]).toEqual([true, 1, []]);
      expect(shown.failed).toBeTypeOf("string");
      expect(line.asked.filter((one) => one.verb === verb)).toHaveLength(1); // what was lost may have been done
      await untouched();
    });

    it.each<[verb: string, read: string, empty: Said]>([
      ["CreateUser", "GetUser", NO_ENTITY],
      ["CreatePolicy", "ListPolicyTags", NO_ENTITY],
      ["CreateAccessKey", "ListAccessKeys", NO_KEYS],
    ])("looks again for what %s made and nobody heard of, where %s does not know it yet", async (verb, read, empty) => {
      let [lost, looks] = [false, 0];
      instead = (asked) => {
        if (asked.verb === verb && !lost) {
          lost = true;
          return "lost";
        }
        if (asked.verb !== read || !lost) return undefined;
        looks += 1;
        return looks < 3 ? empty : undefined;
      };
      const { exit, shown } = await run(acting);
      expect([exit, shown.leftBehind, looks >= 3]).toEqual([1, [], true]);
      expect(line.asked.map((one) => one.verb)).toContain(verb.replace("Create", "Delete"));
      await untouched();
    });

    it("says what may stand, where what was lost is not seen at all", async () => {
      instead = ({ verb }) => (verb === "CreateUser" ? "lost" : verb === "GetUser" ? NO_ENTITY : undefined);
      const { exit, shown } = await run(acting);
      expect(exit).toBe(1);
      expect(shown.leftBehind.join()).toMatch(/^canary-of-leasehold-[0-9a-f]{16} \(may stand/);
    });

    it("says what it could not take away", async () => {
      instead = ({ verb }) => (verb === "DeleteUser" ? refusedByIam() : undefined);
      const { exit, shown } = await run(acting);
      expect(exit).toBe(1);
      expect(shown.leftBehind.join()).toMatch(/^canary-of-leasehold-[0-9a-f]{16} \(iam:DeleteUser is refused\)/);
    });

    it.each([1, 2, 5, 10])("cleans up where somebody wants an end at the wait %i", async (endsAt) => {
      const { exit, shown } = await run(acting, { endsAt });
      expect([exit, shown.leftBehind, shown.failed]).toEqual([1, [], "somebody wanted an end"]);
      expect(shown.steps.length).toBeLessThan(9);
      await untouched();
    });

    it("cleans up on Ctrl-C, of which npm and the terminal both tell", async () => {
      const argv = ["aws-iam", "--profile", "live", ...acting];
      const { CI: _, ...env } = process.env;
      const child = spawn(process.execPath, [SCRIPT, ...argv], { env, stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      let told = false;
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (!/making canary/.test(said) || told) return;
        told = true;
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGINT"), 50);
      });
      const [code] = await once(child, "exit");
      expect(said).toMatch(/somebody wanted an end/);
      expect(said).toMatch(/cleaned up/);
      expect(code).toBe(1);
      await untouched();
    });

    it("sends nothing about what it did not make, whatever an action wants", async () => {
      const connector = await connectors["aws-iam"]();
      const AccessKeyId = (await keyOfAgent())?.AccessKeyId;
      const strays = (connector.acts ?? []).map(
        (action) =>
          ({
            ...action,
            apply: async (api: typeof iam) => {
              const of = { UserName: "agent-7", AccessKeyId, Status: "Inactive" as const };
              await api.send(new UpdateAccessKeyCommand(of));
            },
          }) as unknown as Action<unknown>,
      );
      const { io } = ioOf();
      const place = { account: ACCOUNT, profile: "live", regions: ["us-east-1"] };
      const noSecrets = () => Promise.reject(new Error("no secret is named here"));
      const connect = (more: object) =>
        connector.connect?.(settingsFor(connector, place, more), noSecrets, () => instantOf(Date.now()));
      vi.stubEnv("AWS_ENDPOINT_URL", line.url);
      const done = await act(
        { ...connector, acts: strays },
        { connect, own: { send: (command) => iam.send(command as never) } },
        { account: ACCOUNT, partition: "aws" },
        toolsOf(io, () => undefined),
      );
      expect(done.failed).toMatch(/refused before it was sent/);
      expect(done.steps).toEqual([]);
      await untouched();
    });

    describe("what an earlier run left", () => {
      const Tags = [{ Key: TAG, Value: MARK }];
      beforeEach(async () => {
        await iam.send(new CreateUserCommand({ UserName: LEFT, Path: PATH, Tags }));
        await iam.send(new CreateAccessKeyCommand({ UserName: LEFT }));
        const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
        const PolicyName = `leasehold-canary-${MARK}-quarantine`;
        await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument, Tags }));
      });
      const cleaning = ["--account", ACCOUNT, "--clean"];
      const later = { clock: () => Date.now() + 16 * MINUTE };

      it("is named, and left alone", async () => {
        const { exit, shown } = await run(acting);
        expect([exit, shown.leftOver]).toEqual([0, [LEFT]]);
        expect(await users()).toEqual(["agent-7", LEFT]);
      });

      it("is said to be gone or left, where somebody wants an end in between", async () => {
        const other = "fedcba9876543210";
        const UserName = `${TAG}-${other}`;
        await iam.send(new CreateUserCommand({ UserName, Path: PATH, Tags: [{ Key: TAG, Value: other }] }));
        const ended = new AbortController();
        instead = ({ verb }) => {
          if (verb === "DeleteUser") ended.abort();
          return undefined;
        };
        const { exit, shown } = await run(cleaning, { ...later, stopped: () => ended.signal });
        expect(exit).toBe(1);
        expect([...shown.gone, ...shown.left].map((one) => one.split(" ")[0]).sort()).toEqual([LEFT, UserName]);
        expect(await users()).toEqual(["agent-7", shown.left[0]?.split(" ")[0]]);
      });

      it("is taken away only when asked to, and no younger than a quarter of an hour", async () => {
        const early = await run(cleaning);
        expect([early.exit, early.shown.gone]).toEqual([1, []]);
        expect(early.shown.left.join()).toMatch(/another run/);
        expect(line.asked.filter(({ reads }) => !reads)).toEqual([]);
        const { exit, shown } = await run(cleaning, later);
        expect([exit, shown.gone]).toEqual([0, [LEFT]]);
        await untouched();
      });

      it.each([
        ["without the tag", { UserName: "canary-of-leasehold-fedcba9876543210", Path: PATH }],
        ["with the tag of another", { UserName: "canary-of-leasehold-fedcba9876543210", Path: PATH, Tags }],
        [
          "elsewhere",
          { UserName: "canary-of-leasehold-fedcba9876543210", Tags: [{ Key: TAG, Value: "fedcba9876543210" }] },
        ],
        ["under another name", { UserName: "canary-of-leasehold", Path: PATH, Tags }],
      ])("is no user %s", async (_title, user) => {
        await iam.send(new CreateUserCommand(user));
        const { shown } = await run(cleaning, later);
        expect(shown.gone).toEqual([LEFT]);
        expect(await users()).toEqual(["agent-7", user.UserName]);
      });
    });
  });
}
