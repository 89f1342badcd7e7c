import type { Need } from "@leasehold/workflows";
import type { Filed } from "./files.ts";
import type { Stage } from "./grants.ts";
import { thingsOf } from "./place.ts";

/** What a function finds in its environment: names of what it needs, and nothing else. */
export function envOf(needs: readonly Need[], stage: Stage): Readonly<Record<string, string>> {
  return Object.assign({ LEASEHOLD_STAGE: stage.place.stage }, ...needs.map((need) => told(need, stage)));
}

function told(need: Need, { place, fences, files }: Stage): Readonly<Record<string, string>> {
  const it = thingsOf(place);
  switch (need) {
    case "rows":
    case "graph":
    case "cases":
    case "trail":
    case "life":
    case "beats":
      return { LEASEHOLD_TABLE: it.table.name };
    case "usage":
    case "counts":
      return { LEASEHOLD_USAGE: it.usage.name };
    case "archive":
      return { LEASEHOLD_ARCHIVE: it.archive.name };
    case "signals":
      return { LEASEHOLD_SIGNALS: it.queue("signals").url };
    case "raw":
      return { LEASEHOLD_RAW: JSON.stringify(fences.map((region) => ({ region, url: it.queue("raw", region).url }))) };
    case "bus":
      return { LEASEHOLD_BUS: it.bus.name };
    case "runs":
      return { LEASEHOLD_MACHINES: it.machines };
    case "roots":
      return { LEASEHOLD_ROOTS: it.roots.name };
    case "files":
      return files === undefined ? {} : { LEASEHOLD_FILES: JSON.stringify(wherein(files, it.queue("files-dead").url)) };
    default:
      return {}; // another function is called by its name, which follows from the stage
  }
}

const wherein = ({ bucket, prefix, region, account }: Filed, dead: string) => ({
  bucket,
  prefix,
  region,
  account,
  dead,
});
