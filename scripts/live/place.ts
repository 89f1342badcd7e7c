import { endpointFor, profileAccount } from "@leasehold/connectors/kit";
import { badInput } from "@leasehold/core/kernel";

/** Which account the profile is of, as AWS says; refused where it is another than was named. */
export async function accountOfProfile(profile: string, named: string | undefined, region: string): Promise<string> {
  const found = await profileAccount(profile, { region, endpoint: endpointFor("STS", profile) });
  if (named !== undefined && named !== found)
    throw badInput("this profile is of another account than --account names", { profile, found });
  return found;
}

/** For the length of the work AWS is where this profile says, as for `aws --profile`: nothing else in the environment says it. */
export async function pointed<T>(profile: string, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(before)) if (SAYS_WHERE.test(name)) delete process.env[name];
  process.env["AWS_PROFILE"] = profile;
  try {
    return await work();
  } finally {
    delete process.env["AWS_PROFILE"];
    Object.assign(process.env, before);
  }
}

const SAYS_WHERE = /^AWS_(ENDPOINT_URL|IGNORE_CONFIGURED_ENDPOINT_URLS$)/;
