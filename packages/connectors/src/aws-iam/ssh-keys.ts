import { DeleteSSHPublicKeyCommand, ListSSHPublicKeysCommand, UpdateSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import type { State, Target } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import type { Switched } from "./down.ts";
import { SSH_KEY } from "./handles.ts";

const SshHandle = z.object({ account: z.string(), userName: z.string(), sshPublicKeyId: z.string() });

/** IAM does not say when one was last used: it counts as in use until somebody says otherwise. */
export const sshKeys: Switched = {
  type: SSH_KEY,
  short: "key",
  lists: "iam:ListSSHPublicKeys",
  updates: "iam:UpdateSSHPublicKey",
  deletes: "iam:DeleteSSHPublicKey",
  see,
  update: (api, target, Status) =>
    askAws("iam:UpdateSSHPublicKey", () => api.send(new UpdateSSHPublicKeyCommand({ ...named(api, target), Status }))),
  remove: (api, target) =>
    askAws("iam:DeleteSSHPublicKey", () => api.send(new DeleteSSHPublicKeyCommand(named(api, target)))),
};

async function see(api: Api, target: Target): Promise<State> {
  const { UserName, SSHPublicKeyId } = named(api, target);
  const listed = await askAws("iam:ListSSHPublicKeys", () =>
    api.send(new ListSSHPublicKeysCommand({ UserName })),
  ).catch(isMissing);
  const found = listed?.SSHPublicKeys?.find((one) => one.SSHPublicKeyId === SSHPublicKeyId);
  if (found === undefined && listed?.IsTruncated) throw new Fault("Unavailable", "the list of SSH keys was cut short");
  return found && { status: found.Status ?? "unknown" };
}

function named(api: Api, { handle }: Target) {
  const { userName, sshPublicKeyId } = readHandle(api, handle, SshHandle, "an SSH public key");
  return { UserName: userName, SSHPublicKeyId: sshPublicKeyId };
}
