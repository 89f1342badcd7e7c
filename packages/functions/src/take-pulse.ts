import { describeSource, partnersOf, pulseTaker } from "./watch/index.ts";
import { host, life, world } from "./world/index.ts";

export const handler = pulseTaker(world("take-pulse", { life }), {
  declared: () => host.deployed().declared,
  partners: () => partnersOf({ describe: describeSource, log: host.log }, host.deployed().config.aws?.partners ?? {}),
});
