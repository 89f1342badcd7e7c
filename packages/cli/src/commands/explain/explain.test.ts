import { KEYS, PIPELINE_KEY } from "@leasehold/local/demo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";
import { drawing } from "./drawing.ts";

let here: Trial;
beforeAll(async () => {
  here = await corp();
});
afterAll(() => here.close());

describe("explain", () => {
  it("draws every chain to the person, hop by hop, no wider than a narrow terminal", async () => {
    const { exit, out } = await here.run("explain", KEYS.support.accessKeyId);
    expect(exit).toBe(0);
    expect(out).toMatch(/^Sue Park, certain:\n {2}credential {2}crd_\w+ {2}access key {2}on\n {4}← /);
    expect(out).toMatch(
      /← created the credential, shown by an id[^←]*forgeable\s+by nobody\n {2}person {2}Sue Park {2}sue@example.com {2}active/,
    );
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).not.toContain("\u001b");
  });

  it("gives the same as nodes and hops", async () => {
    const told = await here.json<{ chains: readonly { links: object[]; hops: object[] }[] }>(
      "explain",
      KEYS.support.accessKeyId,
    );
    expect(told).toMatchObject({ subject: { id: KEYS.support.credential, kind: "credential" } });
    for (const { links, hops } of told.chains) expect(hops.length).toBeGreaterThanOrEqual(links.length - 1);
  });

  it("says no where no chain reaches a person", async () => {
    expect(await here.run("explain", KEYS.legacy.accessKeyId)).toMatchObject({
      exit: 1,
      out: expect.stringContaining("nobody is known to be behind it"),
    });
  });

  it("knows no name that nobody said", async () => {
    expect(await here.run("explain", PIPELINE_KEY.accessKeyId)).toMatchObject({ exit: 2, out: "" });
  });
});

describe("a drawing", () => {
  const link = { id: "crd_1", kind: "credential", name: undefined, says: [] } as const;

  it("marks where a chain breaks off", () => {
    const chain = {
      to: undefined,
      links: [link],
      hops: [],
      end: "The session x in which it was made was never seen being opened.",
    };
    expect(drawing({ subject: link, chains: [chain] })).toEqual([
      "A chain that breaks off:",
      "  credential  crd_1",
      "  ✗ The session x in which it was made was never seen being opened.",
    ]);
  });

  it("lets no name from outside move the cursor", () => {
    const evil = { ...link, name: "\u001b[2Jevil\nowner" };
    const drawn = drawing({ subject: evil, chains: [] });
    for (const sign of ["\u001b", "\n"]) expect(drawn.join("")).not.toContain(sign);
  });
});
