/** What API Gateway says of a request that it authorised by IAM: payload 2.0, `requestContext.authorizer.iam`. */
interface Authorised {
  readonly requestContext?: { readonly authorizer?: { readonly iam?: { readonly userArn?: unknown } | null } | null };
}

/** The ARN that signed a request, from API Gateway and from nowhere else: no header can say it. */
export function signerOf(around: object | undefined): string | undefined {
  const { requestContext } = (around ?? {}) as Authorised;
  const userArn = requestContext?.authorizer?.iam?.userArn;
  return typeof userArn === "string" && userArn !== "" ? userArn : undefined;
}
