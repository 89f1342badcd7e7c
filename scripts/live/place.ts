import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { endpointNamed, profileAccount } from "@leasehold/connectors/kit";
import { badInput } from "@leasehold/core/kernel";

/** Which account the profile is of, as AWS says; refused where it is another than was named. */
export async function accountOfProfile(profile: string, named: string | undefined, region: string): Promise<string> {
  const found = await profileAccount(profile, { region, endpoint: endpointNamed(process.env) });
  if (named !== undefined && named !== found)
    throw badInput("this profile is of another account than --account names", { profile, found });
  return found;
}

/** For the length of the work AWS is where this profile says, as for `aws --profile`: nothing else in the environment says it. */
export async function pointed<T>(profile: string, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(before)) if (name.startsWith("AWS_ENDPOINT_URL")) delete process.env[name];
  const endpoint = endpointOf(profile);
  Object.assign(process.env, { AWS_PROFILE: profile, ...(endpoint && { AWS_ENDPOINT_URL: endpoint }) });
  try {
    return await work();
  } finally {
    for (const name of ["AWS_PROFILE", "AWS_ENDPOINT_URL"]) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html: `endpoint_url` of the profile itself. */
function endpointOf(profile: string): string | undefined {
  const file = process.env["AWS_CONFIG_FILE"] ?? join(homedir(), ".aws", "config");
  let section = "";
  for (const line of textOf(file).split(/\r?\n/)) {
    section = /^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]/.exec(line)?.[1] ?? section;
    const [, url] = /^endpoint_url\s*=\s*(\S+)/.exec(line) ?? [];
    if (section === profile && url !== undefined) return url;
  }
  return undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // without it the profile is in the other file, or nowhere: who asks for its keys says so
  }
}
