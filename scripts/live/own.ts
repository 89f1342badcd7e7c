import { IAMClient } from "@aws-sdk/client-iam";
import { ONCE, pointedBy, roleCredentials } from "@leasehold/connectors/kit";

interface Place {
  readonly account: string;
  readonly profile: string;
  readonly region: string;
}

/**
 * For what no action does: making a canary, and taking it away. A connector's own way to AWS sends once more what was lost on the way
 * and is no change that it knows of; one that makes something may have made it.
 */
export function ownWay({ account, profile, region }: Place) {
  const credentials = roleCredentials({ account, profile }, region);
  const client = new IAMClient({ region, credentials, ...ONCE, ...pointedBy(profile, "IAM") });
  return { send: (command: object) => client.send(command as Parameters<IAMClient["send"]>[0]) };
}
