import type { Handle } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import { accessKey, iamIdentity, iamUserArn, partitionOf, type UserIdentity, unmasked } from "../../../kit/index.ts";
import {
  ACCESS_KEY,
  LOGIN_PROFILE,
  loginProfile,
  SERVICE_SPECIFIC,
  SIGNING_CERTIFICATE,
  SSH_KEY,
  serviceHandle,
} from "../handles.ts";
import type { Detail, Said } from "./event.ts";

interface Made {
  readonly type: string;
  readonly id: string | undefined; // none: a password
  readonly userName?: string | undefined;
  readonly status?: string | undefined;
  readonly handle: (account: string, userName: string, id: string) => Handle;
}

/** Whoever makes one for himself need not name himself. A reset makes another secret of the same credential, which whoever asked for it now has. */
export function issued(said: Said, detail: Detail): readonly Signal[] {
  const { requestParameters, userIdentity } = detail;
  const { type, id, status = "Active", handle, ...made } = madeIn(detail);
  const userName = unmasked(made.userName) ?? unmasked(requestParameters?.userName) ?? ownName(userIdentity);
  if (userName === undefined || status !== "Active") return [];
  const arn = iamUserArn(said.tenant, userName, partitionOf(userIdentity.arn));
  const common = { kind: "credential.issued" as const, ...said, type, identity: iamIdentity(arn) };
  if (type === LOGIN_PROFILE)
    return [{ ...common, credential: loginProfile(arn), handle: handle(said.tenant, userName, "") }];
  const known = unmasked(id);
  if (known === undefined) return [];
  return [{ ...common, credential: accessKey(known), handle: handle(said.tenant, userName, known) }];
}

function madeIn({ eventName, requestParameters: asked, responseElements: given }: Detail): Made {
  switch (eventName) {
    case "CreateAccessKey":
      return {
        ...{ type: ACCESS_KEY, id: given?.accessKey?.accessKeyId, userName: given?.accessKey?.userName },
        handle: (account, userName, accessKeyId) => ({ account, userName, accessKeyId }),
      };
    case "CreateLoginProfile":
      return {
        ...{ type: LOGIN_PROFILE, id: undefined, userName: given?.loginProfile?.userName },
        handle: (account, userName) => ({ account, userName }),
      };
    case "UploadSigningCertificate":
      return {
        ...{ type: SIGNING_CERTIFICATE, id: given?.certificate?.certificateId, ...of(given?.certificate) },
        handle: (account, userName, certificateId) => ({ account, userName, certificateId }),
      };
    case "UploadSSHPublicKey":
      return {
        ...{ type: SSH_KEY, id: given?.sSHPublicKey?.sSHPublicKeyId, ...of(given?.sSHPublicKey) },
        handle: (account, userName, sshPublicKeyId) => ({ account, userName, sshPublicKeyId }),
      };
    default: {
      const one = given?.serviceSpecificCredential;
      const serviceName = unmasked(one?.serviceName) ?? unmasked(asked?.serviceName);
      return {
        ...{ type: SERVICE_SPECIFIC, ...of(one) },
        id: unmasked(one?.serviceSpecificCredentialId) ?? unmasked(asked?.serviceSpecificCredentialId),
        handle: (account, userName, id) => serviceHandle(account, userName, id, serviceName),
      };
    }
  }
}

const of = (one: Pick<Made, "userName" | "status"> | undefined) => ({ userName: one?.userName, status: one?.status });

/** None of these calls answers with the credential: its id stands in the request, and nowhere else. */
export function changed(said: Said, { eventName, requestParameters: asked, userIdentity }: Detail): readonly Signal[] {
  const ids = [asked?.accessKeyId, asked?.serviceSpecificCredentialId, asked?.certificateId, asked?.sSHPublicKeyId];
  const id = ids.map(unmasked).find((one) => one !== undefined);
  const credential =
    eventName === "DeleteLoginProfile" ? passwordOf(said, asked?.userName, userIdentity) : id && accessKey(id);
  if (!credential) return [];
  if (eventName.startsWith("Delete")) return [{ kind: "credential.deleted", ...said, credential }];
  const status = asked?.status;
  if (status === "Active") return [{ kind: "credential.restored", ...said, credential }];
  return status === "Inactive" ? [{ kind: "credential.disabled", ...said, credential }] : [];
}

function passwordOf({ tenant }: Said, userName: string | undefined, by: UserIdentity) {
  const name = unmasked(userName) ?? ownName(by);
  return name === undefined ? undefined : loginProfile(iamUserArn(tenant, name, partitionOf(by.arn)));
}

const ownName = ({ type, userName }: UserIdentity) => (type === "IAMUser" ? unmasked(userName) : undefined);
