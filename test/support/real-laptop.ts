import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaseView, caseRows, caseView } from "@leasehold/app/case-view";
import type { Configured } from "@leasehold/app/config";
import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import { bind, type Estate, type Provider } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Live, Press } from "@leasehold/connectors/kit";
import { simulatorOf } from "@leasehold/connectors/simulators";
import type { DeskRequest } from "@leasehold/core/connector";
import { badInput, type Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { realClock } from "@leasehold/local/clock";
import { demoConfig, demoEvents, demoHistory, demoWorlds } from "@leasehold/local/demo";
import { type Door, openDoor } from "@leasehold/local/door";
import { understanding } from "@leasehold/local/history";
import { openLaptop } from "@leasehold/local/laptop";

export const SIGNING = "demo signing secret";
const SIMULATED = ["aws-iam", "aws-identity-center", "okta", "slack", "jira"] as const;
const CONFIG: Configured = {
  ...demoConfig(),
  connectors: {
    "aws-iam": {
      mode: "act",
      settings: { account: "111122223333", role: "arn:aws:iam::111122223333:role/leasehold-act", profile: "audit" },
    },
    "aws-identity-center": {
      settings: {
        ...{ account: "111122223333", role: "arn:aws:iam::111122223333:role/leasehold-read", profile: "audit" },
        ...{ identityStoreId: "d-1234567890", region: "eu-west-1" },
      },
    },
    okta: {
      mode: "act",
      settings: {
        ...{ org: "https://example.okta.com", clientId: "0oa1leasehold0example", keyName: "okta.key" },
        signingName: "okta.hook",
      },
    },
    slack: { settings: { tokenName: "slack.token", signingName: "slack.signing" } },
    jira: {
      settings: {
        ...{ site: "https://example.atlassian.net", account: "leasehold@example.com", tokenName: "jira.token" },
        ...{ project: "SEC", signingName: "jira.webhook" },
      },
    },
    ingest: { settings: { sources: { scanner: { secretName: "ingest.scanner", kinds: ["credential.exposed"] } } } },
  },
};

/**
 * A laptop that runs a real estate, on the machine's own clock: settings, secrets, ways in and bus are the real ones, and only
 * what would leave the machine meets a vendor's simulator.
 */
export async function realLaptop(more: Partial<Configured> = {}) {
  const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leasehold-real-"));
  const clock = realClock();
  const { lives, kept, estate, hookSecret } = await simulatedVendors(clock());
  const secrets: Readonly<Record<string, string>> = {
    ...{ "okta.hook": hookSecret, "ingest.scanner": "scanner secret" },
    ...{ "slack.signing": SIGNING, "jira.webhook": SIGNING },
  };
  const open = () =>
    openLaptop({
      ...{
        path: join(home, "store.db"),
        config: { ...CONFIG, ...more },
        host: { estate: () => estate },
        log: () => {},
      },
      secrets: async (name) => {
        const value = secrets[name];
        if (value === undefined) throw badInput("a secret is named and not given", { name });
        return value;
      },
    });
  let laptop = await open();
  const { world } = laptop;
  await ingest(world, await pastOf(clock()), { live: false, recordedAt: clock() });
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
  await world.ledger.installed(clock());
  await laptop.settle();
  const listening = () => openDoor(laptop.waysIn, { host: "127.0.0.1", port: 0 });
  let door: Door = await listening();
  const close = async () => {
    await door.close();
    laptop.close();
  };
  const post = (id: string, { headers, body }: DeskRequest) =>
    fetch(`http://127.0.0.1:${door.port}/in/${id}`, { method: "POST", headers: { ...headers }, body });

  return {
    clock,
    laptop: () => laptop,
    at: () => `http://127.0.0.1:${door.port}`,
    post,
    /** Okta's own hook tells that somebody left, and Okta has them gone. */
    leaves: async (who: "sueLeaves" | "niaLeaves" | "patLeaves") => {
      const event = demoEvents[who](clock());
      lives.get("okta")?.absorb(event);
      const request = (await simulatorOf("okta")).hooked?.send([event], clock()) as DeskRequest;
      const { status } = await post("okta", request);
      await laptop.settle();
      return status;
    },
    request: (desk: "slack" | "jira", press: Press) => lives.get(desk)?.click?.(press) as DeskRequest,
    press: async (desk: "slack" | "jira", press: Press) => {
      const { status } = await post(desk, lives.get(desk)?.click?.(press) as DeskRequest);
      await laptop.settle();
      return status;
    },
    /** What a desk has, as text. */
    shown: (desk: "slack" | "jira"): string => JSON.stringify(kept.get(desk)?.()),
    told: (desk: "slack" | "jira") => lives.get(desk)?.told?.() ?? [],
    cases: async (): Promise<readonly CaseView[]> => {
      const rows = await caseRows(laptop.world, ["open", "closed"]);
      return Promise.all(rows.map(({ id }) => caseView(laptop.world, id)));
    },
    /** As after Ctrl-C and another start. */
    restart: async () => {
      await close();
      laptop = await open();
      door = await listening();
    },
    close: async () => {
      await close();
      rmSync(home, { recursive: true });
    },
  };
}

/** What went before, as whoever could hear all of it read it. */
async function pastOf(now: Instant): Promise<readonly Signal[]> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const heard = demoHistory(now).flatMap(understanding(all.map((one) => bind(one, "observe", { http: {} }))));
  return heard.flatMap((one) => ("signals" in one ? one.signals : []));
}

/** Each keeps its world in memory; what it would send as an event of its own goes nowhere: here only the door listens. */
async function simulatedVendors(now: Instant) {
  const worlds: Readonly<Record<string, unknown>> = demoWorlds(now);
  const lives = new Map<string, Live<unknown>>();
  const kept = new Map<string, () => unknown>();
  const providers: Provider[] = [bind(await connectors.ingest(), "observe", undefined)];
  for (const id of SIMULATED) {
    let held = worlds[id];
    const memory = {
      get: () => held,
      set: (next: unknown) => {
        held = next;
      },
    };
    const live = (await simulatorOf(id)).live(memory, realClock(), () => {});
    lives.set(id, live);
    kept.set(id, memory.get);
    providers.push(bind(await connectors[id](), "act", live.api));
  }
  const estate: Estate = { provider: (id) => providers.find((one) => one.id === id), providers: () => providers };
  const hookSecret = (await simulatorOf("okta")).signing?.[0] ?? "";
  return { lives, kept, estate, hookSecret };
}
