import { pulseTaker } from "./watch/index.ts";
import { host, world } from "./world/index.ts";

export const handler = pulseTaker(world("take-pulse", {}), () => host.deployed().declared);
