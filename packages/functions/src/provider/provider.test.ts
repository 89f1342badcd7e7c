import type { Connector } from "@leasehold/core/connector";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { MONDAY } from "../../../../test/support/clock.ts";
import { envOf } from "../env/index.ts";
import { type Host, once, readDeployed } from "../world/index.ts";
import { provider } from "./index.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => vi.restoreAllMocks());

const context = { functionName: "leasehold-dev-example-read", awsRequestId: "1" } as never;
const config = (settings: object) => ({
  fallback: { email: "a@example.com" },
  connectors: { example: { mode: "ask", settings } },
});

function on(right: string, settings: object = { keyName: "example.key" }): Host {
  const file = JSON.stringify({ stage: "dev", config: config(settings), declared: [] });
  return {
    env: envOf({ LEASEHOLD_STAGE: "dev", LEASEHOLD_RIGHT: right }),
    deployed: once(() => readDeployed(file)),
    aws: (async () => ({ SecretString: "CANARY" })) as never,
    clock: () => MONDAY,
    log: (level: string, message: string, keys: object) => void lines.push(JSON.stringify([level, message, keys])),
  } as unknown as Host;
}

function example() {
  const connects: unknown[] = [];
  const connector: Connector = {
    ...{ id: "example", title: "Example", proof: "fixtures" },
    settings: z.strictObject({ keyName: z.string() }),
    connect: (settings, secrets) => {
      connects.push(settings);
      return { secrets };
    },
    check: async (api) => [
      `${(await (api as { secrets: (name: string) => Promise<string> }).secrets("example.key")).length} letters`,
    ],
  };
  return { connector, connects };
}

it("connects once, with its own settings and secrets, and answers", async () => {
  const { connector, connects } = example();
  const handler = provider(connector, on("read"));
  expect(connects).toEqual([]); // nothing is connected by importing
  for (const _ of [1, 2])
    expect(await handler({ does: "check", args: [] }, context)).toEqual({ result: ["6 letters"] });
  expect(connects).toEqual([{ keyName: "example.key" }]);
  expect(lines.join()).not.toContain("CANARY");
});

it("answers what is wrong as a fault, with the facts that say what to do", async () => {
  const { connector } = example();
  expect(await provider(connector, on("act"))({ does: "check", args: [] }, context)).toMatchObject({
    fault: { name: "BadInput", facts: { does: "check", right: "act" } },
  });
  expect(
    await provider(connector, on("read", { wrong: "CANARY" }))({ does: "check", args: [] }, context),
  ).toMatchObject({
    fault: { name: "BadInput", facts: { connector: "example", where: expect.stringContaining("keyName") } },
  });
  expect(await provider({ ...connector, id: "other" }, on("read"))({ does: "check", args: [] }, context)).toMatchObject(
    {
      fault: { name: "BadInput", facts: { connector: "other" } },
    },
  );
  expect(lines.join()).not.toContain("CANARY");
});
