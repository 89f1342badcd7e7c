import * as z from "zod/mini";
import { pathOf, shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { USERS_READ } from "./org.ts";
import type { User } from "./user.ts";

const Found = z.object({ id: z.string() });

/**
 * Who is meant by `managerId`. Okta calls it the id of the manager and lets everybody write there what they like:
 * an id, a login, an address or an employee number.
 */
export function startManagers(api: Api, users: readonly User[]) {
  const known = new Map<string, string | undefined>();
  for (const { id, profile } of users)
    for (const name of [profile.employeeNumber, profile.email, profile.login])
      if (name) known.set(name.toLowerCase(), id);

  return {
    async find(managerId: string | undefined): Promise<string | undefined> {
      const text = managerId?.trim();
      if (!text || /^00u\w{10,}$/.test(text)) return text || undefined;
      const key = text.toLowerCase();
      if (!known.has(key)) known.set(key, await (text.includes("@") ? byLogin(api, text) : byNumber(api, text)));
      return known.get(key);
    },
  };
}

async function byLogin({ http }: Api, login: string): Promise<string | undefined> {
  const path = pathOf`/api/v1/users/${login}`;
  const { status, json } = await http.call({ method: "GET", path, permission: USERS_READ, accept: [404] });
  return status === 404 ? undefined : shaped("okta", Found, json).id;
}

/** Two with one number are nobody. */
async function byNumber({ http }: Api, number: string): Promise<string | undefined> {
  if (!/^[\w.-]{1,64}$/.test(number)) return undefined;
  const query = { search: `profile.employeeNumber eq "${number}"`, limit: "2" };
  const { json } = await http.call({ method: "GET", path: "/api/v1/users", query, permission: USERS_READ });
  const [first, second] = shaped("okta", z.array(Found), json);
  return second === undefined ? first?.id : undefined;
}
