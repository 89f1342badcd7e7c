import type { Delivered } from "@leasehold/core/connector";
import { digest, Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { eventOf } from "./events/index.ts";

type Body = Readonly<Record<string, unknown>>;

/** A webhook of ours, by the name in its header: the actions that say something, and where its body tells when that was. */
interface Heard {
  readonly actions: readonly string[] | "any";
  at(body: Body): unknown;
}

/** What GitHub tells no time of: a deletion, the end of a suspension, a member who is gone. */
export const UNTOLD = Symbol("no time is told");

const HEARD: Readonly<Record<string, Heard>> = {
  workflow_run: { actions: "any", at: ({ workflow_run: run }) => fieldsOf(run)["updated_at"] },
  deploy_key: {
    actions: ["created", "deleted"],
    at: ({ action, key }) => (action === "created" ? fieldsOf(key)["created_at"] : UNTOLD),
  },
  installation: {
    actions: ["created", "deleted", "suspend", "unsuspend"],
    at: ({ action, installation }) => {
      const { created_at, suspended_at } = fieldsOf(installation);
      return action === "created" ? created_at : action === "suspend" ? suspended_at : UNTOLD;
    },
  },
  organization: { actions: ["member_removed"], at: () => UNTOLD },
};

/** Undefined: the ping of a new webhook, and what was not asked for. */
export const heardAs = (name: string | undefined): Heard | undefined =>
  name !== undefined && Object.hasOwn(HEARD, name) ? HEARD[name] : undefined;

/** Whether it may say something to us; a body that has no action at all goes on, so that somebody says so. */
export function isMeant({ actions }: Heard, given: unknown): boolean {
  const { action } = fieldsOf(given);
  return actions === "any" || typeof action !== "string" || actions.includes(action);
}

/** When it happened, as the signed body says: undefined where it should say so and does not. */
export function toldAt({ at }: Heard, given: unknown): Instant | typeof UNTOLD | undefined {
  const told = at(fieldsOf(given));
  if (told === UNTOLD) return UNTOLD;
  return Number.isSafeInteger(told) && Math.abs(told as number) < 1e11
    ? instantOf((told as number) * 1_000)
    : Instant.safeParse(told).data;
}

const Action = z.object({ action: z.string().check(z.regex(/^\w{1,32}$/)) });
const Id = z.object({ id: z.int() });
const Named = z.union([
  z.extend(Action, { workflow_run: z.extend(Id, { run_attempt: z.int() }), repository: Id }),
  z.extend(Action, { key: Id, repository: Id }),
  z.extend(Action, { membership: z.object({ user: Id }), organization: Id }),
  z.extend(Action, { installation: z.extend(Id, { app_id: z.int(), updated_at: z.union([z.string(), z.int()]) }) }),
]);

/** What cannot be read goes on as it is, so that whoever reads it next says so: here it would be lost without a word. */
export function deliveryOf(given: unknown, cameAt: Instant | undefined): Delivered {
  const { success, data } = Named.safeParse(given);
  return { id: success ? nameOf(data).join("/") : digest([JSON.stringify(given)]), event: eventOf(given, cameAt) };
}

/** Known again by what the signed body says, whatever delivery's name it comes under. */
function nameOf(body: z.infer<typeof Named>): readonly (string | number)[] {
  const { action } = body;
  if ("workflow_run" in body) return [body.repository.id, body.workflow_run.id, body.workflow_run.run_attempt, action];
  if ("key" in body) return [body.repository.id, "keys", body.key.id, action];
  if ("membership" in body) return [body.organization.id, "members", body.membership.user.id, action];
  return ["installations", body.installation.id, digest([String(body.installation.updated_at)]), action];
}

const fieldsOf = (of: unknown): Body => (typeof of === "object" && of !== null ? (of as Body) : {});
