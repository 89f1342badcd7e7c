import { readdirSync } from "node:fs";
import { BedrockAgentCoreControlClient, CreateGatewayCommand } from "@aws-sdk/client-bedrock-agentcore-control";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { estate, type Trial } from "../../packages/cli/src/trial/index.ts";
import { type Asked, between, NO_SERVICES, refused, type Said } from "./between.ts";
import { ACCOUNT, iam, own, reset } from "./moto.ts";

interface Shown {
  readonly account: string;
  readonly lists: readonly { readonly connector: string; readonly whole: boolean; readonly stopped?: string }[];
  readonly look: {
    readonly ownerless: readonly { readonly name: string; readonly type: string }[];
    readonly agents: readonly { readonly name: string; readonly type: string }[];
    readonly naked: readonly { readonly name: string }[];
    readonly notVisible: readonly string[];
    readonly whole: boolean;
  };
}

export function scanning(): void {
  describe("a scan", () => {
    let here: Trial;
    let line: Awaited<ReturnType<typeof between>>;
    let instead: (asked: Asked) => Said | undefined = () => undefined;

    beforeAll(async () => {
      await reset();
      await iam.send(new CreateUserCommand({ UserName: "agent-7" }));
      await iam.send(new CreateAccessKeyCommand({ UserName: "agent-7" }));
      const core = new BedrockAgentCoreControlClient({ ...own, region: "us-east-1" });
      await core.send(
        new CreateGatewayCommand({
          ...{ name: "tools", roleArn: `arn:aws:iam::${ACCOUNT}:role/tools`, protocolType: "MCP" },
          authorizerType: "NONE" as "AWS_IAM", // moto takes it as AWS does, whose client's types are behind
        }),
      );
    });
    beforeEach(async () => {
      here = estate();
      const known = (asked: Asked) => (asked.verb === "ListServiceSpecificCredentials" ? NO_SERVICES : undefined);
      line = await between(process.env["LEASEHOLD_MOTO"] ?? "", (asked) => instead(asked) ?? known(asked));
      vi.stubEnv("AWS_ENDPOINT_URL", line.url);
      vi.stubEnv("AWS_PROFILE", "nobody"); // what lies around is not taken
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      line.close();
      here.close();
      instead = () => undefined;
    });
    const scan = async (...more: readonly string[]) => {
      const { exit, out, err } = await here.run("scan", "--profile", "contract", "--json", ...more);
      return { exit, err, shown: JSON.parse(out) as Shown };
    };

    it("shows what stands open in an account, reads and nothing more, and leaves no file behind", async () => {
      const { exit, err, shown } = await scan("--account", ACCOUNT);
      expect(exit).toBe(1);
      expect(shown.account).toBe(ACCOUNT);
      const list = (id: string) => shown.lists.find(({ connector }) => connector === id);
      expect(list("aws-iam")).toMatchObject({ whole: true });
      expect(shown.look.ownerless).toMatchObject([
        { name: `arn:aws:iam::${ACCOUNT}:user/agent-7`, type: "access key" },
      ]);
      expect(shown.look.naked).toMatchObject([{ name: expect.stringContaining(":gateway/") }]);
      expect(shown.look.agents).toMatchObject([{ type: "gateway" }]);
      expect(shown.look.notVisible.join("\n")).toMatch(/Identity Center was not looked at/);
      expect(err).toContain("listing AWS IAM");
      expect(line.asked.length).toBeGreaterThan(10);
      expect(line.asked.filter(({ reads }) => !reads)).toEqual([]);
      expect(readdirSync(here.home)).toEqual([]);
    });

    it("says of one list that was refused which permission is missing, and shows the others", async () => {
      instead = ({ verb }) => (verb === "ListSecrets" ? refused("AccessDeniedException") : undefined);
      const { exit, shown } = await scan();
      expect(exit).toBe(1);
      expect(shown.look.notVisible.join("\n")).toMatch(/secretsmanager:ListSecrets/);
      expect(shown.look.ownerless).toHaveLength(1);
      expect(shown.look.whole).toBe(false);
    });

    it("says of a Region that is off that it was not seen, and looks in the others", async () => {
      instead = ({ region }) => (region === "ap-east-1" ? refused("UnrecognizedClientException") : undefined);
      const { shown } = await scan("--region", "ap-east-1,us-east-1");
      expect(shown.look.notVisible.filter((one) => /ap-east-1 was not seen/.test(one))).not.toEqual([]);
      expect(shown.look.naked).toHaveLength(1);
      expect(shown.lists.find(({ connector }) => connector === "aws-agentcore")?.whole).toBe(false);
    });

    it.each<[string, readonly string[], Said | undefined, RegExp]>([
      ["a profile of another account", ["--account", "444455556666"], undefined, /of another account/],
      ["credentials that have ended", [], refused("ExpiredToken"), /sign in again/],
    ])("refuses %s before anything is listed", async (_title, more, sts, says) => {
      instead = ({ service }) => (service === "sts" ? sts : undefined);
      const { exit, err } = await here.run("scan", "--profile", "contract", ...more);
      expect([exit, err]).toEqual([2, expect.stringMatching(says)]);
      expect(line.asked.map(({ service }) => service)).toEqual(["sts"]);
    });
  });
}
