import { expect, it } from "vitest";
import { cloudTrailEnvelope, isRefusal } from "./cloudtrail.ts";

const RECORD = {
  eventVersion: "1.09",
  eventSource: "iam.amazonaws.com",
  eventName: "DeleteUser",
  eventTime: "2026-11-02T09:00:00Z",
  eventID: "b780500f-7324-4801-bd55-cb923ae286f5",
  eventType: "AwsApiCall",
  awsRegion: "us-east-1",
  recipientAccountId: "111122223333",
  userIdentity: { accountId: "444455556666" },
};

it("wraps a record as the bus would have delivered it", () => {
  expect(cloudTrailEnvelope(RECORD)).toEqual({
    version: "0",
    id: RECORD.eventID,
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.iam",
    account: "111122223333",
    time: RECORD.eventTime,
    region: "us-east-1",
    resources: [],
    detail: RECORD,
  });
});

it("reads a time that lost its letters in a table as the same time", () => {
  expect(cloudTrailEnvelope({ ...RECORD, eventTime: "2026-11-02 09:00:00" })).toEqual(cloudTrailEnvelope(RECORD));
  expect(cloudTrailEnvelope({ ...RECORD, eventTime: "2026-11-02 09:00:00Z" })).toEqual(cloudTrailEnvelope(RECORD));
  expect(cloudTrailEnvelope({ ...RECORD, eventTime: "02 Nov 2026" })).toMatchObject({ time: "02 Nov 2026" });
});

it("knows a record that lost its id in a table by what it says, in whatever order, and no other by the same", () => {
  const { eventID: _, ...lost } = RECORD;
  const idOf = (record: object) => (cloudTrailEnvelope(record) as { id: string; detail: { eventID: string } }).id;
  const turned = Object.fromEntries(Object.entries(lost).reverse());
  expect(idOf(lost)).toMatch(/^lost-/);
  expect(cloudTrailEnvelope(lost)).toMatchObject({ detail: { eventID: idOf(lost) } });
  expect(idOf(turned)).toBe(idOf(lost));
  expect(idOf({ ...lost, eventTime: "2026-11-02T09:00:01Z" })).not.toBe(idOf(lost));
});

it("reads a word that a table kept as what it says as the word again", () => {
  for (const word of ["true", "false"])
    expect(cloudTrailEnvelope({ ...RECORD, sessionCredentialFromConsole: JSON.parse(word) })).toEqual(
      cloudTrailEnvelope({ ...RECORD, sessionCredentialFromConsole: word }),
    );
});

it("takes the caller's account where the recipient's is missing", () => {
  const { recipientAccountId: _, ...older } = RECORD;
  expect(cloudTrailEnvelope(older)).toMatchObject({ account: "444455556666" });
});

it("tells a service's own event from a call", () => {
  expect(cloudTrailEnvelope({ ...RECORD, eventType: "AwsServiceEvent" })).toMatchObject({
    "detail-type": "AWS Service Event via CloudTrail",
  });
});

it.each([
  ["another service's", RECORD, ["sts"]],
  ["an insight", { ...RECORD, eventType: "AwsCloudTrailInsight" }, undefined],
  ["a digest", { awsAccountId: "111122223333", digestStartTime: "2026-11-02T09:00:00Z" }, undefined],
  ["no record", null, undefined],
  ["no time", { ...RECORD, eventTime: 7 }, undefined],
])("leaves %s alone", (_title, record, services) => {
  expect(cloudTrailEnvelope(record, services)).toBeUndefined();
});

it.each(["AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation", "UnauthorizedOperation"])(
  "%s is a refusal",
  (code) => {
    expect(isRefusal(code)).toBe(true);
  },
);

it.each(["NoSuchEntityException", "EntityAlreadyExists", "ThrottlingException", "MyAccessDeniedPage"])(
  "%s is not",
  (code) => {
    expect(isRefusal(code)).toBe(false);
  },
);
