import type { Message } from "@leasehold/core/connector";
import type { Finding } from "@leasehold/core/finding";
import { derivedId, type FindingId, unavailable } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { put } from "../casework/index.ts";
import { askSecurity, isStop } from "../desk/index.ts";
import { rollToTell } from "../groups/index.ts";
import { type People, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";

type PagePorts = Pick<
  World,
  "findings" | "graph" | "estate" | "config" | "clock" | "log" | "marks" | "decisions" | "ledger"
>;

export interface Paged {
  readonly paged: number; // people whom a desk told
}

/**
 * Tells whoever is on call. One that has ended meanwhile pages nobody. The message is found again by its key, so that the same
 * event twice is one message; where no desk takes anybody's, it is thrown, and tried again by whoever delivers it.
 */
export async function page(
  world: PagePorts,
  { finding: id, about }: { readonly finding: FindingId; readonly about: string },
): Promise<Paged> {
  const finding = (await world.findings.of(about)).find((one) => one.id === id);
  if (finding === undefined) return { paged: 0 };
  const people = peopleOf(world, world.clock());
  const asked = isStop(about) ? await askSecurity(world, about) : []; // with the button that releases it
  let paged = asked.length;
  for (const email of (await onCall(world, people)).filter((one) => !asked.includes(one))) {
    const tickets = await put(world, await messageOf(world, people, finding, email), { atOnce: true });
    if (tickets.length > 0) paged += 1;
  }
  world.log(paged > 0 ? "warn" : "error", "paged", { kind: finding.kind, subject: about, people: paged });
  if (paged === 0) throw unavailable("every desk");
  return { paged };
}

async function onCall(world: PagePorts, people: People): Promise<readonly string[]> {
  const { onCall: named, security, fallback } = world.config;
  if (named.length > 0) return named;
  const { emails } = await rollToTell(world, people, security);
  return emails.length > 0 ? emails : [fallback.email];
}

async function messageOf(
  { config }: Pick<PagePorts, "config">,
  people: People,
  finding: Finding,
  email: string,
): Promise<Message> {
  const { accounts, first } = await people.cluster(emailAccount(email));
  const subjects = await Promise.all(accounts.map(people.subject));
  const name = subjects.find((one) => one?.facts["name"])?.facts["name"]?.value ?? "";
  const { id, kind, severity, about, at, remedy, facts } = finding;
  const said = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
  return {
    key: derivedId("dec", id, at, email), // nothing is answered to it
    to: { account: first, name, email, timeZone: config.calendar.timeZone },
    title: `${severity}: ${kind}`,
    why: `Since ${at}, of ${[about, ...said].join(", ")}. What to do: ${remedy}. You are told because you are on call.`,
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}
