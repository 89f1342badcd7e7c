import { type Dice, dice, type LabelledEstate, type TruePerson, type Truth } from "@leasehold/local/estates";

/** An estate in which the holders of many credentials did all they can to make them look like somebody else's. */
export interface Framed {
  readonly estate: LabelledEstate;
  readonly victim: TruePerson;
  readonly credentials: readonly Truth[]; // with which the victim has nothing to do
}
type Json = Readonly<Record<string, unknown>>;

/**
 * Everything that whoever assumes a role, makes a user or runs a workflow may write: session name, source identity and
 * tags of a plain AssumeRole, names and tags of the users they make, roles that look like Identity Center's, user agents,
 * commit authors. `hidden`: and the records that would show who they are, are missing.
 */
export function framed(estate: LabelledEstate, seed: number, hidden: boolean): Framed {
  const from = dice("adversary", String(seed));
  const victim = victimOf(estate, from);
  const credentials = estate.truth.credentials.filter((one) => isStrange(one, victim, estate));
  const holders = new Set(credentials.map(({ handles }) => nameOf(handles.holder)));
  const sessions = sessionsOf(estate, holders);
  const renamed = nameOf(credentials.find(({ path }) => path === "laptop" || path === "sandbox")?.handles.holder ?? "");
  const rename = (value: string) => (renamed === "" ? value : value.replaceAll(renamed, victim.address));
  const trail = estate.cloudtrail
    .map((record) => record as Json)
    .filter((record) => !(hidden && isSource(record, sessions)))
    .map((record) => (isTheirs(record, holders, sessions) ? written(record, victim.address) : record));
  const users = estate.authorizationDetails.UserDetailList.map((one) => tagged(one as Json, holders, victim.address));
  const lied: LabelledEstate = {
    ...estate,
    cloudtrail: trail,
    github: hidden ? [] : estate.github.map((body) => author(body as Json, victim.address)),
    authorizationDetails: { ...estate.authorizationDetails, UserDetailList: users },
  };
  const mentions = { ...lied, oktaUsers: [], oktaGrants: [], identityCenterUsers: [], okta: [], people: "" };
  const text = JSON.parse(JSON.stringify({ ...mentions, truth: undefined }), (_, value) =>
    typeof value === "string" ? rename(value) : value,
  );
  const { cloudtrail, authorizationDetails, accessKeys, serviceCredentials } = text as LabelledEstate;
  const shown = credentials.map((one) => ({ ...one, handles: { ...one.handles, holder: rename(one.handles.holder) } }));
  return {
    estate: { ...lied, cloudtrail, authorizationDetails, accessKeys, serviceCredentials },
    victim,
    credentials: shown,
  };
}

/** Somebody of an unambiguous address, with accounts in both directories, so that a name can lead to them. */
function victimOf({ truth }: LabelledEstate, from: Dice): TruePerson {
  const known = truth.people.filter(({ accounts, until, address }) => {
    const alone = truth.people.filter((one) => one.address === address).length === 1;
    return alone && until === undefined && accounts.okta.length === 1 && accounts.identityCenter.length === 1;
  });
  return from.one(known.filter(({ accounts }) => accounts.iamUser?.endsWith(".com") !== true));
}

function isStrange(
  { maker, accountable, path, handles }: Truth,
  { number, address }: TruePerson,
  estate: LabelledEstate,
): boolean {
  if (path === "oauth" || maker === number || accountable === number) return false;
  const user = estate.authorizationDetails.UserDetailList.find((one) => (one as Json)["Arn"] === handles.holder);
  return !JSON.stringify(user ?? {}).includes(address); // an honest mistake is not the adversary's
}

const nameOf = (arn: string): string => arn.split("/").at(-1) ?? "";

/** The keys of the sessions of roles in which these users were made, and of those before them; Identity Center's are not theirs to name. */
function sessionsOf({ cloudtrail }: LabelledEstate, holders: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const record of (cloudtrail as readonly Json[]).toReversed()) {
    const key = at(record, "userIdentity", "accessKeyId") as string | undefined;
    const issued = at(record, "responseElements", "credentials", "accessKeyId") as string | undefined;
    const touches =
      holders.has(String(at(record, "requestParameters", "userName"))) || (issued !== undefined && found.has(issued));
    if (touches && key?.startsWith("ASIA") && !isCentre(record)) found.add(key);
  }
  return found;
}

const isCentre = (record: Json): boolean =>
  String(at(record, "userIdentity", "sessionContext", "sessionIssuer", "arn")).includes("/aws-reserved/");

/** The record that tells from whose hands such a session came. */
const isSource = (record: Json, sessions: ReadonlySet<string>): boolean =>
  sessions.has(String(at(record, "responseElements", "credentials", "accessKeyId")));

const isTheirs = (record: Json, holders: ReadonlySet<string>, sessions: ReadonlySet<string>): boolean =>
  isSource(record, sessions) ||
  sessions.has(String(at(record, "userIdentity", "accessKeyId"))) ||
  holders.has(String(at(record, "requestParameters", "userName")));

const OWNER_TAGS = ["owner", "Owner", "leasehold:owner", "CreatedBy", "onBehalfOf"];

function written(record: Json, victim: string): Json {
  const by = record["userIdentity"] as Json;
  const asked = record["requestParameters"] as Json | null;
  const answered = record["responseElements"] as Json | null;
  const tags = OWNER_TAGS.map((key) => ({ key, value: victim }));
  const assumes = String(record["eventName"]).startsWith("AssumeRole");
  const creates = record["eventName"] === "CreateUser" || record["eventName"] === "TagUser";
  return {
    ...record,
    userAgent: `aws-cli/2.31.0 ${victim}`,
    userIdentity: by["type"] === "AssumedRole" && !isCentre(record) ? inName(by, victim) : by,
    requestParameters: {
      ...asked,
      ...(assumes && { roleSessionName: victim, sourceIdentity: victim, tags, transitiveTagKeys: OWNER_TAGS }),
      ...(creates && { tags }),
    },
    responseElements: answered && {
      ...answered,
      ...(assumes && { sourceIdentity: victim, assumedRoleUser: user(answered["assumedRoleUser"] as Json, victim) }),
    },
  };
}

/** A role of their own that is called like one of Identity Center's, and a session that is called like the victim. */
function inName(by: Json, victim: string): Json {
  const context = by["sessionContext"] as Json;
  const issuer = context["sessionIssuer"] as Json;
  const role = "AWSReservedSSO_AgentBuilder_0123456789abcdef";
  return {
    ...by,
    principalId: `${String(by["principalId"]).split(":")[0]}:${victim}`,
    arn: String(by["arn"]).replace(/assumed-role\/.*$/, `assumed-role/${role}/${victim}`),
    sessionContext: {
      ...context,
      sessionIssuer: { ...issuer, userName: role, arn: String(issuer["arn"]).replace(/role\/.*$/, `role/${role}`) },
      sourceIdentity: victim,
    },
  };
}

const user = (of: Json, victim: string): Json => ({
  assumedRoleId: `${String(of["assumedRoleId"]).split(":")[0]}:${victim}`,
  arn: String(of["arn"]).replace(/[^/]+$/, victim),
});

function tagged(one: Json, holders: ReadonlySet<string>, victim: string): Json {
  if (!holders.has(String(one["UserName"]))) return one;
  return { ...one, Tags: OWNER_TAGS.map((Key) => ({ Key, Value: victim })) };
}

function author(body: Json, victim: string): Json {
  const run = body["workflow_run"] as Json;
  const commit = run["head_commit"] as Json;
  return { ...body, workflow_run: { ...run, head_commit: { ...commit, author: { name: victim, email: victim } } } };
}

const at = (of: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((one, key) => (one as Json | null | undefined)?.[key], of);
