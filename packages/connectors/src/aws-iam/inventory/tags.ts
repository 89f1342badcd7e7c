import type { AccountId } from "@leasehold/core/kernel";
import { marksOf } from "@leasehold/core/signal";
import { ownerIn } from "../../../kit/index.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const ownerOfTags = (tags: readonly Tag[]): AccountId | undefined =>
  ownerIn(Object.fromEntries(tags.map(({ Key = "", Value }) => [Key, Value])));

export const marksOfTags = (tags: readonly Tag[]): readonly string[] | undefined =>
  marksOf(Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])));
