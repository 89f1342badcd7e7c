import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";

const Comments = z.object({
  comments: z.array(z.object({ author: z.optional(z.object({ accountId: z.string() })), body: z.unknown() })),
});

/** The newest comment that this person wrote on the sub-task: a status has no words of its own. */
export async function reasonOf({ http }: Pick<Api, "http">, issue: string, author: string) {
  const path = pathOf`/rest/api/3/issue/${issue}/comment`;
  const newest = { orderBy: "-created", maxResults: "100" };
  const looked = await http.call({ method: "GET", path, query: newest, permission: "BROWSE_PROJECTS", accept: [404] });
  if (looked.status === 404) return undefined;
  const { comments } = shaped("jira", Comments, looked.json);
  const mine = comments.find((one) => one.author?.accountId === author);
  const text = mine === undefined ? "" : textIn(mine.body).join(" ").trim().slice(0, MOST_WORDS);
  return text === "" ? undefined : text;
}
const MOST_WORDS = 300;

/** The words of the Atlassian Document Format, without its marks, links and mentions. */
function textIn(node: unknown): readonly string[] {
  if (node === null || typeof node !== "object") return [];
  const { text, content } = node as { readonly text?: unknown; readonly content?: unknown };
  return [...(typeof text === "string" ? [text] : []), ...(Array.isArray(content) ? content.flatMap(textIn) : [])];
}
