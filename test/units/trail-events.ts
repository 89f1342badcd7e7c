import { createHash } from "node:crypto";
import { fixturesOf } from "../support/connectors.ts";

type Json = Readonly<Record<string, unknown>>;

const fixtures = new Map(fixturesOf("aws-iam").map(({ file, event }) => [file, event as Json & { detail: Json }]));

/** CloudTrail's own shape, of one key among many: the fixture's event with other ids in it. */
function like(file: string, key: string, said: Json, detail: Json): object {
  const event = fixtures.get(file);
  if (event === undefined) throw new Error(`there is no fixture ${file}`);
  const id = uuid(file, key, JSON.stringify([said, detail]));
  return { ...event, id, ...said, detail: { ...event.detail, eventID: id, ...detail } };
}

/** Who acted, in a session of that key's alone: one session for all would be a thing that nobody ever saw. */
function actorIn(file: string, session: string, more: Json = {}): Json {
  return {
    ...(fixtures.get(file)?.detail["userIdentity"] as Json),
    accessKeyId: keyId(session).replace("AKIA", "ASIA"),
    ...more,
  };
}

/** Twenty characters, as AWS makes them, and none that could be real. */
export const keyId = (key: string): string =>
  `AKIA${createHash("sha256").update(key).digest("hex").slice(0, 9).toUpperCase()}EXAMPLE`;

const userOf = (key: string) => `agent-${key}`;

export const issued = (key: string, at: string): object =>
  like(
    "create-access-key.json",
    key,
    { time: at },
    {
      ...{ eventTime: at, requestParameters: { userName: userOf(key) } },
      userIdentity: actorIn("create-access-key.json", key),
      responseElements: { accessKey: { accessKeyId: keyId(key), status: "Active", userName: userOf(key) } },
    },
  );

/** The same, and nobody is named who might answer for it. */
export const issuedByRoot = (key: string, at: string): object =>
  like(
    "create-access-key-by-root.json",
    key,
    { time: at },
    {
      ...{ eventTime: at, requestParameters: { userName: userOf(key) } },
      userIdentity: actorIn("create-access-key-by-root.json", key),
      responseElements: { accessKey: { accessKeyId: keyId(key), status: "Active", userName: userOf(key) } },
    },
  );

export const switched = (key: string, at: string): object =>
  like(
    "update-access-key-inactive.json",
    key,
    { time: at },
    {
      ...{ eventTime: at, requestParameters: { userName: userOf(key), accessKeyId: keyId(key), status: "Inactive" } },
    },
  );

/** Somebody else than the maker of its key makes the user: another person is likely to answer for it. */
export const madeBy = (key: string, person: string, at: string): object => {
  const user = { arn: `arn:aws:iam::111122223333:user/${userOf(key)}`, userName: userOf(key) };
  const store = "arn:aws:identitystore::111122223333:identitystore/d-1234567890";
  const onBehalfOf = { userId: uuid(person), identityStoreArn: store };
  const userIdentity = actorIn("create-access-key.json", `${person}/${key}`, { onBehalfOf });
  return like(
    "create-user.json",
    key,
    { time: at },
    {
      ...{ eventTime: at, userIdentity, requestParameters: { userName: userOf(key) }, responseElements: { user } },
    },
  );
};

function uuid(...of: readonly string[]): string {
  const hex = createHash("sha256").update(of.join()).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
