import { digest } from "../kernel/index.ts";
import { makingFacts } from "./code-owners.ts";
import { exposedOn } from "./exposed.ts";
import type { Edge, Subject } from "./model.ts";
import { isSession } from "./session.ts";

/** What others came into being in or are held by: a session, an identity. */
export const isMaker = (id: string): boolean => isSession(id) || id.startsWith("idn_");

/** Along these, what is known of a maker goes to what it made. */
export const isMaking = ({ rel }: Pick<Edge, "rel">): boolean => rel === "made" || rel === "holds";

/** What a maker hands on, in short. Whoever finds it on the maker has nothing to hand on, and need not look at what it made. */
export const handedMark = ({ evidence, facts }: Subject): string =>
  digest([evidence, { ...makingFacts(facts), ...exposedOn({ facts }) }]);
