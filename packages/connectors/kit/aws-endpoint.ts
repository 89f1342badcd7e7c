import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** Of a client of AWS's SDK. */
interface Pointed {
  readonly ignoreConfiguredEndpointUrls?: true;
  readonly endpoint?: string;
}

/**
 * Where a client asks that has a profile's credentials: where that profile says. By itself the SDK takes `endpoint_url` from the
 * profile that AWS_PROFILE names, whatever profile it is given, and would send one profile's credentials to the other's address.
 * `service` as AWS_ENDPOINT_URL_<SERVICE> has it.
 */
export const pointedBy = (profile: string | undefined, service: string, env: Env = process.env): Pointed =>
  process.env["LEASEHOLD_BUNDLED"] === "yes" ? {} : ofProfile(profile, service, env); // a function has no profile, and carries none of it

function ofProfile(profile: string | undefined, service: string, env: Env): Pointed {
  if (profile === undefined) return {};
  if (profile === (env["AWS_PROFILE"] || "default")) return {}; // it takes the right one, and its `services` too
  const endpoint = endpointFor(service, profile, env);
  return { ignoreConfiguredEndpointUrls: true, ...(endpoint !== undefined && { endpoint }) };
}

/** Where AWS's own tools would ask: what the environment says comes first, then the profile. Undefined: AWS's own address. */
export function endpointFor(service: string, profile: string | undefined, env: Env = process.env): string | undefined {
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return undefined;
  const named = env[`AWS_ENDPOINT_URL_${service}`] || env["AWS_ENDPOINT_URL"];
  if (named) return named;
  return profile === undefined ? undefined : inFiles(profile, "endpoint_url", env);
}

/** The Region that AWS's own tools would take with this profile: what the environment says comes first. Undefined: nobody says. */
export const regionFor = (profile: string, env: Env = process.env): string | undefined =>
  env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || inFiles(profile, "region", env);

/**
 * A word of the profile itself, in either file. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html,
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
function inFiles(profile: string, word: "endpoint_url" | "region", env: Env): string | undefined {
  const at = (name: string) => join(env["HOME"] ?? homedir(), ".aws", name);
  const section = (one: string) => (one === "default" ? one : `profile ${one}`);
  return (
    wordIn(textOf(env["AWS_CONFIG_FILE"] || at("config")), section(profile), word) ??
    wordIn(textOf(env["AWS_SHARED_CREDENTIALS_FILE"] || at("credentials")), profile, word)
  );
}

function wordIn(text: string, wanted: string, word: string): string | undefined {
  let section: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, head] = /^\s*\[([^\]]+)\]/.exec(line) ?? [];
    if (head !== undefined) section = head.trim().replaceAll(/\s+/g, " ").replaceAll(/["']/g, "");
    const [, name, value] = /^(\w+)\s*=\s*(\S+)/.exec(line) ?? [];
    if (section === wanted && name === word) return value;
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
