import type { Edge } from "./model.ts";
import { isSession } from "./session.ts";

/** What others came into being in or are held by: a session, an identity. */
export const isMaker = (id: string): boolean => isSession(id) || id.startsWith("idn_");

/** Along these, what is known of a maker goes to what it made. */
export const isMaking = ({ rel }: Pick<Edge, "rel">): boolean => rel === "made" || rel === "holds";
