import { derivedId } from "@leasehold/core/kernel";
import type { Identity } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { Text } from "./who.ts";

export const RepositoryName = Text.check(z.regex(/^[\w.-]+\/[\w.-]+$/));

interface Named {
  readonly full_name: string;
}

export const ownerOf = ({ full_name: name }: Named): string => name.split("/", 1).join();

/** By number: a repository can be renamed, and its name be taken by another one. */
export const repositoryIdentity = ({ id, full_name: name }: Named & { readonly id: number }): Identity => ({
  id: derivedId("idn", "github", "repository", String(id)),
  realm: "github",
  name,
});
