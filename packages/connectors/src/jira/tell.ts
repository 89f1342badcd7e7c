import type { Heard } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { toldText } from "./text.ts";

const Comments = z.object({ comments: z.array(z.object({ body: z.unknown() })) });

/**
 * A comment on the sub-task that mentions who moved it, so that Jira tells them: it has no place that only they see.
 * The comment names the change that it answers, and one that is there already is not written again.
 */
export async function tell({ http }: Api, { by, id }: Heard, text: string): Promise<void> {
  const [issue = "", change = ""] = id.split("/");
  const path = pathOf`/rest/api/3/issue/${issue}/comment`;
  const newest = { orderBy: "-created", maxResults: "100" };
  const looked = await http.call({ method: "GET", path, query: newest, permission: "BROWSE_PROJECTS", accept: [404] });
  if (looked.status === 404) return; // withdrawn meanwhile
  const { comments } = shaped("jira", Comments, looked.json);
  const mark = `(change ${change})`;
  if (comments.some(({ body }) => JSON.stringify(body ?? null).includes(mark))) return;
  const body = { body: toldText(by.user, text, mark) };
  await http.call({ method: "POST", path, body, permission: "ADD_COMMENTS", accept: [404] });
}
