import {
  DeleteServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  type ServiceSpecificCredentialMetadata,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import type { State, Target } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import type { Switched } from "./down.ts";
import { SERVICE_SPECIFIC } from "./handles.ts";

const ServiceHandle = z.object({ account: z.string(), userName: z.string(), serviceSpecificCredentialId: z.string() });

/** IAM does not say when one was last used: it counts as in use until somebody says otherwise. */
export const serviceSpecific: Switched = {
  type: SERVICE_SPECIFIC,
  short: "credential",
  lists: "iam:ListServiceSpecificCredentials",
  updates: "iam:UpdateServiceSpecificCredential",
  deletes: "iam:DeleteServiceSpecificCredential",
  see,
  update: (api, target, Status) =>
    askAws("iam:UpdateServiceSpecificCredential", () =>
      api.send(new UpdateServiceSpecificCredentialCommand({ ...named(api, target), Status })),
    ),
  remove: (api, target) =>
    askAws("iam:DeleteServiceSpecificCredential", () =>
      api.send(new DeleteServiceSpecificCredentialCommand(named(api, target))),
    ),
};

async function see(api: Api, target: Target): Promise<State> {
  const { UserName, ServiceSpecificCredentialId } = named(api, target);
  const { all, whole } = await servicesOf(UserName, (input) =>
    askAws("iam:ListServiceSpecificCredentials", () =>
      api.send(new ListServiceSpecificCredentialsCommand(input)),
    ).catch(isMissing),
  );
  const found = all.find((one) => one.ServiceSpecificCredentialId === ServiceSpecificCredentialId);
  if (found === undefined && !whole) throw new Fault("Unavailable", "the list of credentials was cut short");
  return found && { status: found.Status ?? "unknown" };
}

interface Listed {
  readonly ServiceSpecificCredentials?: readonly ServiceSpecificCredentialMetadata[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}
type List = (input: { readonly UserName: string; readonly Marker?: string }) => Promise<Listed | undefined>;

const MOST_PAGES = 20; // two for each service and user is IAM's limit: more is a list that we do not understand

/** All that a user has, of whatever service. Not whole: it was cut short without a word where to go on, or does not end. */
async function servicesOf(UserName: string, list: List) {
  const all: ServiceSpecificCredentialMetadata[] = [];
  let marker: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await list({ UserName, ...(marker !== undefined && { Marker: marker }) });
    all.push(...(listed?.ServiceSpecificCredentials ?? []));
    if (!listed?.IsTruncated) return { all, whole: true };
    marker = listed.Marker;
    if (marker === undefined) break;
  }
  return { all, whole: false };
}

function named(api: Api, { handle }: Target) {
  const read = readHandle(api, handle, ServiceHandle, "a service-specific credential");
  return { UserName: read.userName, ServiceSpecificCredentialId: read.serviceSpecificCredentialId };
}
