import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, listening } from "../serving.ts";

/** The account that the server answers for, as in AWS's own examples and our simulators. */
const ACCOUNT = "111122223333";

const SERVER = fileURLToPath(new URL("../../test/aws/server.py", import.meta.url));

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Moto {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>; // points the SDK's clients there, and to no other credentials
  stop(): void;
}

/** A server of moto's on loopback, with a shared configuration of its own; it ends with this process at the latest. */
export async function started(python: string): Promise<Moto> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "leasehold-moto-"));
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(python, [SERVER, "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    detached: true, // Ctrl-C is for us: we end it
    env: { ...process.env, MOTO_ACCOUNT_ID: ACCOUNT, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  const stop = () => {
    server.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  };
  process.once("exit", stop);
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  try {
    await listening(server, port, "moto's server", 60);
  } catch (error) {
    stop();
    throw error;
  }
  return { url, env: pointed(home, url), stop };
}

function pointed(home: string, url: string): Readonly<Record<string, string>> {
  const [config, credentials] = [join(home, "config"), join(home, "credentials")];
  writeFileSync(config, `[profile contract]\nregion = us-east-1\nendpoint_url = ${url}\n`);
  writeFileSync(credentials, "[contract]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none\n");
  return {
    ...{ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_EC2_METADATA_DISABLED: "true" },
    AWS_ENDPOINT_URL: url,
  };
}
