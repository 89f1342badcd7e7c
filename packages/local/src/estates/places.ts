/** Where the organisation is, and what time it is there. All of it is invented. */
export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";
export const STORE = "d-1234567890";
export const ORG = "example";
export const DOMAIN = "example.com";
export const GITHUB = { id: 424242, login: "example-org" };

export const DAY = 86_400_000;
export const MINUTE = 60_000;
export const NOW = Date.parse("2026-11-02T09:00:00Z");
export const LOGS_BEGIN = NOW - 540 * DAY;

export const iso = (at: number): string => new Date(at).toISOString();
/** CloudTrail, IAM and GitHub write whole seconds. */
export const seconds = (at: number): string => `${iso(at).slice(0, 19)}Z`;
