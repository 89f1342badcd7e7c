import { Instant } from "@leasehold/core/kernel";
import type { Actor, Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { ownerOf, RepositoryName } from "./repository.ts";
import { actorOf, Id, Text, User } from "./who.ts";

/**
 * Only the fields that we use: https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run. Left out on purpose is
 * the commit: whoever pushes writes its author.
 */
export const RunBody = z.object({
  action: Text,
  workflow_run: z.object({
    id: Id,
    run_attempt: z.int().check(z.positive()),
    event: Text,
    head_branch: z.nullish(Text),
    run_started_at: Instant,
    updated_at: Instant,
    actor: z.nullish(User),
    triggering_actor: z.nullish(User),
  }),
  repository: z.object({ full_name: RepositoryName, default_branch: z.nullish(Text) }),
});
type RunBody = z.infer<typeof RunBody>;

const ACTIONS = ["requested", "in_progress", "completed"];

/** Each delivery of one attempt says the same of who started it and when; the last says when it ended, too. */
export function runSaid(body: RunBody): readonly Signal[] {
  const { action, workflow_run: run, repository } = body;
  if (!ACTIONS.includes(action) || run.run_started_at > run.updated_at) return [];
  const source = {
    connector: "github",
    eventId: `${run.id}/${run.run_attempt}/${action}`,
    occurredAt: run.updated_at,
  };
  return [{ kind: "pipeline.ran", source, tenant: ownerOf(repository), by: startedBy(run), run: runOf(body) }];
}

function runOf({ action, workflow_run: run, repository }: RunBody): SignalOf<"pipeline.ran">["run"] {
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
function startedBy({ run_attempt: attempt, event, actor, triggering_actor: trigger }: RunBody["workflow_run"]): Actor {
  return actorOf(trigger ?? (attempt === 1 ? actor : undefined), event !== "schedule" || attempt > 1);
}
