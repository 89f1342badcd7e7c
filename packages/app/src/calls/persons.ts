import type { Table } from "./model.ts";
import { personLink, personUnlink } from "./person.ts";

/** Whose accounts are one person's. Each word goes in as a signal, so on a stage they need a function that can join and archive one. */
export const persons = { "person-link": personLink, "person-unlink": personUnlink } as const satisfies Table<"writes">;
