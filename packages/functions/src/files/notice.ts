import * as z from "zod/mini";

/** Where the trail's files lie. What is told of any other place is passed over. */
export interface Under {
  readonly bucket: string;
  readonly prefix: string;
}

/** What one message told: of which files, and how much of it was not for us or could not be read. */
export interface Notice {
  readonly keys: readonly string[];
  readonly passedOver: number;
  readonly notUnderstood: number;
}

const Name = z.string().check(z.minLength(1), z.maxLength(255));
const Key = z.string().check(z.minLength(1), z.maxLength(4_096)); // 1,024 bytes, and three letters to each where it is encoded
const Told = z.object({ bucket: z.object({ name: Name }), object: z.object({ key: Key }) });

// Each by its own page: SNS message and JSON formats; S3 notification-content-structure and how-to-enable-disable-notification-intro;
// S3 ev-events; CloudTrail getting_notifications_top_level.
const OverSns = z.object({ Type: z.literal("Notification"), Message: z.string() });
const OfS3 = z.object({ Records: z.array(z.unknown()).check(z.minLength(1), z.maxLength(1_000)) });
const One = z.object({ eventSource: z.literal("aws:s3"), eventName: z.string(), s3: z.unknown() });
const Test = z.object({ Service: z.literal("Amazon S3"), Event: z.literal("s3:TestEvent") });
const OverBus = z.object({ source: z.literal("aws.s3"), "detail-type": z.string(), detail: z.unknown() });
const OfTrail = z.object({ s3Bucket: Name, s3ObjectKey: z.array(Key).check(z.minLength(1), z.maxLength(1_000)) });
const VALIDATION = "CloudTrail validation message.";

const NOT_UNDERSTOOD: Notice = { keys: [], passedOver: 0, notUnderstood: 1 };
const PASSED_OVER: Notice = { keys: [], passedOver: 1, notUnderstood: 0 };

/**
 * Which files a message tells of: as S3 sends it, straight, over SNS (wrapped or raw) or over EventBridge, and as CloudTrail itself sends it
 * to a topic, which is also how our own dead letters are written.
 */
export function noticeIn(body: string, under: Under): Notice {
  if (body === VALIDATION) return PASSED_OVER;
  const given = jsonOrNothing(body);
  const wrapped = OverSns.safeParse(given);
  if (!wrapped.success) return toldBy(given, under);
  return wrapped.data.Message === VALIDATION ? PASSED_OVER : toldBy(jsonOrNothing(wrapped.data.Message), under);
}

function toldBy(given: unknown, under: Under): Notice {
  if (Test.safeParse(given).success) return PASSED_OVER;
  const bus = OverBus.safeParse(given);
  if (bus.success) {
    const { "detail-type": type, detail } = bus.data;
    return type === "Object Created" ? created(detail, under, (key) => key) : PASSED_OVER; // there a key stands as it is
  }
  const trail = OfTrail.safeParse(given);
  if (trail.success) return sum(trail.data.s3ObjectKey.map((key) => fileAt(trail.data.s3Bucket, key, under)));
  const { data } = OfS3.safeParse(given);
  return data === undefined ? NOT_UNDERSTOOD : sum(data.Records.map((one) => recordOf(one, under)));
}

function recordOf(record: unknown, under: Under): Notice {
  const { data } = One.safeParse(record);
  if (data === undefined) return NOT_UNDERSTOOD;
  return data.eventName.startsWith("ObjectCreated:") ? created(data.s3, under, decoded) : PASSED_OVER;
}

function created(told: unknown, under: Under, plain: (key: string) => string | undefined): Notice {
  const { data } = Told.safeParse(told);
  const key = data && plain(data.object.key);
  return data === undefined || key === undefined ? NOT_UNDERSTOOD : fileAt(data.bucket.name, key, under);
}

/** In S3's own notices a key is encoded as a form's field: a blank is `+`, a plus `%2B`. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

const fileAt = (bucket: string, key: string, under: Under): Notice =>
  bucket === under.bucket && key.startsWith(under.prefix) && isTrailKey(key)
    ? { ...PASSED_OVER, keys: [key], passedOver: 0 }
    : PASSED_OVER;

/**
 * A trail's file by its key (docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html): its digests
 * stand beside it under `CloudTrail-Digest`, and other services' logs under their own names. A step up is never CloudTrail's.
 */
const isTrailKey = (key: string): boolean =>
  /(^|\/)CloudTrail\/.*[.]json([.]gz)?$/.test(key) && !/(^|\/)[.]{1,2}(\/|$)/.test(key);

function sum(all: readonly Notice[]): Notice {
  return {
    keys: [...new Set(all.flatMap(({ keys }) => keys))],
    passedOver: all.reduce((n, { passedOver }) => n + passedOver, 0),
    notUnderstood: all.reduce((n, { notUnderstood }) => n + notUnderstood, 0),
  };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
