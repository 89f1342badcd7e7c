import { type SignedAsk, type Signing, signedAws } from "./aws-signed.ts";
import { jsonIn } from "./signature.ts";

export interface JsonAsk extends Omit<SignedAsk, "method" | "body"> {
  readonly input: object;
}

const MOST = 4 * 1_048_576; // bytes

/**
 * One call of a service for which a bundle has no client: its answer, read by the caller's own schema. What AWS says against it is
 * thrown as its SDK throws it, for `askAws`: by its name alone, since the sentence beside it may quote what was sent.
 */
export async function askJson(signing: Signing, { input, ...ask }: JsonAsk): Promise<unknown> {
  const sent = { ...ask, method: "POST", body: JSON.stringify(input) } as const;
  const { status, headers, bytes } = await signedAws(signing, sent, MOST);
  const json = jsonIn(Buffer.from(bytes).toString("utf8"));
  if (status >= 200 && status < 300) return json;
  const name = headers.get("x-amzn-errortype") ?? (json as { readonly __type?: unknown } | undefined)?.__type;
  throw Object.assign(new Error("AWS does not do what it was asked"), {
    ...{ name: wordIn(name), $metadata: { httpStatusCode: status } },
  });
}

/** `com.amazonaws.logs#ThrottlingException`, `ResourceNotFoundException:http://…`: the word between. */
const wordIn = (name: unknown): string => /(?:^|#)([A-Za-z]{1,80})(?::|$)/.exec(String(name))?.[1] ?? "Unknown";
