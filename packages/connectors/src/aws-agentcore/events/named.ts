import { partitionOf, unmasked } from "../../../kit/index.ts";
import {
  gatewayArn,
  type Place,
  type ProviderOf,
  providerArn,
  recordArn,
  runtimeArn,
  targetName,
  workloadArn,
} from "../named.ts";
import type { Detail } from "./event.ts";

/** What a record is about: the answer has its ARN, or the request its name, and the rest of the ARN is known. */
export interface Named {
  readonly verb: "Create" | "Update" | "Delete";
  readonly type: string; // in our words for AgentCore's
  readonly arn: string;
  readonly place: Place;
  readonly gateway?: string | undefined; // of a target, and of itself
  readonly provider?: { readonly of: ProviderOf; readonly name: string };
}

const CALL = /^(Create|Update|Delete)(.+)$/;

/** Undefined where the record hides it. */
export function namedIn(account: string, detail: Detail): Named | undefined {
  const region = unmasked(detail.awsRegion);
  const [, verb, of = ""] = CALL.exec(detail.eventName) ?? [];
  if (region === undefined) return undefined;
  const place = { partition: partitionOf(detail.userIdentity.arn), region, account };
  const found = read(place, detail, of);
  return found && { ...found, verb: verb as Named["verb"], place };
}

function read(place: Place, detail: Detail, of: string): Omit<Named, "verb" | "place"> | undefined {
  const { requestParameters: asked, responseElements: given, eventSource } = detail;
  const one = (type: string, arn: string | undefined, more: Partial<Named> = {}) => arn && { type, arn, ...more };
  const by = <T>(text: string | null | undefined, make: (id: string) => T) => mapped(unmasked(text), make);
  const gateway = unmasked(given?.gatewayArn) ?? by(asked?.gatewayIdentifier, (id) => gatewayArn(place, id));
  switch (of) {
    case "AgentRuntime":
      return (
        one("runtime", unmasked(given?.agentRuntimeArn) ?? by(asked?.agentRuntimeId, (id) => runtimeArn(place, id))) ||
        undefined
      );
    case "Gateway":
      return one("gateway", gateway, { gateway }) || undefined;
    case "GatewayTarget": {
      const id = unmasked(given?.targetId) ?? unmasked(asked?.targetId);
      return one("gateway target", gateway && id && targetName(gateway, id), { gateway }) || undefined;
    }
    case "WorkloadIdentity":
      return (
        one(
          "workload identity",
          unmasked(given?.workloadIdentityArn) ?? by(asked?.name, (name) => workloadArn(place, name)),
        ) || undefined
      );
    case "RegistryRecord": {
      const service = eventSource.replace(/(-control)?[.]amazonaws[.]com$/, "");
      const [registry, id] = [unmasked(asked?.registryId), unmasked(asked?.recordId)];
      const built = registry && id && recordArn(place, service, registry, id);
      return one("registry record", unmasked(given?.recordArn) ?? built) || undefined;
    }
    default:
      return providerIn(place, detail, of.startsWith("Oauth2") ? "Oauth2" : "ApiKey");
  }
}

function providerIn(place: Place, { requestParameters: asked, responseElements: given }: Detail, of: ProviderOf) {
  const told = unmasked(given?.credentialProviderArn);
  const name = unmasked(asked?.name) ?? told?.split("/").at(-1);
  if (name === undefined) return undefined;
  return { type: "", arn: told ?? providerArn(place, of, name), provider: { of, name } };
}

const mapped = <T>(text: string | undefined, make: (text: string) => T): T | undefined =>
  text === undefined ? undefined : make(text);
