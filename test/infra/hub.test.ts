import { deployable } from "./deployer.ts";
import { judge } from "./judge.ts";
import { hears } from "./patterns.ts";
import { oneTable } from "./table.ts";

const synth = judge("hub", "hub");

deployable(synth);
oneTable(synth);
await hears(["okta"], synth);
