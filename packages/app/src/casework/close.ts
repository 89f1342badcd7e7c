import { type Case, type Completeness, pointersOf } from "@leasehold/core/casework";
import { leftOn } from "@leasehold/core/connector";
import { digest, type Instant } from "@leasehold/core/kernel";
import { sessionsUntil } from "@leasehold/core/winddown";
import { silentNow } from "../feed/index.ts";
import { gapsOf, peopleOf } from "../question/index.ts";
import type { Stored, StoredCase, Versioned } from "../world/index.ts";
import { inHandOf, isLeaver, keptOf } from "./in-hand.ts";
import type { CasePorts } from "./ports.ts";

/** The end of a case: what was looked at, what was not, and where the trail of each of its wind-downs ends. */
export async function closeCase(
  world: CasePorts,
  stored: StoredCase,
  items: readonly Stored[],
  because: string,
): Promise<void> {
  const { case: open } = stored;
  const completeness = await completenessOf(world, open, items);
  const at = world.clock();
  const nodes = await Promise.all(pointersOf(open).map((subject) => world.graph.node(subject)));
  const released = nodes
    .filter((node) => node !== undefined)
    .filter(({ value }) => value.openCase === open.id)
    .map((node): Versioned<typeof node.value> => ({ ...node, value: { ...node.value, openCase: undefined } }));
  const roots = Object.fromEntries(
    completeness.roots.map(({ windDown, entries, hash }) => [windDown, `${entries}/${hash}`]),
  );
  const draft = {
    did: "case.closed",
    by: "leasehold",
    facts: { because, completeness: digest(completeness), ...roots },
  };
  await world.cases.change(
    stored,
    { ...open, status: "closed", closed: { at, because }, completeness },
    draft,
    released,
  );
  world.log("info", "case closed", { caseId: open.id, because });
}

/** What no connector of ours reports: said, so that nobody takes it for looked at and clean. */
const NOT_LOOKED_FOR = [
  "Copies of a credential elsewhere: in variables of pipelines, in files, and in vaults where nothing written on them names its id.",
  "Regions: what is listed is of a whole account; a service that lists by region is heard of by its events alone.",
];

/**
 * Secrets are looked at only where a connector tells of who reads them, and never by what users and roles are allowed. IAM's own report tells
 * of certificates that are active, and of no other.
 */
const notLookedFor = ({ estate }: CasePorts): readonly string[] => [
  ...NOT_LOOKED_FOR,
  ...(estate.provider(IAM) === undefined ? [] : [CERTIFICATES]),
  estate.provider(VAULT) === undefined
    ? "Secrets that the person could read and others own."
    : "Secrets that the policies of their users and roles let them read: only reads that were seen, and the secrets' own policies.",
];
const VAULT = "aws-secrets";
const IAM = "aws-iam";
const CERTIFICATES =
  "Inactive signing certificates of users in AWS IAM who have no active one: they open nothing until somebody switches one on, and that is heard of.";

async function completenessOf(world: CasePorts, open: Case, items: readonly Stored[]): Promise<Completeness> {
  const all = open.items;
  const coverage = await world.ledger.coverage();
  const bare = items.filter(({ windDown }) => windDown.ladder.length === 0);
  const types = await Promise.all(bare.map(({ windDown }) => world.graph.node(windDown.credential)));
  return {
    sources: world.estate
      .providers()
      .filter(({ page }) => page !== undefined)
      .map(({ id }) => {
        const seen = coverage.find(({ connector }) => connector === id);
        return { connector: id, whole: seen?.whole ?? false, at: seen?.at };
      }),
    notSupported: [...new Set(types.map((node) => node?.value.subject.facts["type"]?.value ?? "unknown"))].sort(),
    left: all.flatMap(({ credential, left }) => (left === undefined ? [] : [{ credential, because: left }])),
    places: await placesOf(world, open),
    ...(isLeaver(open) && { inHand: await inHandOf(world, peopleOf(world, world.clock()), open) }),
    kept: await keptOf(world, open),
    notVisible: [
      ...unheardOf(open),
      ...(await gapsOf(world)),
      ...(await silentOf(world)),
      ...livingOf(items, world.clock()),
    ],
    notLookedFor: notLookedFor(world),
    roots: items.map(({ windDown, head }) => ({ windDown: windDown.id, entries: head.n, hash: head.hash })),
  };
}

/** Where no event told of it, what else happened there may not have been told either. */
const unheardOf = ({ triggers }: Case): readonly string[] =>
  triggers.flatMap(({ subject, found }) =>
    found === "poll" || found === "sweep"
      ? [`No event of what happened to ${subject} was seen: it was found by a ${found}.`]
      : [],
  );

async function silentOf({ ledger, findings }: CasePorts): Promise<readonly string[]> {
  const heard = (await ledger.heartbeats()).map(({ connector }) => connector).sort();
  const all = await Promise.all(heard.map((connector) => silentNow({ findings }, connector)));
  return all.flatMap((finding) =>
    finding ? [`${finding.about} is silent since ${finding.at}: its events do not come.`] : [],
  );
}

/** What was opened with a credential before it was switched off does not end with it. */
function livingOf(items: readonly Stored[], now: Instant): readonly string[] {
  return items.flatMap(({ windDown }) => {
    const until = sessionsUntil(windDown);
    const left = leftOn(windDown.acts.at(-1)?.receipt.after);
    if (left !== undefined) return [`${windDown.credential} was switched off, and something was left on: ${left}.`];
    return until === undefined || until <= now
      ? []
      : [`A session that was opened with ${windDown.credential} before it was switched off can live until ${until}.`];
  });
}

/** The tenants of the person's accounts and credentials, each with the connector that told of it. */
async function placesOf({ graph }: CasePorts, { accounts, items }: Case) {
  const nodes = await Promise.all(
    [...accounts, ...items.map(({ credential }) => credential)].map((id) => graph.node(id)),
  );
  const places = nodes.flatMap((node) => {
    const { tenant, facts } = node?.value.subject ?? {};
    return tenant ? [{ connector: facts?.["connector"]?.value ?? "unknown", tenant }] : [];
  });
  const keyed = new Map(places.map((one) => [`${one.connector} ${one.tenant}`, one]));
  return [...keyed.keys()].sort().flatMap((key) => keyed.get(key) ?? []);
}
