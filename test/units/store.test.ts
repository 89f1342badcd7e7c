import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import { STORE_PARTS } from "../support/store/index.ts";
import { storeContract } from "../support/store-contract.ts";
import { freshTable } from "./dynamodb.ts";

storeContract(
  "DynamoDB",
  async () => {
    const home = mkdtempSync(join(tmpdir(), "leasehold-units-"));
    const { table, close } = await freshTable();
    const end = async () => {
      await close();
      rmSync(home, { recursive: true });
    };
    return { table, archive: objectArchive(folderObjects(home)), close: end };
  },
  STORE_PARTS,
);
