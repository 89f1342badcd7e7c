/** An access key's id, by a number. */
export const keyOf = (n: number): string => `AKIA${String(n).padStart(9, "0")}EXAMPLE`;

/** What CloudTrail writes of a key that was made; https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html. */
export const trailRecord = (n: number, more: object = {}): object => ({
  ...{ eventVersion: "1.08", eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey", eventID: `made-${n}` },
  ...{ eventTime: "2026-10-01T10:00:00Z", eventType: "AwsApiCall", recipientAccountId: "111122223333" },
  ...{ awsRegion: "us-east-1", sourceIPAddress: "192.0.2.7" },
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ada", userName: "ada" },
  requestParameters: { userName: "deploy" },
  responseElements: { accessKey: { accessKeyId: keyOf(n), userName: "deploy", status: "Active" } },
  ...more,
});
