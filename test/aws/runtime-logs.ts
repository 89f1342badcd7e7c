import { askJson } from "@leasehold/connectors/kit";
import { describe, expect, it } from "vitest";
import type { Api } from "../../packages/connectors/src/aws-agentcore/api.ts";
import { isCalled } from "../../packages/connectors/src/aws-agentcore/sessions/counted.ts";
import { sessionsLogged } from "../../packages/connectors/src/aws-agentcore/sessions/logged.ts";
import { connected, own, reset } from "./moto.ts";
import { met } from "./recorder.ts";

const region = "eu-west-1";
const id = "search-aBcDeFgH12";
const runtime = { region, id, arn: `arn:aws:bedrock-agentcore:${region}:111122223333:runtime/${id}` };
const HOME = "/aws/bedrock-agentcore/runtimes/";
const UUID = "53c843b1-0000-4000-8000-000000000000";
const session = (nth: number) => `session-${String(nth).padStart(4, "0")}-of-somebody-who-is-nobody`;

/** As the runtime's own role does. */
async function written(group: string, streams: readonly string[]): Promise<void> {
  await logs("CreateLogGroup", { logGroupName: `${HOME}${group}` });
  for (const logStreamName of streams)
    await logs("CreateLogStream", { logGroupName: `${HOME}${group}`, logStreamName });
}
const logs = (operation: string, input: object) =>
  askJson(
    { keys: async () => own.credentials, now: () => new Date() },
    {
      ...{ service: "logs", region, url: new URL(process.env["LEASEHOLD_MOTO"] ?? ""), input },
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Logs_20140328.${operation}` },
    },
  );

export function runtimeLogs(): void {
  describe("what a runtime logged, and what was counted of it", () => {
    it("of moto's groups and streams those of this runtime's sessions are read, page by page, and no others", async () => {
      await reset();
      const today = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
      const many = Array.from({ length: 60 }, (_, nth) => `${today}/[runtime-logs-${session(nth)}]${UUID}`);
      await written(`${id}-DEFAULT`, [...many, `${today}/[runtime-logs]${UUID}`, "otel-rt-logs", "spans"]);
      await written(`${id}-prod`, [`${today}/[runtime-logs-${session(61)}]${UUID}`]);
      await written("search-aBcDeFgH13-DEFAULT", [`${today}/[runtime-logs-${session(62)}]${UUID}`]);
      await written(`${id}-other-aBcDeFgH14-DEFAULT`, [`${today}/[runtime-logs-${session(63)}]${UUID}`]);
      const found = await sessionsLogged(await moto(), runtime, 9 * 3_600);
      expect(found.map((one) => `${one.endpoint} ${one.id}`).sort()).toEqual([
        ...Array.from({ length: 60 }, (_, nth) => `DEFAULT ${session(nth)}`),
        `prod ${session(61)}`,
      ]);
      expect(await sessionsLogged(await moto(), { ...runtime, id: "nobody-aBcDeFgH15" }, 9 * 3_600)).toEqual([]);
    });

    it("CloudWatch's count is asked for in its own JSON; what is searched for moto does not look up", async () => {
      await reset();
      expect(await isCalled(await moto(), runtime)).toBe(false);
    });
  });
}

/** As the product asks, each call met. */
async function moto(): Promise<Api> {
  const api = await connected<Api>("aws-agentcore", { regions: [region] });
  const ask: Api["ask"] = (...call) => {
    met(call[1]);
    return api.ask(...call);
  };
  return { ...api, ask };
}
