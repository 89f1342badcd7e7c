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
  return profile === undefined ? undefined : inFiles(profile, env);
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html: `endpoint_url` of the profile itself, in either file. */
function inFiles(profile: string, env: Env): string | undefined {
  const at = (name: string) => join(env["HOME"] ?? homedir(), ".aws", name);
  const section = (one: string) => (one === "default" ? one : `profile ${one}`);
  return (
    endpointIn(textOf(env["AWS_CONFIG_FILE"] || at("config")), section(profile)) ??
    endpointIn(textOf(env["AWS_SHARED_CREDENTIALS_FILE"] || at("credentials")), profile)
  );
}

function endpointIn(text: string, wanted: string): string | undefined {
  let section: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, head] = /^\s*\[([^\]]+)\]/.exec(line) ?? [];
    if (head !== undefined) section = head.trim().replaceAll(/\s+/g, " ").replaceAll(/["']/g, "");
    const [, url] = /^endpoint_url\s*=\s*(\S+)/.exec(line) ?? [];
    if (section === wanted && url !== undefined) return url;
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
