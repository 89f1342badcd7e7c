import { IAMClient } from "@aws-sdk/client-iam";
import { connectors } from "@leasehold/connectors";
import type { Connector } from "@leasehold/core/connector";
import { instantOf } from "@leasehold/core/kernel";

const url = process.env["LEASEHOLD_MOTO"];
if (url === undefined) throw new Error("run this by `npm run test:aws`, which starts moto");

export const ACCOUNT = "111122223333"; // as scripts/moto says to the server
const ROLE = `arn:aws:iam::${ACCOUNT}:role/leasehold-contract`;

/** For what a test prepares: whoever owns the account. Where it is, AWS_ENDPOINT_URL says. */
export const own = {
  region: "us-east-1",
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" },
};
export const iam = new IAMClient(own);

/** An empty account. */
export async function reset(): Promise<void> {
  const answer = await fetch(`${url}/moto-api/reset`, { method: "POST" });
  if (!answer.ok) throw new Error(`moto could not be emptied: ${answer.status}`);
}

/** As the product connects: by a role, from a named profile, with the SDK's own client. */
export async function connected<Api>(id: keyof typeof connectors, more: object): Promise<Api> {
  const { connect, settings } = (await connectors[id]()) as Connector<Api>;
  if (connect === undefined) throw new Error(`${id} connects to nothing`);
  const place = { account: ACCOUNT, role: ROLE, profile: "contract" };
  const given = settings.parse({ ...place, ...more });
  const secrets = { secret: () => Promise.reject(new Error("no secret is named here")) };
  return connect(given, secrets as never, () => instantOf(Date.now()));
}
