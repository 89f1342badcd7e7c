import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { named, type People } from "../question/index.ts";
import type { PersonView } from "./model.ts";

export async function personView(people: People, account: AccountId | undefined): Promise<PersonView> {
  const { account: first, name, email } = await named(people, account ?? emailAccount("unknown@invalid"));
  return { account: first, name, email };
}
