import type { Keyed, World } from "@leasehold/app/world";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Maker } from "./world.ts";

const MOST = 10; // entries to a call
const Said = z.object({ Entries: z.array(z.object({ EventId: z.optional(z.string()) })) });

/**
 * The bus of our own events. Each entry is taken or refused by itself; EventBridge may deliver one twice, which every
 * listener of ours is made for.
 */
export function publishing(aws: Aws, name: () => string): World["publish"] {
  return async (events) => {
    const taken: string[] = [];
    let failed: { readonly error: unknown } | undefined;
    for (let from = 0; from < events.length; from += MOST) {
      try {
        taken.push(...(await put(aws, name(), events.slice(from, from + MOST))));
      } catch (error) {
        failed = { error };
      }
    }
    if (failed && taken.length === 0) throw failed.error;
    return taken;
  };
}

async function put(aws: Aws, bus: string, batch: readonly Keyed[]): Promise<readonly string[]> {
  const Entries = batch.map(({ event }) => ({
    ...{ EventBusName: bus, Source: "leasehold", DetailType: event.type, Detail: JSON.stringify(event) },
  }));
  const said = await aws({ permission: "events:PutEvents", input: { Entries }, answer: Said });
  return batch.filter((_, n) => said?.Entries[n]?.EventId !== undefined).map(({ key }) => key);
}

export const bus: Maker<World["publish"]> = ({ env, aws }) => publishing(aws, () => env("LEASEHOLD_BUS"));
