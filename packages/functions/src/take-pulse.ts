import { describeSource, partnersOf, pulseTaker } from "./watch/index.ts";
import { host, world } from "./world/index.ts";

export const handler = pulseTaker(world("take-pulse", {}), {
  declared: () => host.deployed().declared,
  partners: () => partnersOf({ describe: describeSource, log: host.log }, host.deployed().config.aws?.partners ?? {}),
});
