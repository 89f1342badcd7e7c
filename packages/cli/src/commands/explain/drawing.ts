import type { Chain, Explanation, Hop, Link } from "@leasehold/app/explain";
import { plain, shortly, wrapped } from "../../terminal/index.ts";

const WIDTH = 80; // columns: what the narrowest terminal has

/** Every chain under its candidate, nearest first; drawn with signs alone, for a terminal without colour. */
export function drawing({ subject, chains }: Explanation): readonly string[] {
  if (chains.length === 0) return [...node(subject), ...line("nobody is known to be behind it", 2)];
  return chains.flatMap((chain, n) => [...(n === 0 ? [] : [""]), ...line(titleOf(chain), 0), ...chainOf(chain)]);
}

function titleOf({ to, links }: Chain): string {
  return to === undefined ? "A chain that breaks off:" : `${calledBy(links.at(-1))}, ${to.word}:`;
}

const calledBy = (link: Link | undefined): string => link?.name ?? link?.id ?? "";

function chainOf({ links, hops, end }: Chain): readonly string[] {
  const drawn = links.flatMap((link, n) => {
    const before = links[n - 1];
    const between = hops.filter(({ from, to }) => from === before?.id && to === link.id);
    return [...between.flatMap(hop), ...node(link)];
  });
  return end === undefined ? drawn : [...drawn, ...line(`✗ ${end}`, 2, 4)];
}

const node = ({ kind, id, name, says }: Link): readonly string[] =>
  line([kind, name, kind === "person" ? undefined : id, ...says].filter((one) => one !== undefined).join("  "), 2, 6);

function hop({ says, at, source, eventId, forgeableBy }: Hop): readonly string[] {
  const when = at === undefined ? [] : [shortly(at)];
  const event = eventId === undefined ? [] : [`event ${eventId}`];
  const known = [...when, ...(source === undefined ? [] : [source]), ...event, `forgeable by ${forgeableBy}`];
  return [...line(`← ${says}`, 4, 6), ...line(known.join(", "), 6, 6)];
}

const line = (text: string, indent: number, hang = indent) => wrapped(plain(text), WIDTH, indent, hang);
