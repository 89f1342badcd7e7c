export type { Live, Memory, Mood, Press, Simulated, Simulator } from "./simulator.ts";
