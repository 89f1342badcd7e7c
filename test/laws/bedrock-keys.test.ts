import { ingest } from "@leasehold/app/ingest";
import { who } from "@leasehold/app/question";
import { connectors } from "@leasehold/connectors";
import { accessKey, emailAccount, iamIdentity } from "@leasehold/connectors/kit";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { fixturesOf } from "../support/connectors.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { hours, issuedKey, seenKey } from "../support/signals.ts";

const iam = await connectors["aws-iam"]();
const ADA = emailAccount("ada@example.com");
const KEY = "ACCAIOSFODNN7EXAMPLE";
const PHANTOM = "arn:aws:iam::111122223333:user/BedrockAPIKey-ab12";
const read = (file: string): readonly Signal[] => {
  const { event } = fixturesOf("aws-iam").find((one) => one.file === `${file}.json`) ?? {};
  return iam.listens?.normalise(iam.listens.event.parse(event)) ?? [];
};
const [user, key] = [read("create-user-phantom"), read("create-service-specific-credential")];
const seen = Signal.parse({
  ...seenKey({}, hours(700), KEY),
  ...{ credential: accessKey(KEY), identity: iamIdentity(PHANTOM) },
});

async function told(signals: readonly Signal[], id: string) {
  const world = memoryWorld();
  world.now = hours(900);
  for (const signal of signals) await ingest(world, [signal], { live: false, recordedAt: world.now });
  return who(world, id);
}

describe("a long-term key of Bedrock's, whose user the console made", () => {
  it.each([
    ["both records", [...user, ...key]],
    ["both records, and the list", [...user, ...key, seen]],
    ["the user's record, and the list", [...user, seen]],
    ["the key's record alone", key],
    ["the key's record, and the list", [...key, seen]],
  ])("with %s is theirs who sat at the console, by the key's id and by the user's name", async (_title, signals) => {
    for (const id of [KEY, PHANTOM]) {
      const { owner, candidates } = await told(signals, id);
      expect(candidates.map(({ account }) => account)).toEqual([ADA]);
      expect(owner?.account).toBe(ADA);
    }
  });

  it("with the list alone is nobody's, and no record names the user that the console made", async () => {
    for (const id of [KEY, PHANTOM]) expect((await told([seen], id)).candidates).toEqual([]);
  });

  it("says so where nobody was seen making the user", async () => {
    const sentence = expect.stringContaining("Nobody was seen making this identity");
    expect((await told(key, PHANTOM)).notVisible).toContainEqual(sentence);
    expect((await told([...user, ...key], PHANTOM)).notVisible).not.toContainEqual(sentence);
    expect((await told([seen], PHANTOM)).notVisible).not.toContainEqual(sentence);
    expect((await told(key, KEY)).notVisible).not.toContainEqual(sentence);
  });

  it("what was read of the user takes nothing back to the other credentials that it holds", async () => {
    const sams = issuedKey(
      { realm: "aws", name: "x/sam@example.com", via: "sso-session", account: emailAccount("sam@example.com") },
      hours(9),
      "AKIAI44QH8DHBEXAMPLE",
      PHANTOM,
    );
    expect((await told([...key, sams], KEY)).candidates.map(({ account }) => account)).toEqual([ADA]);
    expect((await told([...key, sams], PHANTOM)).candidates).toHaveLength(2);
  });
});

it("no secret of a service-specific credential comes into a signal", () => {
  const planted = fixturesOf("aws-iam").filter(({ event }) => JSON.stringify(event).includes("that/nobody/may/keep"));
  expect(planted).toHaveLength(2);
  for (const { event } of planted) expect(JSON.stringify(event)).toMatch(/servicePassword.*serviceCredentialSecret/);
  for (const { file } of planted)
    expect(JSON.stringify(read(file.replace(".json", "")))).not.toMatch(/nobody.may.keep/);
});
