import type { DeskRequest, Heard } from "@leasehold/core/connector";
import { type DecisionId, type Instant, millisOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { isJson, isSigned, jsonIn, notAccepted, notProved, notTimely } from "../../kit/index.ts";
import { choiceOf } from "./text.ts";

const OLDEST = 86_400_000; // ms: Jira tries again for hours
const EARLIEST = 300_000;
const MOST_BYTES = 1_048_576;

const Text = z.string().check(z.minLength(1), z.maxLength(255));
const Digits = z.string().check(z.regex(/^\d{1,20}$/));
const Account = z.object({ accountId: Text, emailAddress: z.optional(Text) });

const Stamped = z.object({ timestamp: z.int() });
const Updated = z.object({
  webhookEvent: z.literal("jira:issue_updated"),
  user: z.object({ accountId: Text }),
  issue: z.object({
    id: Digits,
    fields: z.object({
      labels: z.array(z.string()).check(z.maxLength(100)),
      parent: z.object({ key: Text }),
      assignee: z.nullish(Account),
    }),
  }),
  changelog: z.object({ id: Digits, items: z.array(z.unknown()).check(z.maxLength(100)) }),
});
const Moved = z.object({ field: z.literal("status"), toString: Text });

/** Only a signed, timely change of a sub-task's status says anything; what it says has no authority until `confirm`. */
export function read({ headers, body }: DeskRequest, secrets: readonly string[], now: Instant): readonly Heard[] {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(headers["x-hub-signature"] ?? "")?.[1];
  const small = Buffer.byteLength(body) <= MOST_BYTES;
  if (!isJson(headers["content-type"]) || !small) throw notAccepted();
  if (!isSigned(body, hex, secrets)) throw notProved(hex);

  const event = jsonIn(body);
  const stamped = Stamped.safeParse(event);
  if (!stamped.success) throw notAccepted("content");
  const age = millisOf(now) - stamped.data.timestamp;
  if (!(age <= OLDEST && age >= -EARLIEST)) throw notTimely(stamped.data.timestamp, now);
  const updated = Updated.safeParse(event);
  return updated.success ? heard(updated.data) : [];
}

function heard({ user, issue, changelog }: z.infer<typeof Updated>): readonly Heard[] {
  const named = idsIn(issue.fields.labels);
  const choice = statusIn(changelog.items);
  if (named === undefined || choice === undefined) return [];
  const { assignee, parent } = issue.fields;
  const to = choice === "transfer" ? (assignee?.emailAddress ?? assignee?.accountId) : undefined;
  return [
    {
      ...{ ...named, choice },
      by: { desk: "jira", user: user.accountId, email: undefined },
      ticket: { desk: "jira", ref: { issue: parent.key } },
      id: `${issue.id}/${changelog.id}`,
      ...(to !== undefined && { to }),
    },
  ];
}

/** Which decision and which item a sub-task stands for; none where its labels name two. */
function idsIn(labels: readonly string[]): Pick<Heard, "decision" | "item"> | undefined {
  const ids = labels.flatMap((label) => /^leasehold-([\w-]{1,80})$/.exec(label)?.[1] ?? []);
  const [decision, ...decisions] = ids.filter((id) => id.startsWith("dec_"));
  const [item, ...items] = ids.filter((id) => !id.startsWith("dec_"));
  if (decision === undefined || item === undefined || decisions.length + items.length > 0) return undefined;
  return { decision: decision as DecisionId, item };
}

/** The answer among the changes made in one go. */
export function statusIn(items: readonly unknown[]) {
  const moved = items.flatMap((item) => Moved.safeParse(item).data ?? []).at(-1);
  return moved && choiceOf(moved.toString);
}
