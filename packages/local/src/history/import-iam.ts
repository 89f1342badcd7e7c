import { type Joined, joinListed } from "@leasehold/app/import";
import type { IngestPorts } from "@leasehold/app/ingest";
import { inventories } from "@leasehold/connectors";
import { badInput, type Instant } from "@leasehold/core/kernel";
import { readHistory } from "./read.ts";

export interface IamImport {
  readonly world: IngestPorts;
  readonly details: Uint8Array; // get-account-authorization-details
  readonly keys: readonly string[]; // paths of what list-access-keys printed
  readonly report: Uint8Array | undefined; // get-credential-report, decoded
  readonly asOf: Instant;
  readonly now: Instant;
  readonly onProgress?: (done: number, total: number) => void;
}
export type IamImported = Joined &
  Omit<Awaited<ReturnType<typeof inventoryOf>>, "signals"> & { readonly asOf: Instant };

/** An account's inventory from its own files, joined as history. */
export async function importIam(asked: IamImport): Promise<IamImported> {
  const { world, now, onProgress } = asked;
  const asOf = asked.asOf > now ? now : asked.asOf;
  const { signals, ...read } = await inventoryOf({ ...asked, asOf });
  return { ...read, ...(await joinListed(world, signals, { asOf, now, onProgress })), asOf };
}

async function inventoryOf({ details, keys, report, asOf }: IamImport) {
  const read = await inventories["aws-iam"]();
  return read({
    ...{ details: parsed(details), keys: await keysIn(keys), asOf },
    report: report && new TextDecoder().decode(report),
  });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw badInput("this file is not JSON, or was cut: nothing was changed", { file: "account authorization details" });
  }
}

/** Answers for one user each come one to a file, to a line, or in a list. */
async function keysIn(paths: readonly string[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const item of readHistory(paths)) {
    if ("broken" in item)
      throw badInput("a file of access keys cannot be read: nothing was changed", {
        ...{ file: item.place.file, line: item.place.line, because: item.broken },
      });
    found.push(item.record);
  }
  return found;
}
