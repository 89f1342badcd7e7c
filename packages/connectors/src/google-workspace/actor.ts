import type { Actor } from "@leasehold/core/signal";
import { googleAccount } from "../../kit/index.ts";
import type { Activity } from "./activity.ts";

const PLACEHOLDER = "105250506097979753968"; // what Google writes for whoever is no user of the customer's
const ROBOT = /[.]gserviceaccount[.]com$/i;

/** Whose profile the record shows, whoever used it. */
export function profileOf({ actor }: Activity): string | undefined {
  const id = actor?.profileId;
  return id === PLACEHOLDER || id === "0" ? undefined : id;
}

/**
 * A person only where Google says that a user acted, by their own hand, and who. An application that may act as everybody
 * chooses whose name stands here, and an agent acts under its user's.
 */
export function actorOf(activity: Activity): Actor {
  const { actor, isAgenticAction } = activity;
  const named = (via: Actor["via"], name: string | undefined): Actor => ({ realm: "google", name: name ?? via, via });
  if (actor === undefined || actor === null) return named("unknown", undefined);
  const { callerType, email, key, applicationInfo: app, agentAttributionInfo: agent } = actor;
  if (agent || isAgenticAction) return named("workload", agent?.agentName ?? agent?.agentId);
  if (app?.impersonation) return named("workload", app.applicationName ?? app.oauthClientId);
  if (callerType === "KEY") return named("workload", key ?? email);
  if (email !== undefined && ROBOT.test(email)) return named("workload", email);
  const profile = profileOf(activity);
  if (profile === undefined || (callerType ?? "USER") !== "USER") return named("unknown", email);
  return { ...named("idp-user", email ?? profile), account: googleAccount(profile) };
}
