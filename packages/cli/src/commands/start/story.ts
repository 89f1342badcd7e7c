import { ingest } from "@leasehold/app/ingest";
import { owns } from "@leasehold/app/question";
import { orphans, sweepEstate } from "@leasehold/app/sweep";
import { type Instant, later } from "@leasehold/core/kernel";
import { demoEvents, demoHistory, KEYS } from "@leasehold/local/demo";
import { understanding } from "@leasehold/local/history";
import type { Laptop } from "@leasehold/local/laptop";
import { asked } from "./asked.ts";
import { type Proof, prove } from "./prove.ts";
import { table } from "./table.ts";

export type Say = (line: string) => void;

/**
 * Leasehold's main job on the demo organisation: what is known, who leaves, who is asked, what silence does,
 * what an answer does, who was no leaver after all, and the proof. Weeks of it in a minute: the demo's clock jumps.
 */
export async function tellStory(laptop: Laptop, say: Say): Promise<Proof> {
  const { world } = laptop;
  const day0 = world.clock();
  const chapter = (title: string) => say(`\n${world.clock().slice(0, 16).replace("T", " ")}  ${title}`);

  chapter("Example Corp (simulated): its past is imported, its systems are listed");
  await world.ledger.installed(day0);
  say(
    `  imported ${await importPast(laptop, day0)} signals from real-format events; nothing was opened, nobody was asked`,
  );
  for (const { id, page } of world.estate.providers())
    if (page) say(`  listed ${id}: ${(await sweepEstate(world, id)).whole ? "whole" : "in part"}`);
  const { items } = await orphans(world);
  say(`  ${items.length} credential without an owner in good standing (a finding, for a person to look at)`);

  chapter("Owners, each with evidence (leasehold owns <e-mail>, leasehold who <key id>)");
  for (const person of ["sue@example.com", "nia@example.com", "pat@example.com"]) await showOwned(laptop, person, say);

  await laptop.liveUntil(later(day0, 1));
  chapter("Okta says that Sue, Nia and Pat were deactivated. Their directory is asked before anything is believed");
  const now = world.clock();
  await laptop.deliver([demoEvents.sueLeaves(now), demoEvents.niaLeaves(now), demoEvents.patLeaves(now)]);
  await laptop.settle();
  await laptop.liveUntil(later(now, 0.1));
  for (const line of await asked(laptop, "sue@example.com")) say(`  ${line}`);

  chapter("Three hours pass. Pat's manager Leo answers (simulated); a grant is revoked only on a yes to exactly that");
  await laptop.liveUntil(later(now, 3));

  chapter(
    "Three days pass. Grace does not answer: idle keys of confirmed leavers go off, what is in use goes to the next person",
  );
  await laptop.liveUntil(later(now, 74));

  chapter("Nia was no leaver: Okta has her active again. Her agent's key goes back to where it was");
  await laptop.deliver([demoEvents.niaReturns(world.clock())]);
  await laptop.liveUntil(later(world.clock(), 1));

  chapter("The proof");
  const proof = await prove(laptop, { dead: KEYS.support, back: KEYS.triage });
  for (const line of proof.lines) say(`  ${line}`);
  return proof;
}

async function importPast({ world }: Laptop, now: Instant): Promise<number> {
  const understood = demoHistory(now).flatMap(understanding(world.estate.providers()));
  const signals = understood.flatMap((one) => ("signals" in one ? one.signals : []));
  await ingest(world, signals, { live: false, recordedAt: now });
  return signals.length;
}

async function showOwned({ world }: Laptop, person: string, say: Say): Promise<void> {
  const { person: owner, credentials } = await owns(world, person);
  say(`  ${owner.name ?? person}`);
  const rows = credentials.map((one) => [
    (one.identity ?? "?").split("/").at(-1) ?? "?",
    one.type ?? "?",
    one.word,
    one.confidence.toFixed(2),
    `reach ${one.reach}`,
    `used ${one.lastUsed.slice(0, 10)}`,
  ]);
  for (const row of table(rows)) say(`    ${row}`);
}
