import type { CredentialId, IdentityId } from "@leasehold/core/kernel";
import { isSure, ownerNow, type People, withHeld } from "../question/index.ts";
import type { Looked } from "../winddown/index.ts";
import type { CasePorts } from "./ports.ts";
import { nameOf } from "./render.ts";

/** What else the next act takes down, in words: a yes is to that, too, and an id says nothing to whoever is asked. */
export async function affectedBy(
  world: Pick<CasePorts, "clock" | "graph">,
  people: People,
  { view: { plan } }: Pick<Looked, "view">,
): Promise<readonly string[]> {
  const all = plan?.alsoAffects ?? [];
  const said = await Promise.all(all.slice(0, MOST).map((id) => inWords(world, people, id)));
  return all.length > MOST ? [...said, `${all.length - MOST} more`] : said;
}

const MOST = 8;

async function inWords({ clock, graph }: Pick<CasePorts, "clock" | "graph">, people: People, id: string) {
  const subject = (await graph.node(id as CredentialId | IdentityId))?.value.subject;
  if (subject === undefined) return id;
  const { owner } =
    subject.kind === "account" ? {} : await ownerNow(people, await withHeld({ graph }, subject), clock());
  const whose = isSure(owner) ? await nameOf(people, owner.account) : undefined;
  const { type, name } = subject.facts;
  const called = [type?.value, name?.value.split("/").at(-1)].filter((one) => one !== undefined).join(" ");
  return `${called}${whose === undefined ? "" : ` of ${whose}`} (${id})`.trim();
}
