/** One list price: dollars for one unit of it. */
export interface Price {
  readonly dollars: number;
  readonly of: string;
  readonly page: string;
}

/** AWS's list prices in us-east-1, without free tiers, as their pages had them on this day. Nothing is negotiated, nothing tiered. */
export const PRICES_ON = "2026-11-21";
export const REGION = "us-east-1";

const PAGES = "https://aws.amazon.com";
const million = (dollars: number) => dollars / 1_000_000;
const price = (dollars: number, of: string, page: string): Price => ({
  dollars,
  of,
  page: `${PAGES}/${page}/pricing/`,
});

export const PRICES = {
  lambdaRequest: price(million(0.2), "request", "lambda"),
  lambdaSecond: price(0.0000133334, "GB-second on arm64", "lambda"),
  tableWrite: price(million(0.625), "write request unit", "dynamodb"),
  tableRead: price(million(0.125), "read request unit", "dynamodb"),
  tableGigabyte: price(0.25, "GB and month", "dynamodb"),
  backupGigabyte: price(0.2, "GB and month of point-in-time recovery", "dynamodb"),
  busEvent: price(million(1), "custom or forwarded event of up to 64 kB", "eventbridge"),
  queueRequest: price(million(0.4), "request", "sqs"),
  transition: price(million(25), "state transition", "step-functions"),
  streamGigabyte: price(0.029, "GB, each record counted in steps of 5 kB", "firehose"),
  objectPut: price(0.000005, "PUT", "s3"),
  objectGet: price(0.0000004, "GET", "s3"),
  objectGigabyte: price(0.023, "GB and month", "s3"),
  logGigabyte: price(0.5, "GB taken in", "cloudwatch"),
  metric: price(0.3, "custom metric and month", "cloudwatch"),
  alarm: price(0.1, "alarm and month", "cloudwatch"),
  apiRequest: price(million(1), "request to an HTTP API", "api-gateway"),
  secret: price(0.4, "secret and month", "secrets-manager"),
  secretRead: price(0.000005, "API call", "secrets-manager"),
  key: price(1, "key and month", "kms"),
  keyRequest: price(0.000003, "request", "kms"),
} as const satisfies Record<string, Price>;
export type Priced = keyof typeof PRICES;
