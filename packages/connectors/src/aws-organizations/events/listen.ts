import type { Listener } from "@leasehold/core/connector";
import type { Actor, Signal, SignalOf } from "@leasehold/core/signal";
import { cloudTrailEnvelope, isRefusal, partitionOf, ROUTED, readActor } from "../../../kit/index.ts";
import { ACCOUNT, accountIdentity } from "../named.ts";
import { CALLS, type Detail, Event, SAID } from "./event.ts";

/** Which accounts the organisation has: in its management account, and in us-east-1 alone. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["identity.created", "identity.changed", "identity.deleted", "access.refused"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "identity-lifecycle": [
            {
              source: ["aws.organizations"],
              "detail-type": ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"],
              detail: { eventName: [...CALLS, ...SAID] },
            },
          ],
        },
        envelope: (record) => cloudTrailEnvelope(record, ["organizations"]),
      }),
};

type Said = Pick<SignalOf<"identity.changed">, "source" | "tenant" | "by">;
type What = "created" | "changed" | "deleted";

const WHAT: Readonly<Record<Detail["eventName"], What>> = {
  CreateAccountResult: "created",
  AccountJoinedOrganization: "created",
  MoveAccount: "changed",
  CloseAccount: "changed", // it is there for 90 days more, and can be opened again
  CloseAccountResult: "changed",
  RegisterDelegatedAdministrator: "changed",
  DeregisterDelegatedAdministrator: "changed",
  LeaveOrganization: "deleted",
  RemoveAccountFromOrganization: "deleted",
  AccountDepartedOrganization: "deleted",
};

function normalise({ account: tenant, detail }: Event): readonly Signal[] {
  const { eventID, eventTime, eventName, errorCode, errorMessage, userIdentity } = detail;
  const said: Said = {
    source: { connector: "aws-organizations", eventId: eventID, occurredAt: eventTime },
    ...{ tenant, by: userIdentity ? readActor(userIdentity) : ITSELF },
  };
  const named = accountIn(detail, tenant);
  const id = eventName === "LeaveOrganization" ? tenant : named;
  if (errorCode !== undefined && isRefusal(errorCode)) {
    const resource = named === undefined ? "*" : `account/${named}`; // as AWS's own message has it: who leaves names nothing
    return [{ kind: "access.refused", ...said, action: `organizations:${eventName}`, resource }];
  }
  if (errorCode !== undefined || errorMessage !== undefined) return []; // the caller's mistake: nothing happened
  if (id === undefined || isFailed(detail)) return [];
  return [told(WHAT[eventName], said, accountIdentity(id, partitionOf(userIdentity?.arn)))];
}

/** An account of the organisation is made, and leaves it: that it was made elsewhere before says nothing of whose it is. */
function told(what: What, said: Said, identity: SignalOf<"identity.changed">["identity"]): Signal {
  if (what === "deleted") return { kind: "identity.deleted", ...said, identity };
  return { kind: `identity.${what}`, ...said, identity, type: ACCOUNT };
}

const ITSELF: Actor = { realm: "aws", name: "organizations.amazonaws.com", via: "workload" };

/** The management account is told of itself nothing: where it stands alone, another one was meant. */
function accountIn({ requestParameters, serviceEventDetails: said }: Detail, tenant: string): string | undefined {
  const results = [said?.createAccountStatus, said?.closeAccountStatus];
  const [result] = results.flatMap((one) => one?.accountId ?? []);
  const named = [requestParameters?.accountId, result, said?.memberAccountId, said?.accountId];
  return named.find((id) => id !== undefined && id !== tenant);
}

/** What was asked for is one thing, what came of it another. */
function isFailed({ serviceEventDetails: said }: Detail): boolean {
  const states = [said?.createAccountStatus, said?.closeAccountStatus].flatMap((one) => one?.state ?? []);
  return states.some((state) => state !== "SUCCEEDED");
}
