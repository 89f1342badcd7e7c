import type { Listener } from "@leasehold/core/connector";
import { derivedId, Instant } from "@leasehold/core/kernel";
import type { Actor, Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";

const Text = z.string().check(z.maxLength(255));
const User = z.object({ id: z.int().check(z.positive()), login: Text.check(z.minLength(1)), type: Text });
type User = z.infer<typeof User>;

/**
 * Only the fields that we use: https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run. Left out on purpose is
 * the commit: whoever pushes writes its author.
 */
export const Event = z.object({
  source: z.literal("github.webhook"),
  detail: z.object({
    action: Text,
    workflow_run: z.object({
      id: z.int().check(z.positive()),
      run_attempt: z.int().check(z.positive()),
      event: Text,
      head_branch: z.nullish(Text),
      run_started_at: Instant,
      updated_at: Instant,
      actor: z.nullish(User),
      triggering_actor: z.nullish(User),
    }),
    repository: z.object({
      full_name: Text.check(z.regex(/^[\w.-]+\/[\w.-]+$/)),
      default_branch: z.nullish(Text),
    }),
  }),
});
export type Event = z.infer<typeof Event>;
type Detail = Event["detail"];

const ACTIONS = ["requested", "in_progress", "completed"];

export const eventOf = (body: unknown) => ({ source: "github.webhook", detail: body });

/** No pattern: what nobody signed is not believed because it lies on a bus. */
export const listener: Listener<Event> = { patterns: {}, event: Event, emits: ["pipeline.ran"], normalise, envelope };

const Record = z.object({ action: z.string(), workflow_run: z.looseObject({}), repository: z.looseObject({}) });

/** The body of a delivery, as GitHub's own list of deliveries keeps it. */
function envelope(record: unknown): unknown {
  return Record.safeParse(record).success ? eventOf(record) : undefined;
}

/** Each delivery of one attempt says the same of who started it and when; the last says when it ended, too. */
function normalise({ detail }: Event): readonly Signal[] {
  const { action, workflow_run: run, repository } = detail;
  if (!ACTIONS.includes(action) || run.run_started_at > run.updated_at) return [];
  const [owner = ""] = repository.full_name.split("/");
  const source = {
    connector: "github",
    eventId: `${run.id}/${run.run_attempt}/${action}`,
    occurredAt: run.updated_at,
  };
  return [{ kind: "pipeline.ran", source, tenant: owner, by: actorOf(run), run: runOf(detail) }];
}

function runOf({ action, workflow_run: run, repository }: Detail): SignalOf<"pipeline.ran">["run"] {
  // Runs for a pull request's target have the target's ref in their token, and the request's branch in their event.
  const ref = run.event === "pull_request_target" ? repository.default_branch : run.head_branch;
  return {
    ...{ repository: repository.full_name, event: run.event },
    ...(ref && { ref }),
    ...{ id: String(run.id), attempt: run.run_attempt, startedAt: run.run_started_at },
    ...(action === "completed" && { endedAt: run.updated_at }),
  };
}

/** Who started this attempt: of one that was run again, whoever did that. The first one's actor may be somebody else. */
function actorOf({ run_attempt: attempt, event, actor, triggering_actor: trigger }: Detail["workflow_run"]): Actor {
  const user = trigger ?? (attempt === 1 ? actor : undefined);
  if (user === undefined || user === null) return { realm: "github", name: "unknown", via: "unknown" };
  const isPerson = user.type === "User" && (event !== "schedule" || attempt > 1);
  const { login: name } = user;
  if (!isPerson) return { realm: "github", name, via: "workload" };
  return { realm: "github", name, via: "idp-user", account: accountOf(user) };
}

/** By number: a login can be given up, and taken by somebody else. */
const accountOf = ({ id }: User) => derivedId("acc", "github", String(id));
