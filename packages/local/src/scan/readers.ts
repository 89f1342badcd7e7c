import type { Provider } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import type { Connector } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";

/** What a person names of AWS: an account, their own profile, and where to look. */
export interface Place {
  readonly account: string;
  readonly profile: string;
  readonly regions: readonly string[];
}

/** A connector that can only list: nothing that asks, acts or listens is there to be reached. */
export type Reader = Provider & { readonly page: NonNullable<Provider["page"]> };

export interface Readers {
  readonly readers: readonly Reader[];
  readonly unread: readonly string[]; // titles of those that need to be told more than a scan is
}

/** Every connector of AWS that lists anything, in the name of that profile. */
export async function readersOf(place: Place, clock: Clock): Promise<Readers> {
  const readers: Reader[] = [];
  const unread: string[] = [];
  for (const [id, load] of Object.entries(connectors)) {
    if (!id.startsWith("aws-")) continue;
    const connector: Connector = await load();
    if (connector.lists === undefined || connector.connect === undefined) continue;
    const settings = settingsFor(connector, place);
    if (settings === undefined) unread.push(connector.title);
    else readers.push(readerOf(connector, connector.connect(settings, noSecrets, clock)));
  }
  return { readers, unread };
}

/**
 * The connector's own schema judges them as it judges a configuration, which names a role. A scan has none: it reads by the
 * profile itself, once AWS has said that it is of that account. Undefined where the connector needs to be told more.
 */
export function settingsFor(
  { settings }: Connector,
  { account, profile, regions }: Place,
  more: object = {},
): object | undefined {
  const named = { account, profile, role: `arn:aws:iam::${account}:role/none`, ...more };
  for (const given of [{ ...named, regions }, named]) {
    const read = settings.safeParse(given);
    if (!read.success) continue;
    const { role: _, ...rest } = read.data as typeof named;
    return rest;
  }
  return undefined;
}

function readerOf({ id, title, proof, lists }: Connector, api: unknown): Reader {
  return {
    ...{ id, title, proof, mode: "observe", hands: [], listens: undefined, check: undefined },
    ...{ person: undefined, since: undefined, desk: undefined },
    page: async (cursor, now) => {
      if (lists === undefined) throw new Error("this connector lists nothing");
      return lists.page(api, cursor, now);
    },
  };
}

const noSecrets = async (): Promise<string> => {
  throw new Error("a scan reads no secret");
};
