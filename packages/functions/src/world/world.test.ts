import type { Keyed } from "@leasehold/app/world";
import type { Heard } from "@leasehold/core/connector";
import { type Instant, later, unavailable } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { issuedKey } from "../../../../test/support/signals.ts";
import type { Ask, Aws, Place } from "../aws/index.ts";
import { envOf } from "../env/index.ts";
import {
  firehoseArchive,
  type Host,
  keeping,
  lifeOf,
  publishing,
  queuesOf,
  readDeployed,
  rows,
  runsOn,
  world,
} from "./index.ts";

/** AWS, in a list of what was asked and a function of what it says. */
function fakeAws(says: (input: never, permission: string) => unknown) {
  const asked: Ask<unknown>[] = [];
  const aws: Aws = async (ask) => {
    asked.push(ask);
    const said = says(ask.input as never, ask.permission);
    return said === undefined ? undefined : ask.answer.parse(said);
  };
  return { aws, asked };
}

const event = (n: number): Keyed => ({ key: `k${n}`, event: { type: "owner.changed", credential: `crd_${n}` } });

describe("the bus", () => {
  it("is given ten at a time, and says which ones it took", async () => {
    const { aws, asked } = fakeAws(({ Entries }: { Entries: { Detail: string }[] }) => ({
      Entries: Entries.map(({ Detail }) => (Detail.includes("crd_3") ? { ErrorCode: "x" } : { EventId: "e" })),
    }));
    const taken = await publishing(aws, () => "leasehold-dev")(Array.from({ length: 23 }, (_, n) => event(n)));
    expect(asked.map(({ input }) => (input as { Entries: unknown[] }).Entries.length)).toEqual([10, 10, 3]);
    expect(taken).toHaveLength(22);
    expect(taken).not.toContain("k3");
    expect((asked[0]!.input as { Entries: unknown[] }).Entries[0]).toEqual({
      ...{ EventBusName: "leasehold-dev", Source: "leasehold", DetailType: "owner.changed" },
      Detail: '{"type":"owner.changed","credential":"crd_0"}',
    });
  });

  it("that fails on the way has taken what it took, and throws only where that is nothing", async () => {
    let calls = 0;
    const { aws } = fakeAws(({ Entries }: { Entries: unknown[] }) => {
      calls += 1;
      if (calls % 2 === 0) throw unavailable("aws");
      return { Entries: Entries.map(() => ({ EventId: "e" })) };
    });
    const events = Array.from({ length: 12 }, (_, n) => event(n));
    expect(await publishing(aws, () => "b")(events)).toHaveLength(10);
    calls = 1;
    await expect(publishing(aws, () => "b")([event(1)])).rejects.toMatchObject({ name: "Unavailable" });
  });
});

describe("the archive", () => {
  const line = (data: string) => JSON.parse(Buffer.from(data, "base64").toString());
  type Batch = { Records: { Data: string }[] };

  it("is one line a signal, and refuses what is none", async () => {
    const { aws, asked } = fakeAws(({ Records }: Batch) => ({
      RequestResponses: Records.map(() => ({ RecordId: "r" })),
    }));
    const archive = firehoseArchive({ aws, stream: () => "s" });
    await archive.append([issuedKey()], MONDAY);
    const [{ Data }] = (asked[0]!.input as Batch).Records as [{ Data: string }];
    expect(Buffer.from(Data, "base64").toString().endsWith("\n")).toBe(true);
    expect(line(Data)).toEqual({ recordedAt: MONDAY, signal: issuedKey() });
    const canary = { ...issuedKey(), secret: "CANARY" };
    await expect(archive.append([canary as never], MONDAY)).rejects.toMatchObject({ name: "BadInput" });
    expect(JSON.stringify(asked)).not.toContain(Buffer.from("CANARY").toString("base64").slice(0, 6));
    await archive.append([], MONDAY);
    expect(asked).toHaveLength(1);
    await expect(archive.read()).rejects.toMatchObject({ name: "Unreachable" });
  });

  it("sends five hundred at a time, only the refused ones again, and gives up", async () => {
    const sizes: number[] = [];
    let refuse = (n: number) => n % 2 === 0;
    const { aws } = fakeAws(({ Records }: Batch) => {
      sizes.push(Records.length);
      return { RequestResponses: Records.map((_, n) => (refuse(n) ? { ErrorCode: "x" } : { RecordId: "r" })) };
    });
    const archive = firehoseArchive({ aws, stream: () => "s", wait: async () => {} });
    const many = Array.from({ length: 501 }, () => issuedKey());
    await expect(archive.append(many.slice(0, 8), MONDAY)).rejects.toMatchObject({ name: "Unavailable" });
    expect(sizes.splice(0)).toEqual([8, 4, 2, 1]);
    refuse = () => false;
    await archive.append(many, MONDAY);
    expect(sizes).toEqual([500, 1]);
  });

  it("keeps a call below four MiB", async () => {
    const bytes: number[] = [];
    const { aws } = fakeAws(({ Records }: Batch) => {
      bytes.push(Records.reduce((sum, { Data }) => sum + Buffer.from(Data, "base64").length, 0));
      return { RequestResponses: Records.map(() => ({ RecordId: "r" })) };
    });
    const wide = {
      ...issuedKey(),
      handle: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${n}`, "x".repeat(2_000)])),
    };
    await firehoseArchive({ aws, stream: () => "s" }).append(
      Array.from({ length: 90 }, () => wide),
      MONDAY,
    );
    expect(bytes.length).toBe(3);
    for (const one of bytes) expect(one).toBeLessThanOrEqual(4 * 1_048_576);
  });
});

describe("the runs", () => {
  it("start under a name that finds the first, and wake what may have ended", async () => {
    const { aws, asked } = fakeAws(() => undefined);
    const runs = runsOn(aws, (name) => `arn:aws:states:eu-central-1:111122223333:stateMachine:leasehold-dev-${name}`);
    await runs.start("wind-down", "wdc_1-1", { contract: 1, id: "wdc_1" });
    await runs.wake("token");
    expect(asked).toMatchObject([
      {
        ...{ permission: "states:StartExecution", expected: ["ExecutionAlreadyExists"] },
        input: {
          name: "wdc_1-1",
          input: '{"contract":1,"id":"wdc_1"}',
          stateMachineArn: expect.stringMatching(/-wind-down$/),
        },
      },
      {
        ...{ permission: "states:SendTaskSuccess", expected: ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"] },
        input: { taskToken: "token", output: "{}" },
      },
    ]);
    await expect(runs.start("case", "x".repeat(81), {})).rejects.toMatchObject({ name: "BadInput" });
  });
});

describe("the queues", () => {
  it("take signals in messages of 200 kB, each part of a delivery under its own name", async () => {
    const { aws, asked } = fakeAws(() => ({ MessageId: "m" }));
    const queues = queuesOf(aws, (name) => `https://sqs.example.com/${name}`);
    const wide = {
      ...issuedKey(),
      handle: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}`, "x".repeat(2_000)])),
    };
    await queues.signals({ signals: [wide, wide, wide, wide, wide], live: true, recordedAt: MONDAY, delivery: "d" });
    const bodies = asked.map(({ input }) => (input as { MessageBody: string }).MessageBody);
    for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThan(201_000);
    const read = bodies.map((body) => JSON.parse(body));
    expect(read.map(({ delivery, live, recordedAt, signals }) => [delivery, live, recordedAt, signals.length])).toEqual(
      [
        ["d", true, MONDAY, 3],
        ["d/1", true, MONDAY, 2],
      ],
    );
    expect(asked[0]!.input).toMatchObject({ QueueUrl: "https://sqs.example.com/signals" });
    await queues.heard([{ id: "1" } as unknown as Heard, { id: "2" } as unknown as Heard]);
    expect(asked.slice(2).map(({ input }) => input)).toEqual([
      { QueueUrl: "https://sqs.example.com/heard", MessageBody: '{"heard":{"id":"1"}}' },
      { QueueUrl: "https://sqs.example.com/heard", MessageBody: '{"heard":{"id":"2"}}' },
    ]);
  });
});

describe("the roots' bucket", () => {
  const keep = (status: number) => {
    const sent: { url: string; init: RequestInit }[] = [];
    const place: Place = {
      region: () => "eu-central-1",
      credentials: () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "EXAMPLE", sessionToken: "EXAMPLE" }),
      fetch: async (url, init) => {
        sent.push({ url, init });
        return new Response("CANARY", { status });
      },
    };
    return { sent, run: () => keeping(place, () => "leasehold-roots")("roots/2026-01-05/x.json", "{}") };
  };

  it("takes an object once, with its checksum; what is there stays and is no fault", async () => {
    for (const status of [200, 412]) {
      const { sent, run } = keep(status);
      await run();
      expect(sent[0]!.url).toBe("https://leasehold-roots.s3.eu-central-1.amazonaws.com/roots/2026-01-05/x.json");
      expect(sent[0]!.init).toMatchObject({ method: "PUT", body: "{}" });
      expect(sent[0]!.init.headers).toMatchObject({
        "if-none-match": "*",
        "x-amz-checksum-sha256": "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=",
        authorization: expect.stringContaining("/eu-central-1/s3/aws4_request"),
      });
    }
  });

  it("that is refused or down is a fault", async () => {
    await expect(keep(403).run()).rejects.toMatchObject({ name: "PermissionMissing" });
    await expect(keep(500).run()).rejects.toMatchObject({ name: "Unavailable" });
  });
});

describe("the environment", () => {
  it("is read when it is asked for, and names the variable that is missing or wrong, never its value", () => {
    const env = envOf({ LEASEHOLD_TABLE: "t", LEASEHOLD_SIGNALS: "CANARY", LEASEHOLD_RAW: '[{"region":"CANARY"}]' });
    expect(env("LEASEHOLD_TABLE")).toBe("t");
    for (const variable of ["LEASEHOLD_BUS", "LEASEHOLD_SIGNALS", "LEASEHOLD_RAW", "LEASEHOLD_RIGHT"] as const) {
      const failed = () => env(variable);
      expect(failed).toThrow(expect.objectContaining({ name: "BadInput", facts: { variable } }));
      expect(failed).not.toThrow(/CANARY/);
    }
    const raw = [{ region: "us-east-1", url: "https://sqs.example.com/raw" }];
    expect(envOf({ LEASEHOLD_RAW: JSON.stringify(raw) })("LEASEHOLD_RAW")).toEqual(raw);
  });

  it("has a file beside the function, whose faults are named by where they are", () => {
    const config = { fallback: { email: "last@example.com" } };
    expect(readDeployed(JSON.stringify({ stage: "dev", config, declared: [] })).config.fallback.email).toBe(
      "last@example.com",
    );
    for (const text of [
      "CANARY",
      '{"stage":"CANARY"}',
      JSON.stringify({ stage: "dev", config, declared: [{ id: "CANARY" }] }),
    ]) {
      const failed = () => readDeployed(text);
      expect(failed).toThrow(expect.objectContaining({ name: "BadInput", facts: { where: expect.any(String) } }));
      expect(failed).not.toThrow(/CANARY/);
    }
  });
});

describe("a function's world", () => {
  const on = {
    env: envOf({ LEASEHOLD_TABLE: "t", LEASEHOLD_STAGE: "dev" }),
    deployed: () => readDeployed('{"stage":"dev","config":{"fallback":{"email":"a@example.com"}},"declared":[]}'),
    ...{ clock: () => MONDAY, log: () => {} },
  } as unknown as Host;

  it("is made once, and has no part that the table does not give it", async () => {
    const made = world("wind-down-stuck", {}, on);
    const here = made();
    expect(made()).toBe(here);
    for (const touch of [
      () => here.publish([]),
      () => here.runs.wake("x"),
      () => here.estate.providers(),
      () => here.archive.append([], MONDAY),
    ])
      expect(touch).toThrow(
        expect.objectContaining({
          name: "Unreachable",
          facts: { function: "wind-down-stuck", part: expect.any(String) },
        }),
      );
  });

  it.each(["call-reads", "call-plans"] as const)("of %s writes no row, and says that it may not", async (run) => {
    const estate = { provider: () => undefined, providers: () => [] };
    const { marks, ledger } = world(run, { rows, estate: () => estate }, on)();
    const until = MONDAY;
    for (const touch of [() => marks.put({ source: "x" } as never), () => ledger.see("delivery", until)])
      await expect(touch()).rejects.toMatchObject({ name: "Unreachable" });
  });

  it("has the parts that its file names", async () => {
    const runs = { start: async () => {}, wake: async () => {} };
    expect(world("wait", { runs: () => runs }, on)().runs).toBe(runs);
  });
});

describe("which table this is", () => {
  const made = 1_762_000_000.5; // seconds, as DynamoDB says it
  const says = (id: string) => ({ Table: { TableId: id, CreationDateTime: made, TableStatus: "ACTIVE" } });

  it("is asked of DynamoDB once a minute, by its name", async () => {
    let now = MONDAY as Instant;
    const ids = ["a", "b"];
    const { aws, asked } = fakeAws(() => says(ids.shift() ?? "c"));
    const life = lifeOf(
      aws,
      () => "leasehold-dev-table",
      () => now,
    );
    expect([await life(), await life()]).toEqual(Array(2).fill({ id: "a", made: "2025-11-01T12:26:40.500Z" }));
    expect(asked).toMatchObject([
      { permission: "dynamodb:DescribeTable", input: { TableName: "leasehold-dev-table" } },
    ]);
    now = later(now, 1 / 60);
    expect((await life()).id).toBe("b");
  });

  it("is known by nobody where DynamoDB does not say", async () => {
    const { aws } = fakeAws(() => {
      throw unavailable("aws");
    });
    await expect(
      lifeOf(
        aws,
        () => "t",
        () => MONDAY,
      )(),
    ).rejects.toMatchObject({ name: "Unavailable" });
  });
});
