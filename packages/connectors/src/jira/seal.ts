import * as z from "zod/mini";
import { isSigned, pathOf, signatureOf } from "../../kit/index.ts";
import type { Api } from "./api.ts";

/** The `leasehold` property of a sub-task: which item of which message it is, and our seal that it is this very sub-task. */
export const Property = z.object({ key: z.string(), item: z.string(), seal: z.optional(z.string()) });
export type Property = z.infer<typeof Property>;

const textOf = (issue: string, { key, item }: Property) => `sub-task ${issue} of ${key}: ${item}`;

/**
 * Writes the seal where it is not there. It is of the sub-task's id, which only Jira gives, so it comes after the creation:
 * until then nobody's move counts. What a crash left out, and what somebody changed, is put right the next time it is asked.
 */
export async function seal(api: Api, issue: string, of: Property, present?: unknown): Promise<void> {
  const [secret] = await api.sealing();
  if (secret === undefined) return; // no answer comes here either
  const text = textOf(issue, of);
  const known = Property.safeParse(present).data;
  if (known?.key === of.key && known.item === of.item && isSigned(text, known.seal, [secret])) return;
  await api.http.call({
    ...{ method: "PUT", path: pathOf`/rest/api/3/issue/${issue}/properties/leasehold`, permission: "EDIT_ISSUES" },
    body: { key: of.key, item: of.item, seal: signatureOf(secret, text) },
  });
}

/** Whoever may edit an issue may change its property, or copy another's; neither is the seal of this one. */
export async function isSealed(api: Api, issue: string, property: Property): Promise<boolean> {
  return isSigned(textOf(issue, property), property.seal, await api.sealing());
}
