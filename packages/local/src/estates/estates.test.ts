import { describe, expect, it } from "vitest";
import { filesOf, generate, type LabelledEstate, PATHS, type Truth } from "./index.ts";

type Json = Readonly<Record<string, unknown>>;
const estates = [1, 2, 3].map((seed) => generate({ people: 120, seed }));
const credentials = estates.flatMap(({ truth }) => truth.credentials);
const share = (of: readonly unknown[], among: readonly unknown[]) => of.length / among.length;

describe("a seed", () => {
  it("gives the same estate to the last byte", () => {
    expect(filesOf(generate({ people: 30, seed: 9 }))).toEqual(filesOf(generate({ people: 30, seed: 9 })));
  });

  it("of another number gives another", () => {
    const [one, other] = [9, 10].map((seed) => filesOf(generate({ people: 30, seed })));
    for (const name of ["okta/log-stream.ndjson", "truth.json", "people.csv"])
      expect(one?.[name]).not.toBe(other?.[name]);
  });

  it("makes even the smallest organisation", () => {
    for (const people of [1, 2, 3]) expect(generate({ people, seed: 1 }).truth.people).toHaveLength(people);
  });
});

describe("the hardness", () => {
  it("a fifth of the credentials come from roles that three or more share", () => {
    const shared = credentials.filter(({ sharedBy }) => sharedBy >= 3);
    expect(share(shared, credentials)).toBeCloseTo(0.2, 1);
    for (const { path, sharedBy } of credentials) expect(path === "shared-role").toBe(sharedBy > 1);
  });

  it("a tenth of the logs is missing", () => {
    for (const { cloudtrail, truth } of estates) {
      const keys = truth.credentials.filter(({ handles }) => handles.accessKeyId !== undefined);
      const made = cloudtrail.filter((record) => (record as Json)["eventName"] === "CreateAccessKey");
      expect(share(made, keys)).toBeGreaterThan(0.85);
      expect(share(made, keys)).toBeLessThan(0.95);
    }
  });

  it("a twentieth of the owner tags that name a person name a wrong one, and a few more somebody who has gone on", () => {
    const tags = estates.flatMap(tagsOf);
    const wrong = tags.filter(({ value, rightful }) => value !== rightful);
    expect(tags.length).toBeGreaterThan(300);
    expect(share(wrong, tags)).toBeGreaterThan(0.03);
    expect(share(wrong, tags)).toBeLessThan(0.09);
  });

  it("three of a hundred have an address that was somebody's who left before they came", () => {
    for (const { truth } of estates) {
      const again = truth.people.filter(({ address, from }) =>
        truth.people.some((one) => one.address === address && one.until !== undefined && one.until < from),
      );
      expect(again.length).toBeGreaterThanOrEqual(Math.floor(truth.people.length * 0.025));
      expect(again.length).toBeLessThanOrEqual(Math.ceil(truth.people.length * 0.035));
    }
  });

  it("an agent has three to ten credentials, of every path", () => {
    expect(new Set(credentials.map(({ path }) => path))).toEqual(new Set(PATHS));
    for (const { truth } of estates) {
      const agents = truth.credentials.map(({ agent }) => agent);
      expect(new Set(agents).size).toBe(Math.round(truth.people.length * 0.8));
      for (const agent of new Set(agents)) {
        const many = agents.filter((one) => one === agent).length;
        expect([agent, many >= 3 && many <= 10]).toEqual([agent, true]);
      }
    }
  });

  it("people move, leave and come back, and leavers' credentials are still theirs", () => {
    const statuses = estates.flatMap(({ people }) => people.split("\n").map((line) => line.split(",")[6]));
    expect(statuses.filter((one) => one === "Terminated").length).toBeGreaterThan(10);
    expect(credentials.filter(({ standing }) => standing === "left").length).toBeGreaterThan(10);
    const anew = estates.flatMap(({ truth }) =>
      truth.people.filter(({ accounts }) => accounts.identityCenter.length > 1),
    );
    expect(anew.length).toBeGreaterThan(0);
  });
});

describe("the truth", () => {
  it("names people who are there, and every credential once", () => {
    for (const { truth } of estates) {
      const people = new Set(truth.people.map(({ number }) => number));
      expect(
        new Set(
          truth.credentials.map(
            ({ handles }) => handles.accessKeyId ?? handles.grantId ?? handles.serviceSpecificCredentialId,
          ),
        ).size,
      ).toBe(truth.credentials.length);
      for (const { accountable, maker, oracle } of truth.credentials) {
        for (const number of [accountable, maker, oracle.person]) expect(people).toContain(number);
        expect(oracle.probability).toBeGreaterThan(0);
        expect(oracle.probability).toBeLessThanOrEqual(1);
      }
    }
  });

  it("of a whole chain is what the records say: followed by ids alone it ends at the maker", () => {
    for (const estate of estates) {
      const whole = estate.truth.credentials.filter(({ chain, path }) => chain === "whole" && path !== "oauth");
      expect(whole.length).toBeGreaterThan(100);
      for (const one of whole) expect([one.id, ...followed(one, estate)]).toEqual([one.id, one.maker, one.hops]);
    }
  });

  it("follows what was handed on: the tag that the new one wrote is the truth, and a leaver's is an orphan only where nobody took it", () => {
    const handed = estates.flatMap((estate) => handedOn(estate));
    expect(handed.length).toBeGreaterThan(5);
    for (const { tag, accountable, maker } of handed)
      expect([tag, maker === accountable]).toEqual([accountable, false]);
  });

  it("every record is of this account, at an instant that has been", () => {
    for (const { cloudtrail, truth } of estates)
      for (const record of cloudtrail as readonly Json[]) {
        expect(record["recipientAccountId"]).toBe(truth.account);
        expect(Date.parse(String(record["eventTime"]))).toBeLessThan(Date.parse(truth.now));
      }
  });

  it("is what the oracle is right about as often as it says", () => {
    const [said, right] = [
      credentials.reduce((sum, { oracle }) => sum + oracle.probability, 0) / credentials.length,
      share(
        credentials.filter(({ oracle, accountable }) => oracle.person === accountable),
        credentials,
      ),
    ];
    expect(Math.abs(said - right)).toBeLessThan(0.02);
    for (const { oracle, accountable } of credentials.filter(({ path }) => path === "oauth"))
      expect(oracle.probability === 1).toBe(oracle.probability > 0.5 && oracle.person === accountable);
  });
});

function tagsOf({ authorizationDetails, truth }: LabelledEstate) {
  const owners = new Map(truth.credentials.map(({ handles, accountable }) => [handles.holder, accountable]));
  const addresses = new Map(truth.people.map(({ number, address }) => [number, address]));
  return authorizationDetails.UserDetailList.flatMap((user) => {
    const { Arn, Tags } = user as { Arn: string; Tags: { Key: string; Value: string }[] };
    const value = Tags.find(({ Key }) => Key === "owner")?.Value;
    const rightful = addresses.get(owners.get(Arn) ?? "");
    return value?.includes("@") && rightful !== undefined ? [{ value, rightful }] : [];
  });
}

function handedOn({ cloudtrail, truth }: LabelledEstate) {
  const addresses = new Map(truth.people.map(({ number, address }) => [number, address]));
  return (cloudtrail as readonly Json[]).flatMap((record) => {
    if (record["eventName"] !== "TagUser") return [];
    const { userName, tags } = record["requestParameters"] as { userName: string; tags: { value: string }[] };
    const one = truth.credentials.find(({ handles }) => handles.holder.endsWith(`/${userName}`));
    if (one === undefined || one.maker === one.accountable)
      return [{ tag: tags[0]?.value, accountable: "", maker: "" }];
    return [{ tag: tags[0]?.value, accountable: addresses.get(one.accountable), maker: addresses.get(one.maker) }];
  });
}

interface Identity {
  readonly type: string;
  readonly arn?: string;
  readonly userName?: string;
  readonly accessKeyId?: string;
}

/** A reader of its own: from the key's record back by the ids of sessions to a person, and over how many hops. */
function followed(
  { handles, madeAt }: Truth,
  { cloudtrail, github, truth }: LabelledEstate,
): readonly [string | undefined, number] {
  const id = handles.accessKeyId ?? handles.serviceSpecificCredentialId ?? "";
  const issuing = (key: string) =>
    cloudtrail.find((record) => JSON.stringify((record as Json)["responseElements"] ?? "").includes(key));
  let record = issuing(id) as Json | undefined;
  for (let hops = 1; record !== undefined; hops += 1) {
    const by = record["userIdentity"] as Identity;
    const person = truth.people.find(({ accounts, address, from, until }) => {
      if (accounts.iamUser !== undefined && accounts.iamUser === by.arn) return true;
      const reserved = JSON.stringify(by).includes("role/aws-reserved/");
      return reserved && by.arn?.endsWith(`/${address}`) && from <= madeAt && (until === undefined || madeAt < until);
    });
    if (person !== undefined) return [person.number, hops];
    if (by.type === "WebIdentityUser") {
      const repository = /repo:([^:]+):/.exec(by.userName ?? "")?.[1];
      const at = String(record["eventTime"]);
      const run = github
        .filter((body) => JSON.stringify((body as Json)["repository"]).includes(`"${repository}"`))
        .findLast((body) => String(((body as Json)["workflow_run"] as Json)["updated_at"]) <= at);
      const sender = ((run as Json)["sender"] as Json)["id"];
      return [truth.people.find(({ accounts }) => accounts.github === sender)?.number, hops + 1];
    }
    record = issuing(by.accessKeyId ?? "none") as Json | undefined;
  }
  return [undefined, 0];
}
