import { connectors } from "@leasehold/connectors";
import { altered } from "@leasehold/connectors/kit";
import type { Connector, HookRequest } from "@leasehold/core/connector";
import { Fault, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";

const SETTINGS: Readonly<Record<string, object>> = {
  slack: { tokenName: "slack.token", signingName: "slack.signing" },
  jira: {
    ...{ site: "https://example.atlassian.net", account: "leasehold@example.com", tokenName: "jira.token" },
    ...{ project: "SEC", signingName: "jira.webhook" },
  },
  okta: {
    ...{ org: "https://example.okta.com", clientId: "0oa1leasehold0example", keyName: "okta.key" },
    signingName: "okta.hook",
  },
  github: { signingName: "github.webhook" },
  ingest: {
    sources: {
      hr: { secretName: "ingest.hr", kinds: ["person.left"] },
      scanner: { secretName: "ingest.scanner", kinds: ["credential.exposed"] },
    },
  },
};
/** What proves it is the secret itself: a wrong address would be told it. */
const PLAIN: readonly string[] = ["okta"];
const SECRET = "a secret of example.com";

const all = await Promise.all(Object.entries(connectors).map(async ([id, load]) => [id, await load()] as const));
const spokenTo = all.filter(([, { signedWith }]) => signedWith !== undefined);

/** What would be put in line, or why it is refused. */
function said({ hook, desk }: Connector, request: HookRequest, settings: unknown, now = MONDAY): unknown {
  try {
    if (!hook) return desk?.read?.(request, [SECRET], now);
    const read = hook.read(request, [SECRET], now, settings);
    return "deliveries" in read ? read.deliveries : [];
  } catch (error) {
    if (error instanceof Fault) return error.facts["why"];
    throw error;
  }
}

it("every way in that a vendor signs has settings here", () => {
  expect(spokenTo.map(([id]) => id).sort()).toEqual(Object.keys(SETTINGS).sort());
});

describe.each(spokenTo)("our own request to the way in of %s", (id, connector) => {
  const settings = connector.settings.parse(SETTINGS[id]);
  const probes = connector.probes?.(settings) ?? [];

  it("is there for each secret that signs, and for none that would go along itself", () => {
    const sign = PLAIN.includes(id) ? [] : connector.signedWith?.(settings);
    expect(probes.map(({ signedWith }) => signedWith)).toEqual(sign);
  });

  it.each(probes)("is taken, and says nothing: $signedWith", (probe) => {
    const request = probe.request(SECRET, MONDAY);
    expect(connector.signedWith?.(settings, request.headers)).toEqual([probe.signedWith]);
    expect(said(connector, request, settings)).toEqual([]);
    expect(said(connector, request, settings, laterBy(MONDAY, 2))).toEqual([]);
  });

  it.each(probes)("is refused for its proof alone, with one byte of it changed: $signedWith", (probe) => {
    const request = probe.request(SECRET, MONDAY);
    const wrong = altered(request, probe);
    const [right, other] = [request.headers[probe.proof] ?? "", wrong.headers[probe.proof] ?? ""];
    expect([...right].filter((letter, n) => letter !== other[n])).toHaveLength(1);
    expect(other).toHaveLength(right.length);
    expect({ ...wrong, headers: { ...wrong.headers, [probe.proof]: right } }).toEqual(request);
    expect(said(connector, wrong, settings)).toBe("signature");
  });

  it.each(probes)("is made with the secret that it is given: $signedWith", (probe) => {
    expect(said(connector, probe.request("another secret", MONDAY), settings)).toBe("signature");
  });

  it("is none where no secret is named", () => {
    const { signingName: _, ...rest } = SETTINGS[id] as Record<string, unknown>;
    const unnamed = connector.settings.safeParse(rest);
    if (unnamed.success && id !== "ingest") expect(connector.probes?.(unnamed.data) ?? []).toEqual([]);
  });
});
