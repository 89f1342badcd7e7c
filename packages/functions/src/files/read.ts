import { hear } from "@leasehold/app/feed";
import type { World } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import { measure } from "../kit/index.ts";
import { type Listeners, listening } from "../listeners/index.ts";
import { countFile, type Ears } from "./count.ts";
import type { Letters } from "./letters.ts";
import { noticeIn, type Under } from "./notice.ts";
import type { Objects } from "./objects.ts";

/** Where the files are, how they are fetched, and where what cannot be read is left. */
export interface Files {
  readonly under: Under;
  readonly objects: Objects;
  readonly letters: Letters;
}

/**
 * One message's files, counted. What can never be read is left among the dead letters by its key, and costs nothing else;
 * what cannot be read now is thrown, and the message comes again.
 */
export const filesReader = (listeners: Listeners, files: () => Files) => async (world: World, body: string) => {
  const ears = earsOf(listeners, world);
  const { keys, notUnderstood } = noticeIn(body, files().under);
  for (const connector of ears.keys()) missed(connector, notUnderstood);
  for (const key of keys) await readFile(world, ears, files(), key);
};

async function readFile(world: World, ears: Ears, { under, objects, letters }: Files, key: string): Promise<void> {
  const done = await countFile(world, ears, objects(key));
  if ("unreadable" in done) return letters({ bucket: under.bucket, key, why: done.unreadable });
  for (const [connector, n] of done.notUnderstood) missed(connector, n);
  for (const connector of done.by) await hear(world, connector, world.clock());
}

function missed(connector: string, n: number): void {
  if (n > 0) measure("EventsNotUnderstood", n, { connector });
}

/** Those that count, of the connectors that the configuration names. With none a file would be let go unread. */
function earsOf(listeners: Listeners, { config }: Pick<World, "config">): Ears {
  const all = listening(listeners, config).providers();
  const counting = all.flatMap(({ id, listens }) => (listens?.usesOf === undefined ? [] : [[id, listens] as const]));
  if (counting.length > 0) return new Map(counting);
  throw badInput("no connector of the configuration counts calls: deploy the stage again", { where: "connectors" });
}
