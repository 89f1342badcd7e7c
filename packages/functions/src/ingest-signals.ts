import { ingestSignals } from "@leasehold/app/steps";
import { queue } from "./kit/index.ts";
import { archive, bus, world } from "./world/index.ts";

export const handler = queue(ingestSignals, world("ingest-signals", { archive, publish: bus }));
