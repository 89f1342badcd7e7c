import { count } from "../../terminal/index.ts";
import type { Checkup } from "./checkup.ts";

type Connected = Pick<Checkup["connectors"][number], "id" | "coverage">;

/** Of each connector that works in several accounts: which of them its last list covered, and which are missing from it. */
export function accountLines({ id, coverage }: Connected): readonly string[] {
  const places = coverage?.places ?? [];
  if (places.length === 0) return [];
  const missing = places.filter(({ whole }) => !whole);
  const covered = places.length - missing.length;
  const said = `${id}: ${covered} of ${count(places.length, "account")} covered`;
  return [missing.length === 0 ? said : `${said}; missing, or only in part: ${missing.map(called).join(", ")}`];
}

const called = ({ id, name }: { readonly id: string; readonly name?: string | undefined }) =>
  name === undefined ? id : `${id} (${name})`;
