export { type JumpingClock, jumpingClock, realClock } from "./clock.ts";
export { type Delay, delaySeconds, type Random } from "./delay.ts";
export { type Limit, limited, realTimer, type Timer, TimeUp } from "./timer.ts";
