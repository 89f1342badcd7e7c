import { badInput } from "@leasehold/core/kernel";
import { alarms } from "./alarms.ts";
import { api } from "./api.ts";
import { loaded } from "./configuration.ts";
import { buses, listeners, rules } from "./events.ts";
import { fences } from "./fences.ts";
import { functions } from "./functions.ts";
import { policies } from "./policies.ts";
import { queues } from "./queues.ts";
import { bound } from "./roles.ts";
import { storage } from "./storage.ts";
import { lambdasOf, stageOf } from "./tables/lambdas.ts";
import { thingsOf } from "./tables/place.ts";
import { routingOf } from "./tables/routing.ts";
import { schedules, workflows } from "./workflows.ts";

/** One stage of Leasehold, wired from the tables. The configuration names the account, and no other is deployed to. */
export async function deploy() {
  const given = await loaded($app.stage);
  await ours(given.aws.account);
  const routing = routingOf(given);
  const stage = stageOf(given, routing);
  const it = thingsOf(stage.place);

  bound(given.aws.boundary);
  const fixed = policies(stage);
  const { table, archive, roots } = storage(given, it);
  const around = queues(stage);
  const raw = fences(stage);
  const carried = buses(given, stage);
  const by = functions(given, stage, around, fixed);
  rules(given, stage, routing, by, carried, raw, around);
  listeners(stage, by, carried, around);
  workflows(given, stage);
  schedules(given, stage, by, around);
  const http = api(given, stage, by);
  alarms(given, stage, routing, lambdasOf(given, stage), http);

  return {
    api: http.apiEndpoint,
    table: table.name,
    archive: archive.bucket.bucket,
    roots: roots.bucket,
    ingest: carried.ingest.arn,
    bus: carried.domain.arn,
    quarantine: fixed.quarantine.arn,
  };
}

async function ours(account: string): Promise<void> {
  const { accountId } = await aws.getCallerIdentity({});
  if (accountId === account) return;
  throw badInput(
    "these credentials are of another account than the configuration names: use the right profile, or correct aws.account",
    {
      configured: account,
      found: accountId,
    },
  );
}
