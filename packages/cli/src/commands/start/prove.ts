import type { Stored } from "@leasehold/app/world";
import type { CredentialId } from "@leasehold/core/kernel";
import { broken } from "@leasehold/core/trail";
import type { Laptop } from "@leasehold/local/laptop";

export interface Proof {
  readonly holds: boolean;
  readonly lines: readonly string[];
}
interface Named {
  readonly credential: CredentialId;
  readonly accessKeyId: string;
  readonly userName: string;
}

/** Nothing here is remembered from the story: the provider is read again, and every trail is walked from its first entry. */
export async function prove(
  laptop: Laptop,
  { dead, back }: { readonly dead: Named; readonly back: Named },
): Promise<Proof> {
  const { world } = laptop;
  const stories = await everyWindDown(laptop);
  const revoked = stories.find(({ windDown }) => windDown.connector === "okta" && windDown.closed?.as === "gone");
  const ofDead = stories.find(({ windDown }) => windDown.credential === dead.credential);
  const ofBack = stories.find(({ windDown }) => windDown.credential === back.credential);
  const seen = { dead: await stateOf(laptop, dead), back: await stateOf(laptop, back) };
  const trails = await Promise.all(stories.map(({ windDown, head }) => trailOf(laptop, windDown.id, head)));
  const entries = trails.reduce((sum, { length }) => sum + length, 0);
  const act = ofDead?.windDown.acts.at(-1);
  const facts: readonly (readonly [string, boolean])[] = [
    [
      `${dead.userName}'s key: AWS IAM now says ${seen.dead}; verified ${act?.verified ?? "never"} after it was switched off at ${act?.at ?? "no time"}`,
      seen.dead === "Inactive" && act?.verified === "confirmed",
    ],
    [
      `${back.userName}'s key: AWS IAM now says ${seen.back}; its wind-down closed as ${ofBack?.windDown.closed?.as ?? "open"}`,
      seen.back === "Active" && ofBack?.windDown.closed?.as === "undone",
    ],
    [`Pat's OAuth grant: closed as ${revoked?.windDown.closed?.as ?? "open"}, on Leo's yes`, revoked !== undefined],
    [
      `audit trail: ${entries} entries of ${trails.length} wind-downs, every chain whole`,
      trails.every(({ whole }) => whole),
    ],
  ];
  const lines = facts.map(([line, holds]) => `${holds ? "ok " : "NOT"} ${line}`);
  const undo = ofDead ? [`undo:  npx leasehold case undo ${ofDead.windDown.id}`] : [];
  const shown = ofDead
    ? [`trail of ${dead.userName}'s key:`, ...(await linesOf(laptop, ofDead.windDown.id)).map((line) => `  ${line}`)]
    : [];
  return { holds: facts.every(([, holds]) => holds), lines: [...lines, ...undo, ...shown, `at ${world.clock()}`] };
}

async function everyWindDown({ world }: Laptop): Promise<readonly Stored[]> {
  const cases = [...(await world.cases.list("open")).items, ...(await world.cases.list("closed")).items];
  const all = await Promise.all(
    cases.map(async (id) => {
      const items = (await world.cases.get(id))?.case.items ?? [];
      return Promise.all(items.map(({ windDown }) => windDown && world.windDowns.get(windDown)));
    }),
  );
  return all.flat().filter((one) => one !== undefined);
}

/** The provider's own word, read now. */
async function stateOf({ world }: Laptop, { credential, accessKeyId, userName }: Named): Promise<string> {
  const account = (await world.graph.node(credential))?.value.subject.tenant ?? "";
  const hand = world.estate.provider("aws-iam")?.hands[0];
  const seen = await hand?.see({ credential, handle: { account, userName, accessKeyId } });
  return seen?.["status"] ?? "gone";
}

async function trailOf({ world }: Laptop, id: string, head: Stored["head"]) {
  const entries = await world.trails.entries(id);
  return { length: entries.length, whole: broken(id, entries, head) === undefined };
}

async function linesOf({ world }: Laptop, id: string): Promise<readonly string[]> {
  const entries = await world.trails.entries(id);
  return entries.map(
    ({ n, at, did, by, hash }) => `${String(n).padStart(2)} ${at.slice(0, 19)} ${did} by ${by} #${hash.slice(0, 8)}`,
  );
}
