import { createHash } from "node:crypto";
import type { Use } from "./model.ts";

/**
 * Names one file of calls by what is in it, in the order in which it stands there: the same content is the same source object,
 * wherever it lies and however it is packed (docs/decisions/0012). Undefined where no call is in it.
 */
export function createContent() {
  const content = createHash("sha256");
  let told = false;
  return {
    add: ({ credential, eventId }: Pick<Use, "credential" | "eventId">): void => {
      content.update(`${credential} ${eventId}\n`);
      told = true;
    },
    name: (): string | undefined => (told ? `trail/${content.copy().digest("base64url")}` : undefined),
  };
}
