import { ingestDue } from "@leasehold/app/steps";
import { task } from "./kit/index.ts";
import { archive, bus, world } from "./world/index.ts";

export const handler = task(ingestDue, world("ingest-due", { archive, publish: bus }));
