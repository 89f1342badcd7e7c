import type { Reach } from "@leasehold/core/signal";
import { reachByDocument, reachByName, widest } from "./policy.ts";

type Maybe<T> = T | undefined;
type Document = string | object; // URL-encoded JSON from the API; the command line decodes it

interface Attached {
  readonly PolicyArn?: Maybe<string>;
}
interface Inline {
  readonly PolicyDocument?: Maybe<Document>;
}

/** What an account's authorization details say of one that has policies. */
export interface Holder {
  readonly attached: Maybe<readonly Attached[]>;
  readonly inline: Maybe<readonly Inline[]>;
  readonly groups?: Maybe<readonly string[]>;
}
export interface Shared {
  readonly groups: readonly (Omit<Holder, "groups"> & { readonly name: Maybe<string> })[];
  readonly policies: readonly {
    readonly Arn?: Maybe<string>;
    readonly PolicyVersionList?: Maybe<
      readonly { readonly IsDefaultVersion?: Maybe<boolean>; readonly Document?: Maybe<Document> }[]
    >;
  }[];
}

/** What one may do by its own policies and its groups': of a group or policy that is not among these nothing is known. */
export function reachIn({ groups, policies }: Shared): (holder: Holder) => Reach {
  const documents = new Map(
    policies.map(({ Arn, PolicyVersionList = [] }) => [
      Arn,
      PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document,
    ]),
  );
  const managed = ({ PolicyArn = "" }: Attached): Reach => {
    const byName = reachByName(PolicyArn);
    return byName === "unknown" ? graded(documents.get(PolicyArn)) : byName;
  };
  const of = ({ attached = [], inline = [] }: Holder): readonly Reach[] => [
    ...attached.map(managed),
    ...inline.map(({ PolicyDocument }) => graded(PolicyDocument)),
  ];
  const known = new Map(groups.map((group) => [group.name, of(group)]));
  return (holder) =>
    widest([...of(holder), ...(holder.groups ?? []).flatMap((name) => known.get(name) ?? ["unknown" as const])]);
}

const graded = (document: Maybe<Document>): Reach => {
  if (document === undefined) return "unknown"; // what we cannot see might allow anything
  return reachByDocument(typeof document === "string" ? document : JSON.stringify(document));
};
