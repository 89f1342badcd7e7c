import type { LabelledEstate } from "@leasehold/local/estates";
import * as z from "zod/mini";
import { type Answer, type Answering, holders, NOBODY } from "./answer.ts";

const Made = z.object({
  eventName: z.enum(["CreateAccessKey", "CreateServiceSpecificCredential"]),
  userIdentity: z.object({ arn: z.string() }),
  responseElements: z.object({
    accessKey: z.optional(z.object({ accessKeyId: z.string() })),
    serviceSpecificCredential: z.optional(z.object({ serviceSpecificCredentialId: z.string() })),
  }),
});
const Consented = z.object({
  detail: z.object({
    target: z.array(z.object({ id: z.string(), detailEntry: z.nullish(z.object({ user: z.optional(z.string()) })) })),
  }),
});

/** Who called Create*, at its word: the IAM user, or the name of the session, as today's directory knows it. */
export const creator: Answering = async (estate) => {
  const byAddress = holders(estate);
  const named = new Map(
    estate.truth.people.flatMap(({ accounts, number }) =>
      accounts.iamUser ? [[accounts.iamUser, number] as const] : [],
    ),
  );
  const byOkta = new Map(
    estate.truth.people.flatMap(({ accounts, number }) => accounts.okta.map((id) => [id, number] as const)),
  );
  const makers = new Map(estate.cloudtrail.flatMap(makerOf));
  const consents = new Map([...estate.okta.flatMap(consenterOf), ...grantees(estate)]);
  return async ({ handles }) => {
    const { accessKeyId, serviceSpecificCredentialId, grantId } = handles;
    if (grantId !== undefined) return certain(byOkta.get(consents.get(grantId) ?? ""));
    const arn = makers.get(accessKeyId ?? serviceSpecificCredentialId ?? "");
    return certain(arn === undefined ? undefined : (named.get(arn) ?? byAddress.get(arn.split("/").at(-1) ?? "")));
  };
};

function makerOf(record: object): readonly (readonly [string, string])[] {
  const read = Made.safeParse(record);
  if (!read.success) return [];
  const { accessKey, serviceSpecificCredential } = read.data.responseElements;
  const id = accessKey?.accessKeyId ?? serviceSpecificCredential?.serviceSpecificCredentialId;
  return id === undefined ? [] : [[id, read.data.userIdentity.arn]];
}

function consenterOf(event: object): readonly (readonly [string, string])[] {
  const target = Consented.safeParse(event).data?.detail.target ?? [];
  return target.flatMap(({ id, detailEntry }) =>
    detailEntry?.user === undefined ? [] : [[id, detailEntry.user] as const],
  );
}

const grantees = ({ oktaGrants }: LabelledEstate) =>
  (oktaGrants as readonly { readonly id: string; readonly userId: string }[]).map(
    ({ id, userId }) => [id, userId] as const,
  );

const Tagged = z.object({
  Arn: z.string(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});

/** What the owner tag says, as today's directory knows it. */
export const ownerTag: Answering = async (estate) => {
  const byAddress = holders(estate);
  const tags = new Map(
    estate.authorizationDetails.UserDetailList.flatMap((user) => {
      const { Arn, Tags } = Tagged.parse(user);
      const value = Tags.find(({ Key }) => Key.toLowerCase() === "owner")?.Value;
      return value === undefined ? [] : [[Arn, value] as const];
    }),
  );
  return async ({ handles }) => certain(byAddress.get(tags.get(handles.holder) ?? ""));
};

/** One who knows every chance of the generator, and sees what we see. An estate made elsewhere may have none. */
export const oracle: Answering =
  async () =>
  async ({ oracle: known }) =>
    known === undefined ? NOBODY : { person: known.person, named: true, confidence: known.probability };

const certain = (person: string | undefined): Answer =>
  person === undefined ? NOBODY : { person, named: true, confidence: 1 };
