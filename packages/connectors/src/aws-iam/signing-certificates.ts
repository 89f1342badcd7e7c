import {
  DeleteSigningCertificateCommand,
  ListSigningCertificatesCommand,
  type SigningCertificate,
  UpdateSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import type { State, Target } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import type { Switched } from "./down.ts";
import { SIGNING_CERTIFICATE } from "./handles.ts";

const CertificateHandle = z.object({ account: z.string(), userName: z.string(), certificateId: z.string() });

/** IAM does not say when one was last used: it counts as in use until somebody says otherwise. */
export const signingCertificates: Switched = {
  type: SIGNING_CERTIFICATE,
  short: "certificate",
  lists: "iam:ListSigningCertificates",
  updates: "iam:UpdateSigningCertificate",
  deletes: "iam:DeleteSigningCertificate",
  see,
  update: (api, target, Status) =>
    askAws("iam:UpdateSigningCertificate", () =>
      api.send(new UpdateSigningCertificateCommand({ ...named(api, target), Status })),
    ),
  remove: (api, target) =>
    askAws("iam:DeleteSigningCertificate", () => api.send(new DeleteSigningCertificateCommand(named(api, target)))),
};

async function see(api: Api, target: Target): Promise<State> {
  const { UserName, CertificateId } = named(api, target);
  const listed = await askAws("iam:ListSigningCertificates", () =>
    api.send(new ListSigningCertificatesCommand({ UserName })),
  ).catch(isMissing);
  const found = listed?.Certificates?.find((one: SigningCertificate) => one.CertificateId === CertificateId);
  if (found === undefined && listed?.IsTruncated)
    throw new Fault("Unavailable", "the list of certificates was cut short");
  return found && { status: found.Status ?? "unknown" };
}

function named(api: Api, { handle }: Target) {
  const { userName, certificateId } = readHandle(api, handle, CertificateHandle, "a signing certificate");
  return { UserName: userName, CertificateId: certificateId };
}
