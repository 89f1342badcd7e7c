import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { connectors } from "@leasehold/connectors";
import { describe, expect, it } from "vitest";
import { agents } from "./agents.ts";
import { connecting } from "./connecting.ts";
import { ANSWERED, BESIDE, isAnswered, permissionsOf, SERVICES } from "./coverage.ts";
import { DIFFERENCES, metSoFar } from "./differences.ts";
import { functions } from "./functions.ts";
import { iamLadders } from "./iam-ladders.ts";
import { iamList } from "./iam-list.ts";
import { identityCenter } from "./identity-center.ts";
import { identityCenterAccess } from "./identity-center-access.ts";
import { living } from "./live.ts";
import { organization } from "./organization.ts";
import { asked } from "./recorder.ts";
import { runtimeLogs } from "./runtime-logs.ts";
import { scanning } from "./scan.ts";
import { secrets } from "./secrets.ts";
import { trails } from "./trails.ts";

iamLadders();
iamList();
identityCenter();
identityCenterAccess();
organization();
agents();
runtimeLogs();
secrets();
trails();
connecting();
functions();
scanning();
living();

/** Last: what the tests above left. */
describe("all of it", () => {
  it("is what moto itself answers", () => {
    const python = process.env["LEASEHOLD_MOTO_PYTHON"] as string;
    const script = fileURLToPath(new URL("operations.py", import.meta.url));
    const read = execFileSync(python, [script, ...Object.keys(ANSWERED)], { encoding: "utf8" });
    expect(JSON.parse(read)).toEqual(ANSWERED);
  });

  it("exercises every operation that a connector declares or a function calls, and moto answers", async () => {
    const all = await Promise.all(Object.values(connectors).map((load) => load()));
    const declared = [...BESIDE, ...all.flatMap(permissionsOf)].filter((one) => (one.split(":")[0] ?? "") in SERVICES);
    expect(declared.length).toBeGreaterThan(40);
    expect([...new Set(declared)].filter((one) => isAnswered(one) && !asked().has(one))).toEqual([]);
  });

  it("met every difference that is listed: one that is gone is struck out", () => {
    expect(DIFFERENCES.filter((one) => !metSoFar().has(one))).toEqual([]);
  });
});
