import * as z from "zod/mini";
import { Because } from "../desk/index.ts";
import { type Speaking, say } from "../person/index.ts";
import { type Caller, call } from "./model.ts";
import { Text } from "./text.ts";

const Word = z.strictObject({ account: Text, other: Text, because: Because });

/** Whose credentials are taken down with whom hangs on it: for those who operate Leasehold, each in their own name. */
const word = (says: Speaking["says"]) =>
  call({
    ...{ may: "operators", does: "writes", input: Word },
    run: (world, spoken, caller) => say(world, { says, ...spoken, by: speakerOf(caller) }),
  });

export const personLink = word("one");
export const personUnlink = word("two");

const speakerOf = (caller: Caller) => (caller.as === "person" ? caller : undefined);
