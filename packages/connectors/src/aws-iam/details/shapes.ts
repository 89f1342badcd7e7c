import { badInput, Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";

const Text = z.string().check(z.maxLength(2048));
const Policy = z.object({ PolicyName: z.optional(Text), PolicyArn: Text });
/** URL-encoded JSON from the API; the command line decodes it into an object. */
const Written = z.union([z.string(), z.looseObject({})]);
const Inline = z.object({ PolicyName: z.optional(Text), PolicyDocument: Written });
const list = <T extends z.ZodMiniType>(of: T) => z._default(z.array(of), []);

/** What `aws iam get-account-authorization-details` prints, as far as it is read. */
export const Details = z.object({
  UserDetailList: list(
    z.object({
      UserName: Text.check(z.minLength(1)),
      Arn: Text.check(z.minLength(1)),
      CreateDate: z.optional(Instant),
      GroupList: list(Text),
      Tags: list(z.object({ Key: Text, Value: Text })),
      AttachedManagedPolicies: list(Policy),
      UserPolicyList: list(Inline),
    }),
  ),
  RoleDetailList: list(z.object({ RoleName: Text.check(z.minLength(1)), Arn: Text.check(z.minLength(1)) })),
  GroupDetailList: z.optional(
    list(z.object({ GroupName: Text, AttachedManagedPolicies: list(Policy), GroupPolicyList: list(Inline) })),
  ),
  Policies: list(
    z.object({
      Arn: Text,
      PolicyVersionList: list(
        z.object({ IsDefaultVersion: z._default(z.boolean(), false), Document: z.optional(Written) }),
      ),
    }),
  ),
  IsTruncated: z._default(z.boolean(), false),
});
export type Details = z.infer<typeof Details>;

/** What `aws iam list-access-keys` prints for one user, or a list of such. */
const Key = z.object({
  UserName: Text.check(z.minLength(1)),
  AccessKeyId: z.string().check(z.regex(/^\w{16,128}$/)),
  Status: z.string(),
  CreateDate: z.optional(Instant),
});
export const Keys = z.object({ AccessKeyMetadata: z.array(Key), IsTruncated: z._default(z.boolean(), false) });
export type Keys = z.infer<typeof Keys>;
export type Key = z.infer<typeof Key>;

/** Reads what the schema names; where it does not fit is said, what stood there never. */
export function shapeOf<T>(schema: z.ZodMiniType<T>, value: unknown, file: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const where = read.error.issues.slice(0, 5).map(({ path }) => path.join(".") || "the document");
  throw badInput("this file has another shape than AWS gives it: nothing was changed", {
    file,
    where: where.join(", "),
  });
}
