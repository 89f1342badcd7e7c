import type { Handle } from "@leasehold/core/connector";
import type { CredentialId } from "@leasehold/core/kernel";
import { accountOf, awsCredential, partitionOf } from "../../kit/index.ts";

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What keeps a value: in which service it is, and by what name. Its type is the provider's own word. */
export interface Kept {
  readonly type: "secret" | "parameter";
  readonly arn: string; // of a secret without the six signs that AWS adds: most records tell the name alone
  readonly name: string;
  readonly place: Place;
}

const SUFFIX = /-[A-Za-z0-9]{6}$/;
const SECRET = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\d{12}:secret:(.+)$/;
const PARAMETER = /^arn:aws[a-z-]*:ssm:([a-z0-9-]+):\d{12}:parameter(\/.+)$/;

/**
 * A secret by its ARN, whole or short of its last six signs, or by its name. A name is one secret's at a time, in an account and
 * Region; most who read one name it so, and no record tells its whole ARN then. An ARN that ends as a whole one does is a whole one: so AWS
 * reads it, too, also where it was meant for a secret whose name ends so, and then finds none.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function secretOf(place: Place, id: string): Kept {
  const [, region, rest] = SECRET.exec(id) ?? [];
  if (region === undefined || rest === undefined) return secretNamed(place, id);
  return secretNamed(within(id, region), rest.replace(SUFFIX, ""));
}

export const secretNamed = (place: Place, name: string): Kept => ({
  ...{ type: "secret", name, place },
  arn: `arn:${place.partition}:secretsmanager:${place.region}:${place.account}:secret:${name}`,
});

/** A parameter by its ARN or its name; a version or label behind the name is of the same one. */
export function parameterOf(place: Place, id: string): Kept {
  const [, region, path] = PARAMETER.exec(id) ?? [];
  if (region !== undefined && path !== undefined) return parameterNamed(within(id, region), path);
  return parameterNamed(place, id.split(":", 1).join());
}

const within = (arn: string, region: string): Place => ({
  ...{ partition: partitionOf(arn), region, account: accountOf(arn) ?? "" },
});

/** In an ARN there is one slash before the name, whether the name begins with one or not. */
function parameterNamed(place: Place, name: string): Kept {
  const path = name.startsWith("/") ? name : `/${name}`;
  const arn = `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter${path}`;
  return { type: "parameter", name: path.lastIndexOf("/") === 0 ? path.slice(1) : path, arn, place };
}

export const credentialOf = ({ arn }: Kept): CredentialId => awsCredential(arn);
export const handleOf = ({ name, place: { account, region } }: Kept): Handle => ({ account, region, name });
