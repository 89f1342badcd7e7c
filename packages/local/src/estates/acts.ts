import { type Dice, dice } from "./dice.ts";
import { assumeByRun, PROVIDER, workflowRun } from "./github.ts";
import type { Entry, Happened, Human, Path, Planned, Stream } from "./model.ts";
import { type Consent, consented } from "./okta.ts";
import { lifeAt } from "./people.ts";
import { MINUTE } from "./places.ts";
import { CHANCES } from "./plan.ts";
import {
  asIamUser,
  asPerson,
  asSession,
  assumeRole,
  attachUserPolicy,
  CONSOLE,
  createAccessKey,
  createBedrockKey,
  createUser,
  tagsOf,
  tagUser,
} from "./trail.ts";
import { iamId, oktaId, userArn } from "./vendor-ids.ts";

/** What the logs say of one credential, by the path on which its agent came to it. */
export function happened(planned: Planned, nth: number, seed: Dice): Happened {
  const from = seed.fork("acts", planned.id);
  const told = ACTS[planned.path]({ planned, nth, from });
  const { heir } = planned;
  if (heir?.told !== true || planned.path === "oauth") return told;
  const by = asPerson(heir.human, centreIdOf(heir.human, heir.at), heir.at, from).by;
  const userName = told.handles.holder.split("/").at(-1) ?? "";
  const tags = [{ key: "owner", value: heir.human.address }];
  const entry = logged("cloudtrail", heir.at, tagUser(userName, tags, { at: heir.at, by }, from), from);
  return { ...told, entries: [...told.entries, entry] };
}

interface Act {
  readonly planned: Planned;
  readonly nth: number;
  readonly from: Dice;
}

const ACTS: Readonly<Record<Path, (act: Act) => Happened>> = {
  laptop: (act) => (act.planned.maker.iamUser === undefined ? inPersonSession(act) : byIamUser(act)),
  sandbox: inPersonSession,
  bedrock,
  oauth,
  ci,
  "shared-role": throughRole,
  chain: throughRole,
};

/** The person's own IAM user makes a user for the agent and a key for it. */
function byIamUser({ planned, from }: Act): Happened {
  const by = asIamUser(planned.maker.iamUser ?? "", ownKey(planned.maker));
  return { ...keyMade({ planned, by, from }, []), hops: 1 };
}

/** The long-term key of a person's own IAM user: older than the logs. */
export const ownKey = ({ iamUser }: Human): string => iamId("AKIA", dice("own key", iamUser ?? ""));

function inPersonSession({ planned, from }: Act): Happened {
  return { ...keyMade({ planned, by: personOf(planned, from).by, from }, []), hops: 1 };
}

interface Making {
  readonly planned: Planned;
  readonly by: object;
  readonly from: Dice;
}

/** A user and its key, by whom `before` has led to. */
function keyMade({ planned, by, from }: Making, before: readonly Entry[]): Omit<Happened, "hops"> {
  const { at } = planned;
  const userName = planned.id.replace("/", "-");
  const accessKeyId = iamId("AKIA", from);
  const user = logged("cloudtrail", at, createUser(userName, tagsOf(planned), { at, by }, from), from);
  const made = at + 2 * MINUTE;
  const key = logged("cloudtrail", made, createAccessKey(userName, accessKeyId, { at: made, by }, from), from);
  return {
    entries: [...before, user, key],
    chain: [...before, key],
    identityChain: [...before, user],
    handles: { accessKeyId, holder: userArn(userName) },
    ...{ listed: false, showsMaker: false },
  };
}

/** The console makes a user nobody asked for. */
function bedrock({ planned, nth, from }: Act): Happened {
  const { at } = planned;
  const { by } = personOf(planned, from);
  const userName = `BedrockAPIKey-${((nth * 7_919) % 36 ** 4).toString(36).padStart(4, "0")}`;
  const id = iamId("ACCA", from);
  const doing = { at, by, agent: CONSOLE };
  const user = logged("cloudtrail", at, createUser(userName, [], doing, from), from);
  const policy = attachUserPolicy(userName, "arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess", doing, from);
  const key = logged(
    "cloudtrail",
    at + 1_000,
    createBedrockKey(userName, id, { ...doing, at: at + 1_000 }, from),
    from,
  );
  return {
    entries: [user, logged("cloudtrail", at, policy, from), key],
    chain: [key],
    identityChain: [user],
    handles: { serviceSpecificCredentialId: id, holder: userArn(userName) },
    ...{ listed: false, showsMaker: false, hops: 1 },
  };
}

function oauth({ planned, from }: Act): Happened {
  const consent = consentOf(planned, from);
  const entry = logged("okta", planned.at, consented(consent, from), from);
  const { grantId, clientId: holder } = consent;
  const purged = lifeAt(planned.owner.okta, planned.at)?.purged === true; // and then the list has it no more
  return {
    ...{ entries: [entry], chain: [entry], identityChain: [], listed: !purged },
    ...{ handles: { grantId, holder }, showsMaker: false, hops: 1 },
  };
}

const SCOPES = ["tickets.write", "notes.read", "invoices.write", "search.read", "payments.write"];

function consentOf({ id, agent, owner, at }: Planned, from: Dice): Consent {
  const consent = from.fork("consent", id);
  return {
    ...{ human: owner, oktaId: lifeAt(owner.okta, at)?.id ?? "", grantId: oktaId("oag", consent) },
    ...{ clientId: oktaId("0oa", dice("app", agent)), app: agent, scope: consent.one(SCOPES), at },
  };
}

/** The same consent, for the list of grants. */
export const consentFor = (planned: Planned, seed: Dice): Consent => consentOf(planned, seed.fork("acts", planned.id));

/** A workflow's run signs in by GitHub's token and makes the key. */
function ci({ planned, nth, from }: Act): Happened {
  const { at, maker, agent } = planned;
  const run = { id: 12_000_000_000 + nth * 37, repository: agent, at: at - MINUTE, by: maker };
  const began = logged("github", run.at, workflowRun(run, from), from);
  const role = planned.role?.name ?? "";
  const name = from.chance(0.5) ? "GitHubActions" : `run-${run.id}`;
  const accessKeyId = iamId("ASIA", from);
  const signedIn = at - MINUTE / 2;
  const assumed = assumeByRun({ role, name, accessKeyId }, { ...run, at: signedIn }, from);
  const by = asSession({ role, name, accessKeyId, since: signedIn, webIdentity: PROVIDER });
  const before = [began, logged("cloudtrail", signedIn, assumed, from)];
  return { ...keyMade({ planned, by, from }, before), hops: 3 };
}

/** A person's session becomes a role's, and sometimes that one another's; only the ids that were handed out join them. */
function throughRole({ planned, from }: Act): Happened {
  const { at, maker, path } = planned;
  const name = sessionName(maker, at, from);
  const sourceIdentity = from.chance(0.15) ? maker.address : undefined;
  const given = { name, ...(sourceIdentity && { sourceIdentity }) };
  const roles = [planned.role?.name ?? "", ...(path === "chain" && from.chance(0.4) ? ["agent-publisher"] : [])];
  const steps: Entry[] = [];
  let by =
    path !== "chain" && maker.iamUser !== undefined && from.chance(0.3)
      ? asIamUser(maker.iamUser, ownKey(maker))
      : personOf(planned, from).by;
  for (const [step, role] of roles.entries()) {
    const when = at - (roles.length - step) * 3 * MINUTE;
    const accessKeyId = iamId("ASIA", from);
    steps.push(logged("cloudtrail", when, assumeRole({ role, accessKeyId, ...given }, { at: when, by }, from), from));
    by = asSession({ role, accessKeyId, since: when, ...given });
  }
  const shows = name === maker.address || sourceIdentity !== undefined;
  return { ...keyMade({ planned, by, from }, steps), hops: 1 + roles.length, showsMaker: shows };
}

/** Honest people's habits. */
function sessionName({ address, last }: Human, at: number, from: Dice): string {
  if (from.chance(0.35)) return address;
  return from.one([`botocore-session-${Math.floor(at / 1_000)}`, "deploy", last.toLowerCase()]);
}

const personOf = ({ maker, at }: Planned, from: Dice) => asPerson(maker, centreIdOf(maker, at), at, from);
const centreIdOf = (human: Human, at: number): string => lifeAt(human.identityCenter, at)?.id ?? "";

export function logged(stream: Stream, at: number, record: object, from: Dice): Entry {
  return { stream, at, record, kept: !from.chance(CHANCES.lost) };
}
