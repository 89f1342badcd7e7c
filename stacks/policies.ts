import { kept } from "./roles.ts";
import { denied, QUARANTINE } from "./tables/denied.ts";
import type { Stage } from "./tables/grants.ts";
import { thingsOf } from "./tables/place.ts";
import { memberRoles } from "./tables/vendors.ts";

/** Two fixed policies: what no function of ours may do, and what a quarantined identity is given. */
export function policies({ place, linked }: Stage) {
  const { name } = thingsOf(place);
  const roles = linked.flatMap(({ settings }) => (typeof settings["role"] === "string" ? [settings["role"]] : []));
  const deny = new aws.iam.Policy("DenyValues", {
    name: name("deny-values"),
    description: "No call that answers with a value, but on our own secrets.",
    policy: JSON.stringify(denied(place, [...roles, ...memberRoles(place)])),
  });
  const quarantine = new aws.iam.Policy(
    "Quarantine",
    {
      name: name("quarantine"),
      description: "Attached to an identity that Leasehold has quarantined.",
      policy: JSON.stringify(QUARANTINE),
    },
    kept(), // whoever takes it away makes every quarantined identity alive again
  );
  return { deny, quarantine };
}
