import type { Signal } from "@leasehold/core/signal";
import {
  accessKey,
  iamIdentity,
  iamUserArn,
  partitionOf,
  readerIn,
  type UserIdentity,
  unmasked,
} from "../../../kit/index.ts";
import { ACCESS_KEY, LOGIN_PROFILE, loginProfile, SERVICE_SPECIFIC, SIGNING_CERTIFICATE, SSH_KEY } from "../handles.ts";
import type { Detail, Said } from "./event.ts";

type Answer = NonNullable<Detail["responseElements"]>;
type Id = "accessKeyId" | "serviceSpecificCredentialId" | "certificateId" | "sSHPublicKeyId";

/** What a call makes, where its answer has it, by which id, and what that is called in a handle. A password has no id. */
const MADE: readonly (readonly [calls: RegExp, type: string, part: Exclude<keyof Answer, "user" | "role">, id?: Id])[] =
  [
    [/AccessKey/, ACCESS_KEY, "accessKey", "accessKeyId"],
    [/LoginProfile/, LOGIN_PROFILE, "loginProfile"],
    [/Certificate/, SIGNING_CERTIFICATE, "certificate", "certificateId"],
    [/SSH/, SSH_KEY, "sSHPublicKey", "sSHPublicKeyId"],
    [/ServiceSpecific/, SERVICE_SPECIFIC, "serviceSpecificCredential", "serviceSpecificCredentialId"],
  ];

/** Whoever makes one for himself need not name himself. A reset makes another secret of the same credential, which whoever asked for it now has. */
export function issued(said: Said, detail: Detail): readonly Signal[] {
  const { eventName, requestParameters: asked, responseElements, userIdentity } = detail;
  const [, type, part, name] = MADE.find(([calls]) => calls.test(eventName)) ?? [];
  const given = part && responseElements?.[part];
  const userName = unmasked(given?.userName) ?? unmasked(asked?.userName) ?? ownName(userIdentity);
  if (type === undefined || userName === undefined || (given?.status ?? "Active") !== "Active") return [];
  const arn = iamUserArn(said.tenant, userName, partitionOf(userIdentity.arn));
  const common = { kind: "credential.issued" as const, ...said, type, identity: iamIdentity(arn) };
  const handle = { account: said.tenant, userName };
  if (name === undefined) return [{ ...common, credential: loginProfile(arn), handle }];
  const id = unmasked(given?.[name]) ?? unmasked(asked?.[name]); // a reset has it in what was asked
  if (id === undefined) return [];
  const serviceName = unmasked(given?.serviceName) ?? unmasked(asked?.serviceName);
  return [
    {
      ...{ ...common, credential: accessKey(id) },
      handle: {
        ...{ ...handle, [name === "sSHPublicKeyId" ? "sshPublicKeyId" : name]: id },
        ...(serviceName !== undefined && { serviceName }),
      },
    },
  ];
}

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

/**
 * Whoever sets a password for another knows it, and is not whose it is: unless its user must change it when they sign in, for then it
 * is known once. Whether an update set one at all the record does not tell. Whoever changes their own had to give the old one.
 */
export function passwordSet(
  said: Said,
  { eventName, requestParameters: asked, userIdentity }: Detail,
): readonly Signal[] {
  const own = eventName === "ChangePassword";
  const name = own ? ownName(userIdentity) : unmasked(asked?.userName);
  if (name === undefined) return [];
  const credential = loginProfile(iamUserArn(said.tenant, name, partitionOf(userIdentity.arn)));
  const common = { kind: "secret.stored" as const, ...said, credential };
  if (own) return [common];
  if (asked?.passwordResetRequired === true) return [{ ...common, another: "once" }];
  const reader = readerIn(userIdentity);
  return [{ ...common, another: "perhaps", ...(reader && { reader }) }];
}

function passwordOf({ tenant }: Said, userName: string | undefined, by: UserIdentity) {
  const name = unmasked(userName) ?? ownName(by);
  return name === undefined ? undefined : loginProfile(iamUserArn(tenant, name, partitionOf(by.arn)));
}

const ownName = ({ type, userName }: UserIdentity) => (type === "IAMUser" ? unmasked(userName) : undefined);
