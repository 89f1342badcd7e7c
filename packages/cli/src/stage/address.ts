import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { badInput } from "@leasehold/core/kernel";
import { awsFault, isNamed } from "./faults.ts";
import { credentialsOf } from "./identity.ts";
import type { Stage } from "./stage.ts";

/** Where a stage's API is, and which region its signatures are for. */
export interface Address {
  readonly url: URL;
  readonly region: string;
}

const LIMITS = { requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 }, maxAttempts: 3 } as const;

export async function addressOf(stage: Stage): Promise<Address> {
  const { name, region, profile, url } = stage;
  const ssm = new SSMClient({
    ...{ ...LIMITS, credentials: credentialsOf(stage) },
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const parameter = `/leasehold/${name}/api`;
  try {
    const where = await ssm.config.region();
    const found = url ?? (await ssm.send(new GetParameterCommand({ Name: parameter }))).Parameter?.Value;
    if (found === undefined) throw noSuch(name, where);
    return { url: checked(found, url === undefined ? parameter : "--url"), region: where };
  } catch (error) {
    if (isNamed(error, "ParameterNotFound")) throw noSuch(name, await ssm.config.region());
    throw awsFault(error, `ssm:GetParameter on ${parameter}`);
  } finally {
    ssm.destroy();
  }
}

const noSuch = (stage: string, region: string) =>
  badInput("there is no such stage in this region and account: see --stage, --region and --profile", { stage, region });

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** A signed request proves who we are: it goes to nobody in the clear. A loopback address leaves no machine. */
export function checked(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.protocol === "http:" && LOOPBACK.includes(url.hostname);
  if (url === undefined || url.username !== "" || !(url.protocol === "https:" || plain))
    throw badInput("the address of a stage's API is an https URL", { where });
  return url;
}
