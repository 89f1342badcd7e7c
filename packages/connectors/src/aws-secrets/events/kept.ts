import { partitionOf, unmasked } from "../../../kit/index.ts";
import { type Kept, type Place, parameterOf, secretOf } from "../named.ts";
import { type Detail, SECRETS } from "./event.ts";

/** Of which secrets or parameters a record tells; none where it hides them. */
export function keptIn(account: string, detail: Detail): readonly Kept[] {
  const region = unmasked(detail.awsRegion);
  if (region === undefined) return [];
  const place = { partition: partitionOf(detail.userIdentity.arn), region, account };
  return detail.eventSource === SECRETS ? secretIn(place, detail) : parametersIn(place, detail);
}

function secretIn(
  place: Place,
  { requestParameters: asked, responseElements: given, additionalEventData: more }: Detail,
) {
  const told = [given?.arn, given?.aRN, asked?.secretId, more?.SecretId, more?.ARN, asked?.name].map(unmasked);
  const id = told.find((one) => one !== undefined);
  return id === undefined ? [] : [secretOf(place, id)];
}

/** AWS resolves the names that were asked for; where it does not say, as of a call that was refused, they are as they were asked for. */
function parametersIn(place: Place, { requestParameters: asked, resources }: Detail): readonly Kept[] {
  const resolved = Array.isArray(resources) ? resources.map(({ ARN }) => ARN) : [];
  const names = Array.isArray(asked?.names) ? asked.names : [];
  const all = (resolved.length > 0 ? resolved : [asked?.name, ...names]).map(unmasked);
  const kept = all.flatMap((id) => (id === undefined || isAlias(id) ? [] : [parameterOf(place, id)]));
  return [...new Map(kept.map((one) => [one.arn, one])).values()];
}

/** AWS's own, which everybody may read, and secrets that are read through Parameter Store: these have records of their own. */
const isAlias = (id: string): boolean => /^(arn:[^/]*:parameter)?\/aws\/(reference\/secretsmanager|service)\//.test(id);
